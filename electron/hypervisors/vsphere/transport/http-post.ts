import type { IncomingMessage } from 'node:http';
import { type Agent, request } from 'node:https';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { asConnectionError, type ConnectionPhase } from './network-errors.ts';

export interface PostOptions {
  readonly agent: Agent;
  readonly address: string;
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** What it is called in an error. */
  readonly operation: string;
  /** For the whole exchange, so that a server that sends drop by drop does not hold it for ever. */
  readonly deadlineMs: number;
  /** As received, before unpacking. */
  readonly maxBytes: number;
  readonly phase: ConnectionPhase;
  /**
   * Doing it twice is as good as doing it once. Then it is sent anew when it met a kept connection that the server had
   * just closed.
   */
  readonly repeatable: boolean;
  readonly signal: AbortSignal;
  /** Told once, while the rest is still on its way: the first bytes of the answer, as received, or all of a short one. */
  readonly onBeginning?: (bytes: Buffer, contentEncoding: string) => void;
}

/** Bytes of an answer that count as its beginning. */
const beginningBytes = 2048;

export interface HttpAnswer {
  readonly operation: string;
  readonly status: number;
  readonly contentType: string;
  /** `gzip`, or empty. The body is as received. */
  readonly contentEncoding: string;
  readonly cookies: readonly string[];
  readonly body: Uint8Array<ArrayBuffer>;
}

/**
 * One POST, its answer read whole.
 * @throws `cancelled`, `server-timeout`, `connection-lost` or `site-unreachable` (by phase),
 *   `not-a-management-server`, `unexpected-answer` for one that is too long, and what the agent rejects with
 */
export const post = (options: PostOptions): Promise<HttpAnswer> =>
  new Promise((resolve, reject) => {
    const { address, operation, deadlineMs, signal } = options;
    if (signal.aborted) {
      reject(new AppError('cancelled', {}));
      return;
    }
    const body = Buffer.from(options.body, 'utf8');
    const outgoing = request({
      agent: options.agent,
      host: address,
      port: options.port,
      path: options.path,
      method: 'POST',
      headers: { ...options.headers, 'content-length': body.length },
    });
    let settled = false;
    const settle = (act: () => void): void => {
      if (settled) return;
      settled = true;
      clearTimeout(deadline);
      signal.removeEventListener('abort', abort);
      act();
    };
    const fail = (error: unknown): void =>
      settle(() => {
        outgoing.destroy();
        reject(asConnectionError(error, options, options.phase));
      });
    const abort = (): void => fail(new AppError('cancelled', {}));
    const deadline = setTimeout(
      () => fail(new AppError('server-timeout', { address, operation, afterMs: deadlineMs })),
      deadlineMs,
    );
    signal.addEventListener('abort', abort, { once: true });

    let answered = false;
    outgoing.on('error', (error) => {
      if (options.repeatable && outgoing.reusedSocket && !answered) {
        settle(() => resolve(post({ ...options, repeatable: false })));
      } else fail(error);
    });
    outgoing.on('response', (incoming) => {
      answered = true;
      read(incoming, options).then((bytes) => settle(() => resolve(answerOf(operation, incoming, bytes))), fail);
    });
    outgoing.end(body);
  });

const read = async (incoming: IncomingMessage, options: PostOptions): Promise<Uint8Array<ArrayBuffer>> => {
  const { address, operation, maxBytes } = options;
  const chunks: Buffer[] = [];
  let size = 0;
  let begun = false;
  const tellBeginning = (): void => {
    if (begun) return;
    begun = true;
    options.onBeginning?.(Buffer.concat(chunks), contentEncodingOf(incoming));
  };
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) {
      throw new AppError('unexpected-answer', { address, operation, detail: `more than ${maxBytes} bytes` });
    }
    chunks.push(chunk);
    if (size >= beginningBytes) tellBeginning();
  }
  // Ended by the connection, not by the server's word that this was all.
  if (!incoming.complete) throw Object.assign(new Error('the answer was cut off'), { code: 'ECONNRESET' });
  tellBeginning();
  // A buffer of its own, so that it can be handed to another thread without copying.
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
};

const answerOf = (operation: string, incoming: IncomingMessage, body: Uint8Array<ArrayBuffer>): HttpAnswer => ({
  operation,
  status: incoming.statusCode ?? 0,
  contentType: incoming.headers['content-type'] ?? '',
  contentEncoding: contentEncodingOf(incoming),
  cookies: incoming.headers['set-cookie'] ?? [],
  body,
});

const contentEncodingOf = (incoming: IncomingMessage): string =>
  (incoming.headers['content-encoding'] ?? '').toLowerCase();
