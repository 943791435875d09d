import type { ErrorCode } from '../../shared/errors/app-error.ts';

/** How long to wait before the next try, ms: 2 s, then twice as long each time, a minute at most. */
export const backOffMs = (failedTries: number): number => Math.min(60_000, 2_000 * 2 ** Math.max(0, failedTries - 1));

/**
 * Errors that trying again cannot mend: a person has to do something first. Above all a refused log-in, because every
 * further try may lock the account.
 */
const needsPerson: readonly ErrorCode[] = [
  'login-refused',
  'password-needed',
  'certificate-unknown',
  'certificate-changed',
  'site-kind-unavailable',
  'no-privilege',
];

export const mayRetry = (code: ErrorCode): boolean => !needsPerson.includes(code);
