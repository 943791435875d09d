/** Hands values from several producers to one consumer, in order, and holds producers back while it is full. */
export interface BatchQueue<Value> {
  /** Resolves when there is room for more. */
  push(value: Value): Promise<void>;
  /** The consumer gets what was pushed before, and then this error. */
  fail(error: unknown): void;
  /** Ends, when the consumer does, with the consumer. */
  values(): AsyncGenerator<Value, never>;
}

const roomFor = 4;

export const createBatchQueue = <Value>(): BatchQueue<Value> => {
  const waitingValues: Value[] = [];
  let failure: { readonly error: unknown } | null = null;
  let wakeConsumer: () => void = () => undefined;
  let roomMade: (() => void)[] = [];

  return {
    push: (value) => {
      waitingValues.push(value);
      wakeConsumer();
      return waitingValues.length < roomFor
        ? Promise.resolve()
        : new Promise((resolve) => {
            roomMade.push(resolve);
          });
    },
    fail: (error) => {
      failure ??= { error };
      wakeConsumer();
    },
    values: async function* () {
      for (;;) {
        while (waitingValues.length > 0) {
          const value = waitingValues.shift() as Value;
          if (waitingValues.length < roomFor) {
            for (const resolve of roomMade) resolve();
            roomMade = [];
          }
          yield value;
        }
        if (failure !== null) throw failure.error;
        await new Promise<void>((resolve) => {
          wakeConsumer = resolve;
        });
      }
    },
  };
};
