import { type Limits, limitNames } from '../../shared/domain/limits.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { limitSchema, mostAtATime } from '../../shared/ipc/schemas/limits.ts';
import type { Journal, Settings } from '../storage/ports.ts';
import { keepLimits, limitsFrom } from './limits.ts';

/** How much is done at the same time. Its errors, beside those named: `storage-locked`, `storage-failed`. */
export interface LimitService {
  read(): Limits;
  /**
   * Keeps those that are named, all or none. What is under way goes on; waiting tasks begin as far as the limits allow.
   * @throws `invalid-input`
   */
  change(limits: Partial<Limits>): Limits;
  /** Calls back when they have changed, in whatever process. Returns a function that ends the subscription. */
  onChange(listener: (limits: Limits) => void): () => void;
  /** Looks whether another process has changed them since. */
  hearOthers(): void;
}

export interface LimitServiceParts {
  readonly settings: Pick<Settings, 'preference' | 'setPreference'>;
  readonly together: Journal['transaction'];
  /** To be called when they have changed: waiting tasks may begin. */
  readonly reconsider: () => void;
}

export const createLimitService = ({ settings, together, reconsider }: LimitServiceParts): LimitService => {
  const listeners = new Set<(limits: Limits) => void>();
  /** What listeners know; null until the first of them came. */
  let told: Limits | null = null;

  const tell = (limits: Limits): void => {
    if (told === null || limitNames.every((name) => told?.[name] === limits[name])) return;
    told = limits;
    for (const listener of listeners) listener(limits);
    reconsider();
  };

  return {
    read: () => limitsFrom(settings),
    change: (wanted) => {
      for (const name of limitNames) {
        const limit = wanted[name];
        if (limit === undefined || limitSchema.safeParse(limit).success) continue;
        const message = `a whole number from 1 to ${mostAtATime} is needed, not ${limit}`;
        throw new AppError('invalid-input', { issues: [{ path: name, message }] });
      }
      together(() => keepLimits(settings, wanted));
      const limits = limitsFrom(settings);
      if (told === null) reconsider();
      else tell(limits);
      return limits;
    },
    onChange: (listener) => {
      told ??= limitsFrom(settings);
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    hearOthers: () => tell(limitsFrom(settings)),
  };
};
