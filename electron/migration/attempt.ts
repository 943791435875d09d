export type Attempt<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: unknown };

/** Keeps a fault of the platform, which is part of a task's story, apart from one of the log, which ends the telling. */
export const attempt = async <Value>(work: () => Promise<Value>): Promise<Attempt<Value>> => {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return { ok: false, error };
  }
};
