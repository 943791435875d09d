import { create } from 'zustand';
import type { Limits } from '../../shared/domain/limits.ts';
import { toWire, type WireError } from '../../shared/errors/app-error.ts';
import { call } from '../api/call.ts';
import { onEvent } from '../api/events.ts';

interface LimitsState {
  /** How much is done at the same time; null before the first answer. */
  readonly limits: Limits | null;
  /** Why the last reading failed; what was known before stays. */
  readonly error: WireError | null;
}

export const useLimits = create<LimitsState>(() => ({ limits: null, error: null }));

const take = (limits: Limits): void => useLimits.setState({ limits, error: null });

/** Reads them (again, after it failed). Never rejects: what went wrong is in the state. */
export const readLimits = async (): Promise<void> => {
  try {
    take(await call('limits.read', {}));
  } catch (error) {
    useLimits.setState({ error: toWire(error) });
  }
};

/** Reads them, then follows the changes. Returns a function that stops following. */
export const openLimits = async (): Promise<() => void> => {
  const stop = onEvent('limits.changed', take);
  await readLimits();
  return stop;
};

/** Changes those that are named. @throws AppError as `limits.change` does */
export const changeLimits = async (limits: Partial<Limits>): Promise<void> => take(await call('limits.change', limits));
