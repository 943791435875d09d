import { constants } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countedPieces } from '../../../electron/evacuation/counted-pieces.ts';
import { type FileSystem, type OpenFile, systemFiles } from '../../../electron/evacuation/file-system.ts';
import { newPiece, pieceBytes } from '../../../electron/evacuation/piece.ts';
import { beginChecksums } from '../../../electron/evacuation/running-checksums.ts';
import { openExistingUncached } from '../../../electron/evacuation/uncached-file.ts';
import { writeImageFile } from '../../../electron/evacuation/write-image-file.ts';
import { diskBytes, never, sha256Of } from '../../support/evacuation-images.ts';
import { fault } from '../../support/faulty-files.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const ext4 = 0xef_53;
const nfs = 0x69_69;
const direct = constants.O_DIRECT ?? 0;
/** Elsewhere than on Linux there is no such way. */
const onLinux = describe.skipIf(direct === 0);

/** Lengths of what was read or written, past the cache and through it, and handles that are open. */
interface Traffic {
  direct: number[];
  cached: number[];
  open: number;
}

interface Behaviour {
  readonly type: number;
  /** Says no to everything past the cache, as a disk with larger sectors does. */
  readonly refuses?: boolean;
  /** Says no already when a file is opened so, and has made it by then, as open(2) warns. */
  readonly refusesToOpen?: boolean;
  /** Files cannot be opened a second time. */
  readonly onlyOnce?: boolean;
}

/** The file system of the machine, taken for one of some type, with the rules that the system has for such files. */
const observed = ({
  type,
  refuses = false,
  refusesToOpen = false,
  onlyOnce = false,
}: Behaviour): { files: FileSystem; traffic: Traffic } => {
  const traffic: Traffic = { direct: [], cached: [], open: 0 };
  let opened = 0;
  const watched = (file: OpenFile, isDirect: boolean): OpenFile => {
    const pass = (length: number, position: number): void => {
      if (isDirect && (refuses || length % 512 !== 0 || position % 512 !== 0)) throw fault('EINVAL');
      (isDirect ? traffic.direct : traffic.cached).push(length);
    };
    return {
      write: async (data, offset, length, position) => {
        pass(length, position);
        return file.write(data, offset, length, position);
      },
      read: async (data, offset, length, position) => {
        pass(length, position);
        return file.read(data, offset, length, position);
      },
      sync: () => file.sync(),
      close: async () => {
        traffic.open -= 1;
        await file.close();
      },
    };
  };
  const files: FileSystem = {
    ...systemFiles,
    statfs: async (path) => ({ ...(await systemFiles.statfs(path)), type }),
    open: async (path, flags) => {
      opened += 1;
      if (onlyOnce && opened > 1) throw fault('EIO');
      const file = await systemFiles.open(path, flags & ~direct);
      if (refusesToOpen && (flags & direct) !== 0) {
        await file.close();
        throw fault('EINVAL');
      }
      traffic.open += 1;
      return watched(file, (flags & direct) !== 0);
    },
  };
  return { files, traffic };
};

/** @returns what was counted */
const write = async (files: FileSystem, path: string, content: Buffer): Promise<string | undefined> => {
  const target = { folder: 'folder', path, kinds: ['sha256'] as const };
  const give = async (sink: Parameters<Parameters<typeof writeImageFile>[2]>[0]): Promise<void> => {
    // As a socket gives them: in parts that end anywhere.
    for (let at = 0; at < content.length; at += 70_001) await sink.take(content.subarray(at, at + 70_001));
  };
  return (await writeImageFile(files, target, give, () => undefined, never())).checksums.sha256;
};

const read = async (
  files: FileSystem,
  path: string,
): Promise<{ readonly content: Buffer; readonly sha256: string }> => {
  const { file } = await openExistingUncached(files, path);
  const checksums = beginChecksums(['sha256']);
  try {
    const pieces: Buffer[] = [];
    for await (const piece of countedPieces(file, checksums)) pieces.push(Buffer.from(piece));
    return { content: Buffer.concat(pieces), sha256: (await checksums.result()).sha256 ?? '' };
  } finally {
    await file.close();
  }
};

const newPath = (): string => join(temporaryDirectory(), 'disk-1.vmdk');

const sizes = [0, 1, 511, 4_095, 4_096, 4_097, pieceBytes - 1, pieceBytes, pieceBytes + 1, 3 * pieceBytes + 8_192];

