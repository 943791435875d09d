import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { ImageFile, ImageRecord } from '../../shared/domain/evacuation.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { type Checksum, checksumText, manifestText } from './checksum-lists.ts';
import type { FileSystem } from './file-system.ts';
import { flushDirectory, writeSmallFile } from './files-on-disk.ts';
import { onFolder } from './folder-error.ts';
import { checksumFile, descriptorFile, imageFileName, manifestFile, markerFile, recordFile } from './image-layout.ts';
import type { ImageWriter, WrittenImageFile } from './ports.ts';
import { writeImageFile } from './write-image-file.ts';

export interface WriterParts {
  readonly files: FileSystem;
  /** Version of the console. */
  readonly version: string;
  readonly folder: string;
  /** The directory while it is written. */
  readonly partialPath: string;
}

const reservedNames: readonly string[] = [recordFile, checksumFile, manifestFile, markerFile];

/** The engine makes the names; a mistake there must not become a path. @throws `internal` */
const checkName = (name: string): void => {
  if (imageFileName.test(name) && !reservedNames.includes(name)) return;
  throw new AppError('internal', { detail: `${JSON.stringify(name)} is no name for a file of an image` });
};

const checksumOf = (name: string, text: string): Checksum => ({
  name,
  sha256: createHash('sha256').update(text).digest('hex'),
});

const withoutSha1 = ({ sha1: _, ...file }: WrittenImageFile): ImageFile => file;

export const createImageWriter = (parts: WriterParts): ImageWriter => {
  const { files, folder, partialPath } = parts;

  const sealedRecord = (
    record: Parameters<ImageWriter['describe']>[0],
    descriptor: string,
    written: readonly WrittenImageFile[],
  ): ImageRecord => ({
    ...record,
    format: 1,
    console: parts.version,
    descriptor,
    manifest: manifestFile,
    files: written.map(withoutSha1),
  });

  const writeTexts = async (record: ImageRecord, descriptorText: string): Promise<void> => {
    const manifest = manifestText([checksumOf(record.descriptor, descriptorText), ...record.files]);
    const recordText = `${JSON.stringify(record, null, 2)}\n`;
    const checksums = checksumText([checksumOf(recordFile, recordText), checksumOf(manifestFile, manifest)]);
    const texts = [
      [record.descriptor, descriptorText],
      [manifestFile, manifest],
      [recordFile, recordText],
      [checksumFile, checksums],
    ] as const;
    for (const [name, text] of texts) {
      await onFolder(folder, () => writeSmallFile(files, join(partialPath, name), text), Buffer.byteLength(text));
    }
  };

  return {
    write: async (file, checksum, read, onBytes, signal) => {
      checkName(file.name);
      const target = { folder, path: join(partialPath, file.name), kinds: ['sha256', checksum] as const };
      const { bytes, checksums } = await writeImageFile(files, target, read, onBytes, signal);
      return { ...file, bytes, sha256: checksums.sha256 ?? '', sha1: checksums.sha1 ?? null };
    },
    describe: async (given, { extension, text }, written) => {
      const descriptor = descriptorFile(extension);
      for (const name of [descriptor, ...written.map((file) => file.name)]) checkName(name);
      await writeTexts(sealedRecord(given, descriptor, written), text);
      await onFolder(folder, () => flushDirectory(files, partialPath));
    },
  };
};
