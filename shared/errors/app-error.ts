import type {
  EvacuationPart,
  FolderProblem,
  HardwareDifference,
  ImageProblem,
  RecoveryAction,
  RecoveryObstacle,
} from '../domain/evacuation.ts';
import type { FixObstacle } from '../domain/fix.ts';
import type { CertificateInfo } from '../domain/site.ts';

/**
 * Every error people can meet, with the data its text needs. Words (cause, consequence, remedy) are made from
 * `shared/messages` at the edge, so one error reads the same in the window, the command line and the task log.
 */
export interface ErrorData {
  /* reaching a site */
  'site-unreachable': { readonly address: string; readonly port: number; readonly reason: string };
  'not-a-management-server': { readonly address: string; readonly port: number; readonly answer: string };
  'certificate-unknown': { readonly address: string; readonly certificate: CertificateInfo };
  'certificate-changed': { readonly address: string; readonly pinned: string; readonly certificate: CertificateInfo };
  'login-refused': { readonly address: string; readonly userName: string };
  'password-needed': { readonly siteName: string };
  'site-not-connected': { readonly siteName: string };
  'site-unknown': { readonly site: string };
  'site-kind-unavailable': { readonly kind: string };
  'connection-lost': { readonly address: string; readonly reason: string };
  'session-expired': { readonly address: string };
  'server-timeout': { readonly address: string; readonly operation: string; readonly afterMs: number };
  'unexpected-answer': { readonly address: string; readonly operation: string; readonly detail: string };
  /* acting on a VM */
  'vm-gone': { readonly vmName: string };
  'vm-changed': {
    readonly vmName: string;
    readonly what: 'moved' | 'power-state' | 'renamed' | 'busy';
    readonly now: string;
  };
  'destination-gone': { readonly name: string };
  'platform-fault': {
    /** The platform's own name of the fault, for example `InsufficientResourcesFault`. */
    readonly fault: string;
    /** The platform's own sentence. */
    readonly message: string;
    readonly operation: string;
  };
  'no-privilege': { readonly privilege: string; readonly object: string };
  'moved-elsewhere': { readonly vmName: string; readonly expected: string; readonly found: string };
  'outcome-unknown': { readonly vmName: string; readonly reason: string };
  'blocked-by-precautions': { readonly vmName: string; readonly ruleIds: readonly string[] };
  'warnings-not-acknowledged': { readonly vmName: string; readonly ruleIds: readonly string[] };
  'not-cancellable': { readonly vmName: string };
  'method-unavailable': { readonly method: string };
  'fix-not-possible': { readonly vmName: string; readonly why: FixObstacle };
  /* evacuation images */
  'folder-unusable': { readonly folder: string; readonly problem: FolderProblem };
  'folder-full': { readonly folder: string; readonly missingBytes: number };
  'folder-in-use': { readonly folder: string };
  'folder-exists': { readonly folder: string };
  'folder-list-damaged': Record<never, never>;
  'image-not-found': { readonly folder: string; readonly image: string };
  'image-damaged': { readonly image: string; readonly problem: ImageProblem };
  'image-in-use': { readonly image: string; readonly task: string };
  /** What arrived is not what the platform says it sent, or the other way round. */
  'transfer-differs': { readonly vmName: string; readonly file: string };
  'transfer-broken': { readonly vmName: string; readonly file: string; readonly reason: string };
  'lease-lost': { readonly vmName: string; readonly reason: string };
  'restored-differs': { readonly vmName: string; readonly differences: readonly HardwareDifference[] };
  'source-changed': { readonly vmName: string };
  'source-running': { readonly vmName: string };
  /** Labels of the disks that hold something else than when they were copied. */
  'source-used': { readonly vmName: string; readonly disks: readonly string[]; readonly part: EvacuationPart };
  'recovery-not-safe': { readonly action: RecoveryAction; readonly obstacle: RecoveryObstacle };
  /* the console's own files */
  'storage-newer': { readonly file: string; readonly fileVersion: number; readonly programVersion: number };
  'storage-damaged': { readonly file: string; readonly setAside: string };
  'storage-locked': { readonly file: string };
  'storage-failed': { readonly file: string; readonly reason: string };
  'secret-store-unavailable': { readonly reason: string };
  /* requests */
  'invalid-input': { readonly issues: readonly { readonly path: string; readonly message: string }[] };
  'not-found': {
    readonly what: 'vm' | 'destination' | 'task' | 'site' | 'entity' | 'folder' | 'image' | 'follow-up';
    readonly name: string;
  };
  'ambiguous-name': { readonly name: string; readonly candidates: readonly string[] };
  cancelled: Record<never, never>;
  internal: { readonly detail: string };
}

export type ErrorCode = keyof ErrorData;

/** An error as it crosses IPC, the journal and `--json`: code and data, no words, no stack. */
export type WireError = { [Code in ErrorCode]: { readonly code: Code; readonly data: ErrorData[Code] } }[ErrorCode];

/** The one error class of the console. A native fault becomes one in the adapter, with the original as `cause`. */
export class AppError<Code extends ErrorCode = ErrorCode> extends Error {
  readonly code: Code;
  readonly data: ErrorData[Code];

  constructor(code: Code, data: ErrorData[Code], cause?: unknown) {
    super(`${code} ${JSON.stringify(data)}`, cause === undefined ? undefined : { cause });
    this.name = 'AppError';
    this.code = code;
    this.data = data;
  }
}

/** Narrows an unknown thrown value to an {@link AppError} with that code. */
export const hasCode = <Code extends ErrorCode>(error: unknown, code: Code): error is AppError<Code> =>
  error instanceof AppError && error.code === code;

/** Any thrown value as it may cross a boundary. What is not an AppError becomes `internal`; an abort `cancelled`. */
export const toWire = (error: unknown): WireError => {
  if (error instanceof AppError) return { code: error.code, data: error.data } as WireError;
  if (error instanceof Error && error.name === 'AbortError') return { code: 'cancelled', data: {} };
  return { code: 'internal', data: { detail: error instanceof Error ? error.message : String(error) } };
};

/** Back to an error that can be thrown. */
export const fromWire = (wire: WireError): AppError => new AppError(wire.code, wire.data);