describe('a disk of an image', () => {
  test.each(sizes)('of %i bytes is written and read as it is', async (bytes) => {
    const path = newPath();
    const content = diskBytes(bytes);
    const counted = await write(systemFiles, path, content);
    expect(counted).toBe(sha256Of(content));
    expect(content.equals(await readFile(path))).toBe(true);
    const back = await read(systemFiles, path);
    expect(content.equals(back.content)).toBe(true);
    expect(back.sha256).toBe(counted);
  });

  test('of any size is written and read as it is, wherever it lies and whatever is refused', async () => {
    const path = newPath();
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 3 * pieceBytes }),
        fc.constantFrom(ext4, nfs),
        fc.boolean(),
        async (bytes, type, refuses) => {
          const { files, traffic } = observed({ type, refuses });
          const content = diskBytes(bytes, bytes + 1);
          expect(await write(files, path, content)).toBe(sha256Of(content));
          expect(content.equals((await read(files, path)).content)).toBe(true);
          expect(traffic.open).toBe(0);
        },
      ),
      { numRuns: 20 },
    );
  });
});

onLinux('on a file system that is suited', () => {
  test('goes past the cache but for what is left at its end', async () => {
    const { files, traffic } = observed({ type: ext4 });
    const path = newPath();
    await write(files, path, diskBytes(2 * pieceBytes + 5));
    expect(traffic).toEqual({ direct: [pieceBytes, pieceBytes], cached: [5], open: 0 });
  });

  test('is read past the cache, up to where its end is found', async () => {
    const path = newPath();
    await writeFile(path, diskBytes(2 * pieceBytes + 5));
    const { files, traffic } = observed({ type: ext4 });
    await read(files, path);
    expect(traffic.direct).toEqual([pieceBytes, pieceBytes, pieceBytes]);
    expect(traffic.cached).toEqual([pieceBytes]);
  });

  test('goes through the cache from the first refusal on', async () => {
    const { files, traffic } = observed({ type: ext4, refuses: true });
    await write(files, newPath(), diskBytes(2 * pieceBytes + 5));
    expect(traffic).toEqual({ direct: [], cached: [pieceBytes, pieceBytes, 5], open: 0 });
  });

  test('goes through the cache where it cannot be opened otherwise', async () => {
    const { files, traffic } = observed({ type: ext4, refusesToOpen: true });
    const path = newPath();
    const content = diskBytes(pieceBytes + 5);
    expect(await write(files, path, content)).toBe(sha256Of(content));
    expect(content.equals((await read(files, path)).content)).toBe(true);
    expect(traffic).toMatchObject({ direct: [], open: 0 });
  });

  test('is told when it cannot be opened for what is left, and nothing stays open', async () => {
    const { files, traffic } = observed({ type: ext4, onlyOnce: true });
    await expect(write(files, newPath(), diskBytes(pieceBytes + 5))).rejects.toMatchObject({ code: 'folder-unusable' });
    expect(traffic.open).toBe(0);
  });

  test('that is closed while the system still refuses a read leaves nothing open', async () => {
    const path = newPath();
    await writeFile(path, diskBytes(pieceBytes));
    const { files, traffic } = observed({ type: ext4, refuses: true });
    const { file } = await openExistingUncached(files, path);
    const reading = file.read(newPiece(), 0, pieceBytes, 0);
    await Promise.all([file.close(), reading]);
    expect(traffic.open).toBe(0);
  });

  test('begins in memory as the system wants it', async (context) => {
    const folder = temporaryDirectory();
    const { type } = await systemFiles.statfs(folder);
    if (type !== ext4) context.skip('the temporary directory is on another file system');
    const refusals: unknown[] = [];
    const files: FileSystem = {
      ...systemFiles,
      open: async (path, flags) => {
        const file = await systemFiles.open(path, flags);
        return {
          write: (...given) => file.write(...given).catch((error) => refuse(error)),
          read: (...given) => file.read(...given).catch((error) => refuse(error)),
          sync: () => file.sync(),
          close: () => file.close(),
        };
      },
    };
    const refuse = (error: unknown): never => {
      refusals.push(error);
      throw error;
    };
    const path = join(folder, 'disk-1.vmdk');
    await write(files, path, diskBytes(5 * pieceBytes));
    await read(files, path);
    expect(refusals).toEqual([]);
  });
});

test('on a file system of another machine goes through the cache', async () => {
  const { files, traffic } = observed({ type: nfs });
  const path = newPath();
  await write(files, path, diskBytes(pieceBytes + 5));
  await read(files, path);
  expect(traffic.direct).toEqual([]);
});
