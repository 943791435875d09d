import type { ByteSink, ByteSource } from '../../electron/hypervisors/transfer.ts';

/** Everything that is given to a sink, as a copy. */
export const collected = async (
  read: (sink: ByteSink) => Promise<void>,
  onBytes: (bytes: number) => void = () => undefined,
): Promise<Buffer> => {
  const pieces: Buffer[] = [];
  await read({
    take: (bytes) => {
      pieces.push(Buffer.from(bytes));
      onBytes(bytes.length);
      return null;
    },
  });
  return Buffer.concat(pieces);
};

/** Everything a source gives, as a copy. */
export const gathered = async (source: ByteSource): Promise<Buffer> => {
  const pieces: Buffer[] = [];
  for await (const piece of source) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
};

/** Gives the pieces of a source to a sink, and stops as an adapter does when the signal aborts. */
export const pouring =
  (source: ByteSource) =>
  async (sink: ByteSink, signal: AbortSignal): Promise<void> => {
    const pieces = source[Symbol.asyncIterator]();
    const aborted = new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    aborted.catch(() => undefined);
    try {
      for (;;) {
        signal.throwIfAborted();
        const next = await Promise.race([pieces.next(), aborted]);
        if (next.done) return;
        await Promise.race([sink.take(next.value), aborted]);
      }
    } finally {
      Promise.resolve(pieces.return?.()).catch(() => undefined);
    }
  };

/** A source that gives so many bytes and then nothing, not even its end. */
export const silentSource = (first?: Buffer): ByteSource & { readonly isStopped: () => boolean } => {
  let left = first;
  let stopped = false;
  return {
    isStopped: () => stopped,
    [Symbol.asyncIterator]: () => ({
      next: () => {
        const value = left;
        left = undefined;
        return value === undefined ? new Promise(() => undefined) : Promise.resolve({ done: false, value });
      },
      return: () => {
        stopped = true;
        return Promise.resolve({ done: true, value: undefined });
      },
    }),
  };
};
