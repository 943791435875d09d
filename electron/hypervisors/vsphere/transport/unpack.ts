import { gunzipSync } from 'node:zlib';

/**
 * The text of an answer, unpacked and decoded strictly.
 * @throws Error when it is longer than allowed, cut off, or no UTF-8
 */
export const unpackText = (body: Uint8Array, contentEncoding: string, maxLength: number): string => {
  if (contentEncoding !== '' && contentEncoding !== 'gzip' && contentEncoding !== 'identity') {
    throw new Error(`packed as ${contentEncoding.slice(0, 40)}`);
  }
  if (body.byteLength > maxLength) throw new Error(`longer than ${maxLength} bytes`);
  const plain = contentEncoding === 'gzip' ? gunzipSync(body, { maxOutputLength: maxLength }) : body;
  return new TextDecoder('utf-8', { fatal: true }).decode(plain);
};
