import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { ImageProblem, ImageRecord } from '../../shared/domain/evacuation.ts';
import { imageRecordSchema } from '../../shared/ipc/schemas/evacuation.ts';
import { parseChecksums, parseManifest } from './checksum-lists.ts';
import type { FileSystem } from './file-system.ts';
import { readSmallFile } from './files-on-disk.ts';
import { faultCode } from './folder-error.ts';
import { checksumFile, manifestFile, recordFile } from './image-layout.ts';

/** What an image says of itself, once its record and manifest were found to be what the console wrote. */
export interface ImageContents {
  readonly record: ImageRecord;
  readonly descriptor: string;
}

type Reading<Value> = { readonly value: Value } | { readonly problem: ImageProblem };

/** What is wrong with an image, and its record where that could be read all the same. */
export interface Damage {
  readonly problem: ImageProblem;
  readonly record: ImageRecord | null;
}

/** A record of a VM with many disks has some hundred KiB. What is larger was not written by the console. */
const largestBytes = 16 * 1024 * 1024;

const problem = (kind: ImageProblem['kind'], file: string): { readonly problem: ImageProblem } => ({
  problem: { kind, file },
});

/** What a fault while reading a file of an image says of the image. */
export const readingProblem = (error: unknown, file: string): ImageProblem => ({
  kind: faultCode(error) === 'ENOENT' ? 'missing-file' : 'unreadable',
  file,
});

const readFile = async (files: FileSystem, path: string, name: string): Promise<Reading<Buffer>> => {
  try {
    const data = await readSmallFile(files, join(path, name), largestBytes);
    return data === null ? problem('wrong-size', name) : { value: data };
  } catch (error) {
    return { problem: readingProblem(error, name) };
  }
};

const sha256Of = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex');

const parseRecord = (data: Buffer): ImageRecord | null => {
  try {
    const parsed = imageRecordSchema.safeParse(JSON.parse(data.toString('utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
};

/** Reads a file and compares it with a checksum. */
const readChecked = async (
  files: FileSystem,
  path: string,
  name: string,
  sha256: string | undefined,
): Promise<Reading<Buffer>> => {
  const read = await readFile(files, path, name);
  if ('problem' in read) return read;
  return sha256Of(read.value) === sha256 ? read : problem('wrong-content', name);
};

/** The manifest names the descriptor and the files of the record, with the same checksums, and nothing else. */
const agrees = (manifest: ReadonlyMap<string, string>, { descriptor, files }: ImageRecord): boolean =>
  manifest.size === files.length + 1 &&
  manifest.has(descriptor) &&
  files.every(({ name, sha256 }) => name !== descriptor && manifest.get(name) === sha256);

const readRecord = async (
  files: FileSystem,
  path: string,
  checksums: ReadonlyMap<string, string>,
): Promise<Reading<ImageRecord>> => {
  const data = await readChecked(files, path, recordFile, checksums.get(recordFile));
  if ('problem' in data) return data;
  const record = parseRecord(data.value);
  return record === null || record.manifest !== manifestFile
    ? problem('unreadable-record', recordFile)
    : { value: record };
};

const readDescriptor = async (
  files: FileSystem,
  path: string,
  checksums: ReadonlyMap<string, string>,
  record: ImageRecord,
): Promise<Reading<string>> => {
  const data = await readChecked(files, path, manifestFile, checksums.get(manifestFile));
  if ('problem' in data) return data;
  const manifest = parseManifest(data.value.toString('utf8'));
  if (manifest === null || !agrees(manifest, record)) return problem('unreadable-record', manifestFile);
  const descriptor = await readChecked(files, path, record.descriptor, manifest.get(record.descriptor));
  return 'problem' in descriptor ? descriptor : { value: descriptor.value.toString('utf8') };
};

/** Reads record, manifest and descriptor, and compares each with its checksum. The disks are not looked at. */
export const readContents = async (files: FileSystem, path: string): Promise<ImageContents | Damage> => {
  const listed = await readFile(files, path, checksumFile);
  if ('problem' in listed) return { ...listed, record: null };
  const checksums = parseChecksums(listed.value.toString('utf8'));
  if (checksums === null) return { ...problem('unreadable-record', checksumFile), record: null };
  const record = await readRecord(files, path, checksums);
  if ('problem' in record) return { ...record, record: null };
  const descriptor = await readDescriptor(files, path, checksums, record.value);
  if ('problem' in descriptor) return { ...descriptor, record: record.value };
  return { record: record.value, descriptor: descriptor.value };
};
