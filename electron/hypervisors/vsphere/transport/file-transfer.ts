import type { ClientRequest, IncomingMessage } from 'node:http';
import { type Agent, request } from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { asConnectionError } from './network-errors.ts';

/** A file behind a path that is a secret: whoever knows it may read or write. It never gets into an error. */
export interface RemoteFile {
  readonly agent: Agent;
  readonly host: string;
  readonly port: number;
  readonly path: string;
  /** Null where the session is none of the host's business. */
  readonly cookie: string | null;
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
const probeAfterMs = 30_000;
/** Enough that the network goes on while the disk is busy, and little beside the several files copied at a time. */
const bufferedBytes = 1024 * 1024;

/**
 * A file from its beginning. The stream holds little more than what its reader has not taken yet, and fails with an
 * AppError when it ends early: `connection-lost`, or what the signal aborts with.
 * @throws `connection-lost`, `server-timeout`, `transfer-broken` for a refusal, and what the agent rejects with
 */
export const download = async (options: TransferOptions): Promise<Readable> => {
  const outgoing = begin(options, 'GET', {});
  const answer = answered(outgoing, 'GET', options, () => undefined);
  outgoing.end();
  return streamOf(await answer, options);
};

export interface UploadOptions extends TransferOptions {
  readonly source: Readable;
  readonly bytes: number;
  readonly method: 'POST' | 'PUT';
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Sends a file and waits until the host has it.
 * @throws as {@link download}, and what the source fails with
 */
export const upload = async (options: UploadOptions): Promise<void> => {
  const { source, bytes, method } = options;
  const outgoing = begin(options, method, { ...options.headers, 'content-length': String(bytes) });
  // Each end takes the other along; what counts is which of them failed first.
  let first: { readonly error: unknown } | null = null;
  const failed = (error: unknown): void => {
    first ??= { error };
  };
  const progress = { sentBytes: 0 };
  const over = new AbortController();
  const answer = answered(outgoing, method, options, failed);
  const sending = pipeline(
    source,
    (chunks: AsyncIterable<Buffer>) => promised(chunks, options, progress, failed),
    outgoing,
    { signal: over.signal },
  );
  try {
    // A host that has all that was promised says so before the end of the source is seen here: then nothing more may
    // come of the request, neither its end nor an error.
    const incoming = await Promise.race([answer, sending.then(() => answer)]);
    incoming.resume();
    if (progress.sentBytes < bytes) throw broken(options, `an answer after ${progress.sentBytes} of ${bytes} bytes`);
  } catch (error) {
    const { error: cause } = (first as { readonly error: unknown } | null) ?? { error };
    throw cause;
  } finally {
    if (!outgoing.writableFinished) over.abort();
    await sending.catch(() => undefined);
  }
};

/** As many bytes as the head of the request said: for missing ones the host would wait. */
async function* promised(
  chunks: AsyncIterable<Buffer>,
  options: UploadOptions,
  progress: { sentBytes: number },
  failed: (error: unknown) => void,
): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of chunks) {
      progress.sentBytes += chunk.length;
      if (progress.sentBytes > options.bytes) throw broken(options, `more than ${options.bytes} bytes`);
      yield chunk;
    }
    if (progress.sentBytes < options.bytes) throw broken(options, `${progress.sentBytes} of ${options.bytes} bytes`);
  } catch (error) {
    failed(error);
    throw error;
  }
}

const begin = ({ file }: TransferOptions, method: string, headers: Readonly<Record<string, string>>): ClientRequest => {
  const { agent, host, port, path, cookie } = file;
  const outgoing = request({
    agent,
    host,
    port,
    path,
    method,
    headers: { ...headers, 'user-agent': 'vm-migration-console', ...(cookie ? { cookie } : {}) },
  });
  outgoing.setSocketKeepAlive(true, probeAfterMs);
  return outgoing;
};

/** @param failed told of a failure before anybody else is */
const answered = (
  outgoing: ClientRequest,
  operation: string,
  options: TransferOptions,
  failed: (error: unknown) => void,
): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const { file, signal, answerMs } = options;
    let deadline: NodeJS.Timeout | undefined;
    const settle = (): void => {
      clearTimeout(deadline);
      signal.removeEventListener('abort', abort);
    };
    const fail = (error: AppError): void => {
      settle();
      failed(error);
      outgoing.destroy(error);
      reject(error);
    };
    const abort = (): void => fail(reasonOf(signal));
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    outgoing.on('error', (error) => fail(connectionLost(error, options)));
    outgoing.on('finish', () => {
      const late = (): void =>
        fail(new AppError('server-timeout', { address: file.host, operation, afterMs: answerMs }));
      deadline = setTimeout(late, answerMs);
    });
    outgoing.on('response', (incoming) => {
      const { statusCode = 0 } = incoming;
      if (statusCode < 200 || statusCode > 299) return fail(broken(options, `HTTP ${statusCode}`));
      settle();
      resolve(incoming);
    });
  });

const streamOf = (incoming: IncomingMessage, options: TransferOptions): Readable => {
  const { signal } = options;
  const abort = (): void => void stream.destroy(reasonOf(signal));
  const stream = new Readable({
    highWaterMark: bufferedBytes,
    read: () => void incoming.resume(),
    destroy: (error, done) => {
      signal.removeEventListener('abort', abort);
      incoming.destroy();
      done(error);
    },
  });
  // It may fail before anybody has begun to read it; whoever reads it then is told.
  stream.on('error', () => undefined);
  const brokeOff = (error: Error): void => void stream.destroy(connectionLost(error, options));
  incoming.on('data', (chunk: Buffer) => {
    if (!stream.push(chunk)) incoming.pause();
  });
  incoming.on('error', brokeOff);
  incoming.on('end', () => {
    // Ended by the connection, not by the server's word that this was all.
    if (incoming.complete) stream.push(null);
    else brokeOff(Object.assign(new Error('the file was cut off'), { code: 'ECONNRESET' }));
  });
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true });
  return stream;
};

const broken = ({ vmName, label }: TransferOptions, reason: string): AppError =>
  new AppError('transfer-broken', { vmName, file: label, reason });

const connectionLost = (error: unknown, { file }: TransferOptions): AppError =>
  asConnectionError(error, { address: file.host, port: file.port }, 'session');

const reasonOf = ({ reason }: AbortSignal): AppError =>
  reason instanceof AppError ? reason : new AppError('cancelled', {});
