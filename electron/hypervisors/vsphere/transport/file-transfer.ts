import type { Agent } from 'node:https';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { asConnectionError } from './network-errors.ts';
import type { PinnedConnectionOptions } from './pinned-connection.ts';

/** A file behind a path that is a secret: whoever knows it may read or write. It never gets into an error. */
export interface RemoteFile {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  /** Null where the session is none of the host's business. */
  readonly cookie: string | null;
  /** How the host is known. */
  readonly pinning: Pick<PinnedConnectionOptions, 'policy' | 'connectTimeoutMs'>;
  /** Of connections that are pinned just so. */
  readonly agent: Agent;
}

export interface TransferOptions {
  readonly file: RemoteFile;
  /** For people: which file of which VM. */
  readonly vmName: string;
  readonly label: string;
  /** How long the host may take before the first byte, or to answer after the last one, ms. */
  readonly answerMs: number;
  /** What the transfer fails with is its reason where that is an AppError; else it was cancelled. */
  readonly signal: AbortSignal;
}

/** So that a host which went away without a word is noticed while nothing is to be said. */
export const probeAfterMs = 30_000;
export const userAgent = 'vm-migration-console';

export const broken = ({ vmName, label }: TransferOptions, reason: string): AppError =>
  new AppError('transfer-broken', { vmName, file: label, reason });

export const connectionLost = (error: unknown, { file }: TransferOptions): AppError =>
  asConnectionError(error, { address: file.host, port: file.port }, 'session');

export const noAnswer = ({ file, answerMs }: TransferOptions, operation: string): AppError =>
  new AppError('server-timeout', { address: file.host, operation, afterMs: answerMs });

export const reasonOf = ({ reason }: AbortSignal): AppError =>
  reason instanceof AppError ? reason : new AppError('cancelled', {});
