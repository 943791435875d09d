/** What is no answer of HTTP/1.1, with what was found instead. */
export class MalformedAnswer extends Error {}

export interface AnswerListener {
  /** Of the answer itself; provisional ones (1xx) are passed over. */
  readonly onStatus: (status: number) => void;
  /** The next bytes of the body, as they lie in what was given to {@link AnswerReader.read}. */
  readonly onBody: (bytes: Uint8Array) => void;
  readonly onEnd: () => void;
}

/**
 * Reads one answer out of the bytes of a connection, wherever these are cut. The body is handed on where it lies: Node's
 * own client makes new memory for every 16 KiB of it, which takes more time than everything else about a large file.
 */
export interface AnswerReader {
  /** @throws MalformedAnswer */
  read(bytes: Buffer): void;
  /** The connection has ended. @returns whether the answer had come to its end */
  end(): boolean;
}

/** Where it stands: at a line of the head or of a chunk's frame, in the body with so many bytes to come, or behind it. */
type State = 'status' | 'header' | 'body' | 'chunk-size' | 'chunk-end' | 'trailer' | 'done';

interface Head {
  status: number;
  headerBytes: number;
  contentLength: number | null;
  chunked: boolean;
}

/** As much as Node takes of a head. */
const largestHeadBytes = 16 * 1024;
const lineFeed = 0x0a;

const quoted = (text: string): string => JSON.stringify(text.slice(0, 80));

const emptyHead = (): Head => ({ status: 0, headerBytes: 0, contentLength: null, chunked: false });

/** @see RFC 9112, with what it leaves to the reader taken strictly: a file is whole, or it is broken. */
export const createAnswerReader = ({ onStatus, onBody, onEnd }: AnswerListener): AnswerReader => {
  let state: State = 'status';
  let head = emptyHead();
  /** Of the body, or of its chunk: bytes that are still to come. Infinite: until the connection ends. */
  let left = 0;
  let begunLine = '';

  const finish = (): void => {
    state = 'done';
    onEnd();
  };

  const statusLine = (line: string): void => {
    const match = /^HTTP\/1\.[01] ([1-5]\d\d)(?: .*)?$/.exec(line);
    if (match === null) throw new MalformedAnswer(`a status line ${quoted(line)}`);
    head = { ...emptyHead(), status: Number(match[1]) };
    state = 'header';
  };

  const headerLine = (line: string): void => {
    if (line === '') {
      endOfHead();
      return;
    }
    const match = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*$/.exec(line);
    if (match === null) throw new MalformedAnswer(`a header ${quoted(line)}`);
    const [, name = '', value = ''] = match;
    if (name.toLowerCase() === 'transfer-encoding') {
      if (value.toLowerCase() !== 'chunked' || head.chunked) throw new MalformedAnswer(`a coding ${quoted(value)}`);
      head.chunked = true;
    }
    if (name.toLowerCase() === 'content-length') {
      const length = /^\d{1,15}$/.test(value) ? Number(value) : null;
      if (length === null || head.contentLength !== null) throw new MalformedAnswer(`a length ${quoted(value)}`);
      head.contentLength = length;
    }
  };

  const endOfHead = (): void => {
    const { status, contentLength, chunked } = head;
    if (status === 101) throw new MalformedAnswer('another protocol');
    if (status < 200) {
      state = 'status';
      return;
    }
    if (chunked && contentLength !== null) throw new MalformedAnswer('a length of chunks');
    onStatus(status);
    if (chunked) state = 'chunk-size';
    else {
      left = status === 204 || status === 304 ? 0 : (contentLength ?? Number.POSITIVE_INFINITY);
      if (left === 0) finish();
      else state = 'body';
    }
  };

  const chunkSizeLine = (line: string): void => {
    const match = /^([0-9a-fA-F]{1,12})[ \t]*(?:;.*)?$/.exec(line);
    if (match === null) throw new MalformedAnswer(`the size of a chunk ${quoted(line)}`);
    left = Number.parseInt(match[1] ?? '', 16);
    head.headerBytes = 0;
    state = left === 0 ? 'trailer' : 'body';
  };

  const take = (line: string): void => {
    switch (state) {
      case 'status':
        statusLine(line);
        return;
      case 'header':
        headerLine(line);
        return;
      case 'chunk-size':
        chunkSizeLine(line);
        return;
      case 'chunk-end':
        if (line !== '') throw new MalformedAnswer(`behind a chunk ${quoted(line)}`);
        state = 'chunk-size';
        return;
      case 'trailer':
        if (line === '') finish();
        return;
      case 'body':
      case 'done':
        return;
      default:
        state satisfies never;
    }
  };

  /** @returns how much of it belongs to the line */
  const readLine = (bytes: Buffer, from: number): number => {
    const end = bytes.indexOf(lineFeed, from);
    const upTo = end === -1 ? bytes.length : end;
    begunLine += bytes.toString('latin1', from, upTo);
    head.headerBytes += upTo - from;
    if (head.headerBytes > largestHeadBytes) throw new MalformedAnswer(`a head of more than ${largestHeadBytes} bytes`);
    if (end === -1) return upTo - from;
    const line = begunLine;
    begunLine = '';
    if (!line.endsWith('\r')) throw new MalformedAnswer(`a line ${quoted(line)} that ends without CR`);
    take(line.slice(0, -1));
    return upTo + 1 - from;
  };

  /** @returns how much of it belongs to the body */
  const readBody = (bytes: Buffer, from: number): number => {
    const part = Math.min(left, bytes.length - from);
    left -= part;
    onBody(part === bytes.length ? bytes : bytes.subarray(from, from + part));
    if (left === 0) {
      if (head.chunked) state = 'chunk-end';
      else finish();
    }
    return part;
  };

  return {
    read: (bytes) => {
      for (let at = 0; at < bytes.length && state !== 'done'; ) {
        at += state === 'body' ? readBody(bytes, at) : readLine(bytes, at);
      }
    },
    end: () => {
      if (state === 'body' && left === Number.POSITIVE_INFINITY) finish();
      return state === 'done';
    },
  };
};
