import { inflateRawSync } from 'node:zlib';

/**
 * @typedef {object} ZipEntry
 * @property {string} name path inside the archive; folders end with "/"
 * @property {number} mode Unix permission bits, 0 when the archive has none
 * @property {() => Buffer} read unpacked content
 */

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;

/**
 * Lists a zip archive held in memory. Content is unpacked only when read, so picking a few entries out of a large archive
 * is cheap. Enough of the format for one known archive: no encryption, no ZIP64.
 * Source: PKWARE APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.
 * @param {Buffer} archive
 * @returns {ZipEntry[]}
 * @throws {Error} when the archive is damaged or uses what is not supported
 */
export function readZip(archive) {
  const end = findEndOfDirectory(archive);
  const count = archive.readUInt16LE(end + 10);
  let at = archive.readUInt32LE(end + 16);
  if (count === 0xffff || at === 0xffffffff) throw new Error('ZIP64 archives are not supported');
  /** @type {ZipEntry[]} */
  const entries = [];
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > archive.length || archive.readUInt32LE(at) !== DIRECTORY_ENTRY) {
      throw new Error('The zip archive is damaged: its directory ends early');
    }
    const nameLength = archive.readUInt16LE(at + 28);
    const method = archive.readUInt16LE(at + 10);
    const packedSize = archive.readUInt32LE(at + 20);
    const size = archive.readUInt32LE(at + 24);
    const mode = (archive.readUInt32LE(at + 38) >>> 16) & 0o777;
    const local = archive.readUInt32LE(at + 42);
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    entries.push({ name, mode, read: () => unpack(archive, { name, method, packedSize, size, local }) });
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return entries;
}

/** @param {Buffer} archive */
function findEndOfDirectory(archive) {
  // The record has 22 bytes and then a comment of at most 65535.
  for (let at = archive.length - 22; at >= Math.max(0, archive.length - 22 - 0xffff); at -= 1) {
    if (archive.readUInt32LE(at) === END_OF_DIRECTORY) return at;
  }
  throw new Error('This is not a zip archive, or its end is missing');
}

/**
 * @param {Buffer} archive
 * @param {{name: string, method: number, packedSize: number, size: number, local: number}} entry
 */
function unpack(archive, entry) {
  if (archive.readUInt32LE(entry.local) !== LOCAL_ENTRY) throw new Error(`Damaged zip entry: ${entry.name}`);
  const start = entry.local + 30 + archive.readUInt16LE(entry.local + 26) + archive.readUInt16LE(entry.local + 28);
  const packed = archive.subarray(start, start + entry.packedSize);
  if (entry.method !== STORED && entry.method !== DEFLATED) {
    throw new Error(`Zip method ${entry.method} of ${entry.name} is not supported`);
  }
  const content = entry.method === STORED ? packed : inflateRawSync(packed);
  if (content.length !== entry.size) throw new Error(`Damaged zip entry: ${entry.name}`);
  return content;
}
