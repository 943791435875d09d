import type { AppError } from '../../../../shared/errors/app-error.ts';
import type { ByteSink } from '../../transfer.ts';
import { createAnswerReader, MalformedAnswer } from './answer-reader.ts';
import {
  broken,
  connectionLost,
  noAnswer,
  probeAfterMs,
  type RemoteFile,
  reasonOf,
  type TransferOptions,
  userAgent,
} from './file-transfer.ts';
import { connectPinned } from './pinned-connection.ts';

/**
 * Streams a file from its beginning into a sink, over a connection of its own; the sink has all of it when this
 * resolves. No more is read from the host than the sink takes.
 * @throws `connection-lost` also when it ends early, `server-timeout` before the first byte, `transfer-broken` for a
 *   refusal, `certificate-unknown`, `certificate-changed`, what the signal aborts with, and what the sink fails with
 */
export const downloadFile = (options: TransferOptions, sink: ByteSink): Promise<void> =>
  new Promise((resolve, reject) => {
    const { file, signal, answerMs } = options;
    if (signal.aborted) {
      reject(reasonOf(signal));
      return;
    }
    let deadline: NodeJS.Timeout | undefined;
    /** Promises of the sink that are waited for. */
    let fullFor = 0;

    const end = (): void => {
      clearTimeout(deadline);
      signal.removeEventListener('abort', abort);
      socket.destroy();
    };
    const fail = (error: AppError): void => {
      end();
      reject(error);
    };
    const abort = (): void => fail(reasonOf(signal));

    const give = (bytes: Uint8Array): void => {
      const room = sink.take(bytes);
      if (room === null) return;
      fullFor += 1;
      room.then(() => {
        fullFor -= 1;
        if (fullFor === 0) socket.resume();
      }, fail);
    };

    const reader = createAnswerReader({
      onStatus: (status) => {
        clearTimeout(deadline);
        if (status < 200 || status > 299) fail(broken(options, `HTTP ${status}`));
      },
      onBody: (bytes) => {
        if (!socket.destroyed) give(bytes);
      },
      onEnd: () => {
        end();
        resolve();
      },
    });

    const { socket, ready } = connectPinned({
      ...file.pinning,
      host: file.host,
      port: file.port,
      onBytes: (bytes) => {
        try {
          reader.read(bytes);
        } catch (error) {
          fail(error instanceof MalformedAnswer ? broken(options, `not HTTP: ${error.message}`) : (error as AppError));
        }
        return fullFor === 0;
      },
    });
    signal.addEventListener('abort', abort, { once: true });
    ready.then(
      () => {
        if (signal.aborted) return;
        socket.setKeepAlive(true, probeAfterMs);
        socket.on('error', (error) => fail(connectionLost(error, options)));
        socket.on('close', () => {
          if (!reader.end()) fail(connectionLost(cutOff(), options));
        });
        deadline = setTimeout(() => fail(noAnswer(options, 'GET')), answerMs);
        socket.write(head(file));
      },
      (error: Error) => fail(connectionLost(error, options)),
    );
  });

/** Ended by the connection, not by the host's word that this was all. */
const cutOff = (): Error => Object.assign(new Error('the file was cut off'), { code: 'ECONNRESET' });

const head = ({ host, port, path, cookie }: RemoteFile): string => {
  const name = host.includes(':') ? `[${host}]` : host;
  const lines = [
    `GET ${path} HTTP/1.1`,
    `Host: ${name}:${port}`,
    `User-Agent: ${userAgent}`,
    'Accept: */*',
    ...(cookie === null ? [] : [`Cookie: ${cookie}`]),
    'Connection: close',
  ];
  // Both come from a server; neither may add a line of its own.
  if (lines.some((line) => /[^\x20-\x7e]/.test(line)))
    throw new Error('a line of a request has a character that may not be there');
  return `${lines.join('\r\n')}\r\n\r\n`;
};
