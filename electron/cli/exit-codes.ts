import type { ErrorCode } from '../../shared/errors/app-error.ts';

/** What scripts can rely on. Documented in `--help`; a number never changes its meaning. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 2,
  blocked: 3,
  notAcknowledged: 4,
  notReachable: 5,
  unknownOutcome: 6,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const byError: Readonly<Partial<Record<ErrorCode, ExitCode>>> = {
  'invalid-input': exitCodes.usage,
  'not-found': exitCodes.usage,
  'ambiguous-name': exitCodes.usage,
  'folder-exists': exitCodes.usage,
  'site-unknown': exitCodes.usage,
  'blocked-by-precautions': exitCodes.blocked,
  'method-unavailable': exitCodes.blocked,
  'fix-not-possible': exitCodes.blocked,
  'recovery-not-safe': exitCodes.blocked,
  'image-in-use': exitCodes.blocked,
  'folder-in-use': exitCodes.blocked,
  'image-not-found': exitCodes.usage,
  'warnings-not-acknowledged': exitCodes.notAcknowledged,
  'site-unreachable': exitCodes.notReachable,
  'not-a-management-server': exitCodes.notReachable,
  'certificate-unknown': exitCodes.notReachable,
  'certificate-changed': exitCodes.notReachable,
  'login-refused': exitCodes.notReachable,
  'password-needed': exitCodes.notReachable,
  'site-not-connected': exitCodes.notReachable,
  'site-kind-unavailable': exitCodes.notReachable,
  'connection-lost': exitCodes.notReachable,
  'session-expired': exitCodes.notReachable,
  'server-timeout': exitCodes.notReachable,
  'outcome-unknown': exitCodes.unknownOutcome,
  cancelled: exitCodes.interrupted,
};

export const exitCodeOf = (code: ErrorCode): ExitCode => byError[code] ?? exitCodes.failed;
