import type { ClientRequest, IncomingMessage } from 'node:http';
import { request } from 'node:https';
import type { ByteSource } from '../../transfer.ts';
import {
  broken,
  connectionLost,
  noAnswer,
  probeAfterMs,
  reasonOf,
  type TransferOptions,
  userAgent,
} from './file-transfer.ts';

export interface UploadOptions extends TransferOptions {
  readonly source: ByteSource;
  readonly bytes: number;
  readonly method: 'POST' | 'PUT';
  readonly headers: Readonly<Record<string, string>>;
}

/** How an upload ended; what comes later does not count any more. */
type Outcome = { readonly incoming: IncomingMessage } | { readonly error: unknown };

/**
 * Sends a file and waits until the host has it. Asks the source for a piece while the one before is being sent.
 * @throws `connection-lost`, `server-timeout`, `transfer-broken` for a refusal, what the agent rejects with, what the
 *   signal aborts with, and what the source fails with
 */
export const uploadFile = async (options: UploadOptions): Promise<void> => {
  const { bytes } = options;
  const outgoing = begin(options);
  const pieces = options.source[Symbol.asyncIterator]();
  let sentBytes = 0;
  try {
    const outcome = await new Promise<Outcome>((settle) => {
      let ended = false;
      let interrupt: (() => void) | null = null;
      const end = (reached: Outcome): void => {
        ended = true;
        settle(reached);
        interrupt?.();
      };
      /** Undefined as soon as nobody has to wait for it any more. */
      const unlessEnded = <Value>(work: Promise<Value>): Promise<Value | undefined> =>
        new Promise((resolve, reject) => {
          interrupt = () => resolve(undefined);
          work.then(resolve, reject);
        });

      const sendAll = async (): Promise<void> => {
        let before: Promise<void> = Promise.resolve();
        while (!ended) {
          const next = await unlessEnded(pieces.next());
          if (next === undefined) return;
          if (next.done) break;
          // Counted before it is sent: the host may answer before this side hears that its last byte has left.
          sentBytes += next.value.length;
          if (sentBytes > bytes) throw broken(options, `more than ${bytes} bytes`);
          const sending = sent(outgoing, next.value, options);
          sending.catch(() => undefined);
          await unlessEnded(before);
          before = sending;
        }
        await unlessEnded(before);
        if (ended) return;
        // For the missing ones the host would wait.
        if (sentBytes < bytes) throw broken(options, `${sentBytes} of ${bytes} bytes`);
        outgoing.end();
      };

      listen(outgoing, options, end);
      sendAll().catch((error) => end({ error }));
    });
    if ('error' in outcome) throw outcome.error;
    outcome.incoming.resume();
    // A host that has all that was promised may say so before the end of the source is seen here.
    if (sentBytes < bytes) throw broken(options, `an answer after ${sentBytes} of ${bytes} bytes`);
  } finally {
    // Only one that came to its end leaves a connection that is good for the next.
    if (!outgoing.writableFinished) outgoing.destroy();
    // Not waited for: the source may hang.
    Promise.resolve(pieces.return?.()).catch(() => undefined);
  }
};

/** Resolves when the memory of the piece is not needed any more. */
const sent = (outgoing: ClientRequest, piece: Uint8Array, options: UploadOptions): Promise<void> =>
  new Promise((resolve, reject) => {
    outgoing.write(piece, (error) => (error ? reject(connectionLost(error, options)) : resolve()));
  });

const begin = ({ file, method, headers, bytes }: UploadOptions): ClientRequest => {
  const { agent, host, port, path, cookie } = file;
  const sent = { ...headers, 'content-length': String(bytes), 'user-agent': userAgent, ...(cookie ? { cookie } : {}) };
  const outgoing = request({ agent, host, port, path, method, headers: sent });
  outgoing.setSocketKeepAlive(true, probeAfterMs);
  return outgoing;
};

const listen = (outgoing: ClientRequest, options: UploadOptions, end: (outcome: Outcome) => void): void => {
  const { method, signal, answerMs } = options;
  let deadline: NodeJS.Timeout | undefined;
  let settled = false;
  const settle = (outcome: Outcome): void => {
    settled = true;
    clearTimeout(deadline);
    signal.removeEventListener('abort', abort);
    end(outcome);
  };
  const abort = (): void => settle({ error: reasonOf(signal) });
  outgoing.on('error', (error) => settle({ error: connectionLost(error, options) }));
  outgoing.on('finish', () => {
    if (!settled) deadline = setTimeout(() => settle({ error: noAnswer(options, method) }), answerMs);
  });
  outgoing.on('response', (incoming) => {
    const { statusCode = 0 } = incoming;
    if (statusCode >= 200 && statusCode <= 299) settle({ incoming });
    else settle({ error: broken(options, `HTTP ${statusCode}`) });
  });
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true });
};
