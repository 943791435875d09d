import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { ImageFile, ImageRecord } from '../../shared/domain/evacuation.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { type Checksum, checksumText, manifestText } from './checksums.ts';
import type { FileSystem } from './file-system.ts';
import { flushDirectory, writeSmallFile } from './files-on-disk.ts';
import { onFolder } from './folder-error.ts';
import { checksumFile, descriptorFile, imageFileName, manifestFile, markerFile, recordFile } from './image-layout.ts';
import type { ImageWriter, WrittenImageFile } from './ports.ts';
import { verifyContents } from './verify-image.ts';
import { writeImageFile } from './write-image-file.ts';

export interface WriterParts {
  readonly files: FileSystem;
  /** Version of the console. */
  readonly version: string;
  readonly folder: string;
  readonly name: string;
  /** The directory while it is written, and when it is sealed. */
  readonly partialPath: string;
  readonly sealedPath: string;
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
  const { files, folder, name: imageName, partialPath, sealedPath } = parts;

  const sealedRecord = (
    record: Parameters<ImageWriter['seal']>[0],
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

  /** @returns bytes of what it wrote */
  const writeTexts = async (record: ImageRecord, descriptorText: string): Promise<number> => {
    const manifest = manifestText([checksumOf(record.descriptor, descriptorText), ...record.files]);
    const recordText = `${JSON.stringify(record, null, 2)}\n`;
    const checksums = checksumText([checksumOf(recordFile, recordText), checksumOf(manifestFile, manifest)]);
    const texts = [
      [record.descriptor, descriptorText],
      [manifestFile, manifest],
      [recordFile, recordText],
      [checksumFile, checksums],
    ] as const;
    let bytes = 0;
    for (const [name, text] of texts) {
      const size = Buffer.byteLength(text);
      await onFolder(folder, () => writeSmallFile(files, join(partialPath, name), text), size);
      bytes += size;
    }
    return bytes;
  };

  const backToPartial = async (): Promise<void> => {
    await files.rename(sealedPath, partialPath);
    await flushDirectory(files, folder);
  };

  /** Reads back what is there now. What differs, or was not compared to the end, must not be taken for sealed. */
  const readBack = async (signal: AbortSignal): Promise<void> => {
    try {
      const problem = await verifyContents(files, sealedPath, signal);
      if (problem !== null) throw new AppError('image-damaged', { image: imageName, problem });
    } catch (error) {
      // Where even this fails the folder is gone: whoever finds the image again has to verify it.
      await backToPartial().catch(() => {});
      throw error;
    }
  };

  return {
    write: async (file, source, onBytes, signal) => {
      checkName(file.name);
      const target = { folder, path: join(partialPath, file.name) };
      const { bytes, sha256, sha1 } = await writeImageFile(files, target, source, onBytes, signal);
      return { ...file, bytes, sha256, sha1 };
    },
    seal: async (given, { extension, text }, written, signal) => {
      const descriptor = descriptorFile(extension);
      for (const name of [descriptor, ...written.map((file) => file.name)]) checkName(name);
      if (signal.aborted) throw new AppError('cancelled', {});
      const record = sealedRecord(given, descriptor, written);
      const textBytes = await writeTexts(record, text);
      await onFolder(folder, async () => {
        await flushDirectory(files, partialPath);
        await files.rename(partialPath, sealedPath);
        await flushDirectory(files, folder);
      });
      await readBack(signal);
      return record.files.reduce((sum, file) => sum + file.bytes, textBytes);
    },
  };
};
