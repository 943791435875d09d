import { create } from 'zustand';
import type { FixRecord } from '../../shared/domain/fix.ts';
import { toWire, type WireError } from '../../shared/errors/app-error.ts';
import { call } from '../api/call.ts';
import { onEvent } from '../api/events.ts';

interface FixesState {
  /** False until the list was read for the first time: "nothing to do" and "not known yet" look different. */
  readonly loaded: boolean;
  /** Why the list could not be read; null when it could. What was read before stays. */
  readonly error: WireError | null;
  /** What the console took out of VMs, newest first, also what is done. */
  readonly records: readonly FixRecord[];
}

export const useFixes = create<FixesState>(() => ({ loaded: false, error: null, records: [] }));

const atMost = 1_000;
/** Of several answers under way only that of the question asked last counts. */
let asked = 0;

/** Reads the list (again, after it failed). Never rejects: what went wrong is in the state. */
export const readFixes = async (): Promise<void> => {
  asked += 1;
  const question = asked;
  try {
    const records = await call('fixes.list', { limit: atMost });
    if (question === asked) useFixes.setState({ loaded: true, error: null, records });
  } catch (error) {
    if (question === asked) useFixes.setState({ error: toWire(error) });
  }
};

/** Reads the list, and again whenever it has changed. Returns a function that stops following. */
export const openFixes = async (): Promise<() => void> => {
  const stop = onEvent('fixes.changed', () => void readFixes());
  await readFixes();
  return stop;
};

/** Nothing is left to do about it. @throws AppError as `fixes.done` does */
export const tickOffFix = async (number: number): Promise<void> => {
  const record = await call('fixes.done', { number });
  useFixes.setState(({ records }) => ({ records: records.map((one) => (one.number === number ? record : one)) }));
};
