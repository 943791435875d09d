import { once } from 'node:events';
import { request } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createAnswerReader,
  MalformedAnswer,
} from '../../../../../electron/hypervisors/vsphere/transport/answer-reader.ts';

/** What a reader made of the bytes of a connection that then ended. */
type Read =
  | { readonly status: number; readonly body: string; readonly complete: boolean }
  | { readonly malformed: true };

/** @param cuts where the bytes are parted, as shares of the whole */
const readInPieces = (bytes: Buffer, cuts: readonly number[] = []): Read => {
  let status = 0;
  let ended = false;
  const body: Buffer[] = [];
  const reader = createAnswerReader({
    onStatus: (told) => {
      status = told;
    },
    // Its memory is used again for what comes next.
    onBody: (piece) => body.push(Buffer.from(piece)),
    onEnd: () => {
      ended = true;
    },
  });
  const places = [0, ...cuts.map((cut) => Math.floor(cut * bytes.length)).sort((a, b) => a - b), bytes.length];
  try {
    for (const [index, from] of places.slice(0, -1).entries()) {
      const memory = Buffer.from(bytes.subarray(from, places[index + 1]));
      reader.read(memory);
      memory.fill(0);
    }
    const complete = reader.end();
    expect(complete).toBe(ended);
    return { status, body: Buffer.concat(body).toString('latin1'), complete };
  } catch (error) {
    if (error instanceof MalformedAnswer) return { malformed: true };
    throw error;
  }
};

const read = (text: string): Read => readInPieces(Buffer.from(text, 'latin1'));

describe('an answer', () => {
  it.each([
    ['with a length', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nbytes', 200, 'bytes', true],
    ['with a length of nothing', 'HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n', 201, '', true],
    ['without content', 'HTTP/1.1 204 No Content\r\n\r\n', 204, '', true],
    ['that lasts as long as the connection', 'HTTP/1.1 200 OK\r\n\r\nall of it', 200, 'all of it', true],
    ['without a reason', 'HTTP/1.1 404\r\nContent-Length: 1\r\n\r\n!', 404, '!', true],
    [
      'in chunks',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n',
      200,
      'abc0123456789',
      true,
    ],
    [
      'in chunks with extensions and a trailer',
      'HTTP/1.1 200 OK\r\ntransfer-encoding:chunked\r\n\r\n3;a=b\r\nabc\r\n0\r\nX: y\r\n\r\n',
      200,
      'abc',
      true,
    ],
    [
      'after a provisional one',
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
      200,
      'ok',
      true,
    ],
    ['with more behind it', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1', 200, 'ok', true],
    ['cut off in its head', 'HTTP/1.1 200 OK\r\nContent-Le', 0, '', false],
    ['cut off in its body', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nbyt', 200, 'byt', false],
    ['cut off in a chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nbyt', 200, 'byt', false],
    ['cut off between chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nbyt\r\n', 200, 'byt', false],
    [
      'cut off before the end of chunks',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nbyt\r\n0\r\n',
      200,
      'byt',
      false,
    ],
  ])('%s is read', (_what, text, status, body, complete) => {
    expect(read(text)).toEqual({ status, body, complete });
  });

  it.each([
    ['another protocol', 'SSH-2.0-OpenSSH_9.9\r\n'],
    ['another version', 'HTTP/2 200 OK\r\n\r\n'],
    ['a line without CR', 'HTTP/1.1 200 OK\nContent-Length: 2\r\n\r\nok'],
    ['a header without a name', 'HTTP/1.1 200 OK\r\n: 5\r\n\r\n'],
    ['a header that goes on in the next line', 'HTTP/1.1 200 OK\r\nX: y\r\n z\r\n\r\n'],
    ['a length that is no number', 'HTTP/1.1 200 OK\r\nContent-Length: 0x5\r\n\r\nbytes'],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nbytes'],
    ['a length of chunks', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['a coding nobody asked for', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nbytes'],
    ['a chunk without a size', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnope\r\nbytes\r\n0\r\n\r\n'],
    [
      'a chunk that is longer than it said',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nbytes\r\n0\r\n\r\n',
    ],
    ['an upgrade', 'HTTP/1.1 101 Switching Protocols\r\n\r\n'],
    ['a head without an end', `HTTP/1.1 200 OK\r\n${'X: y\r\n'.repeat(5_000)}`],
    ['a line without an end', `HTTP/1.1 200 OK\r\nX: ${'y'.repeat(20_000)}`],
  ])('is none with %s', (_what, text) => {
    expect(read(text)).toEqual({ malformed: true });
  });
});

/** Beside the client that Node brings. */
describe('any bytes', () => {
  let server: Server;
  let answer: Buffer;

  beforeAll(async () => {
    server = createServer((socket: Socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end(answer));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => new Promise((closed) => server.close(closed)));

  const readByNode = (bytes: Buffer): Promise<Read> => {
    answer = bytes;
    const { port } = server.address() as AddressInfo;
    return new Promise((resolve) => {
      const outgoing = request({ host: '127.0.0.1', port, agent: false }, (incoming) => {
        const body: Buffer[] = [];
        const { statusCode = 0 } = incoming;
        const told = (complete: boolean): void =>
          resolve({ status: statusCode, body: Buffer.concat(body).toString('latin1'), complete });
        incoming.on('data', (piece: Buffer) => body.push(piece));
        incoming.on('error', () => told(false));
        incoming.on('end', () => told(incoming.complete));
      });
      outgoing.on('error', () => resolve({ malformed: true }));
      outgoing.end();
    });
  };

  const chunked = (body: Buffer, sizes: readonly number[]): Buffer => {
    const parts: Buffer[] = [];
    let at = 0;
    for (const size of [...sizes, body.length]) {
      const part = body.subarray(at, at + size);
      if (part.length === 0) continue;
      parts.push(Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n'));
      at += part.length;
    }
    return Buffer.concat([...parts, Buffer.from('0\r\n\r\n')]);
  };

  const someAnswer = fc
    .record({
      status: fc.constantFrom(200, 201, 404, 500),
      body: fc.uint8Array({ maxLength: 200 }),
      framing: fc.constantFrom('length', 'chunks', 'connection'),
      sizes: fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 5 }),
    })
    .map(({ status, body, framing, sizes }) => {
      const bytes = Buffer.from(body);
      const header = {
        length: `Content-Length: ${bytes.length}\r\n`,
        chunks: 'Transfer-Encoding: chunked\r\n',
        connection: '',
      }[framing];
      const head = Buffer.from(`HTTP/1.1 ${status} Whatever\r\nServer: x\r\n${header}Connection: close\r\n\r\n`);
      return Buffer.concat([head, framing === 'chunks' ? chunked(bytes, sizes) : bytes]);
    });

  it('of a right answer are read alike, wherever they are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        someAnswer,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 }),
        async (bytes, cuts) => {
          expect(readInPieces(bytes, cuts)).toEqual(await readByNode(bytes));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('that were altered or cut off are never taken for more than Node takes them for', async () => {
    await fc.assert(
      fc.asyncProperty(
        someAnswer,
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.integer({ min: 0, max: 255 }),
        fc.boolean(),
        async (bytes, where, byte, cut) => {
          const at = Math.floor(where * bytes.length);
          const broken = Buffer.from(cut ? bytes.subarray(0, at) : bytes);
          if (!cut) broken[at] = byte;
          const own = readInPieces(broken);
          if (!('complete' in own) || !own.complete) return;
          expect(own).toEqual(await readByNode(broken));
        },
      ),
      { numRuns: 400 },
    );
  });
});
