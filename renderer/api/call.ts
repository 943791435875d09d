import './zod-without-eval.ts';
import type { z } from 'zod';
import { AppError, fromWire } from '../../shared/errors/app-error.ts';
import { type ReplyOf, type RequestName, type RequestOf, requests } from '../../shared/ipc/contract.ts';
import { bridge } from './bridge.ts';

export interface CallOptions {
  /** Aborting it cancels the call in the main process too; the promise then rejects with code `cancelled`. */
  readonly signal?: AbortSignal | undefined;
}

let lastCall = 0;

/** Unique over reloads of the window as well: an old page's cancel must not reach a new page's call. */
const nextCallId = (): string => {
  lastCall += 1;
  return `${performance.timeOrigin.toString(36)}-${lastCall}`;
};

/**
 * Asks the main process.
 * @throws {AppError} with the code the main process answered; `cancelled` when aborted; `internal` when the answer
 * does not have the shape the contract gives it
 */
export const call = async <Name extends RequestName>(
  name: Name,
  payload: RequestOf<Name>,
  options: CallOptions = {},
): Promise<ReplyOf<Name>> => {
  const { signal } = options;
  if (signal?.aborted) throw new AppError('cancelled', {});
  const port = bridge();
  const callId = nextCallId();
  const cancel = () => port.cancel(callId);
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    const envelope = await port.call(callId, name, payload);
    if (!envelope.ok) throw fromWire(envelope.error);
    return replyOf(name, envelope.value);
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
};

const replyOf = <Name extends RequestName>(name: Name, value: unknown): ReplyOf<Name> => {
  const schema: z.ZodType = requests[name].reply;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data as ReplyOf<Name>;
  throw new AppError('internal', { detail: `unexpected answer to ${name}: ${firstIssue(parsed.error)}` });
};

const firstIssue = (error: z.ZodError): string => {
  const issue = error.issues[0];
  return issue === undefined ? 'unknown' : `${issue.path.join('.')} ${issue.message}`;
};
