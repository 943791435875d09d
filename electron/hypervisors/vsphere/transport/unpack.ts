import { constants, gunzipSync } from 'node:zlib';

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

/** As much text as the first bytes of an answer give. A hint, for what is read strictly later; empty for damaged bytes. */
export const unpackBeginning = (bytes: Uint8Array, contentEncoding: string): string => {
  try {
    const plain =
      contentEncoding === 'gzip'
        ? gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 1 << 20 })
        : bytes;
    return new TextDecoder('utf-8').decode(plain);
  } catch {
    return '';
  }
};
