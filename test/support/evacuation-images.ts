import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { FileSystem } from '../../electron/evacuation/file-system.ts';
import { createImageStore } from '../../electron/evacuation/image-store.ts';
import { createPatience } from '../../electron/evacuation/patience.ts';
import type { ImageStore, ImageWriter, WrittenImageFile } from '../../electron/evacuation/ports.ts';
import { taskId } from '../../shared/domain/ids.ts';
import { pouring } from './byte-streams.ts';
import { createFakeClock } from './fake-clock.ts';
import { aPool, aVm, defaultSite, destinationOf } from './inventory-builders.ts';
import { temporaryDirectory } from './temporary-directory.ts';

export const never = (): AbortSignal => new AbortController().signal;

/** A store whose clock stands still, so that no call is ever late. */
export const anImageStore = (files?: FileSystem): ImageStore =>
  createImageStore({
    version: '1.2.3',
    patience: createPatience(createFakeClock()),
    ...(files === undefined ? {} : { files }),
  });

/** What a migration knows of the VM it evacuates. */
export const aNewRecord = (
  facts: Partial<Parameters<ImageWriter['describe']>[0]> = {},
): Parameters<ImageWriter['describe']>[0] => {
  const vm = aVm({ name: 'web-01', powerState: 'off' });
  return {
    id: '3f2b7c1e-8d0a-4c55-9b61-0a1b2c3d4e5f',
    task: taskId(12),
    site: defaultSite,
    siteName: 'vcsa-01',
    platform: 'vmware',
    vm,
    origin: {
      placement: { host: vm.host, pool: vm.pool, datastores: [] },
      placeName: 'pool-01',
      destination: destinationOf(aPool({ name: 'pool-01' })),
      hostName: 'esx-01',
      networks: [{ adapter: '4000', name: 'net-01' }],
    },
    parkedName: 'web-01 (parked by T-12)',
    createdAt: Date.UTC(2026, 0, 5, 9),
    ...facts,
  };
};

export const descriptor = { extension: 'ovf', text: '<Envelope>web-01</Envelope>\n' } as const;

/** Bytes that differ everywhere, so that a displaced piece is noticed. */
export const diskBytes = (length: number, seed = 1): Buffer => {
  const bytes = Buffer.alloc(length);
  let state = seed;
  for (let index = 0; index < length; index += 1) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    bytes[index] = state >>> 16;
  }
  return bytes;
};

export const writeDisk = (
  writer: ImageWriter,
  name: string,
  content: Buffer,
  signal: AbortSignal = never(),
): Promise<WrittenImageFile> =>
  writer.write(
    { name, kind: 'disk', deviceKey: '2000', capacityBytes: 4_096 },
    'sha256',
    pouring(Readable.from([content.subarray(0, 10), content.subarray(10)], { objectMode: false })),
    () => {},
    signal,
  );

/** Writes and seals an image with two small disks. @returns bytes on disk */
export const sealImage = async (store: ImageStore, folder: string, name: string): Promise<number> => {
  const writer = await store.begin(folder, name);
  const written = [
    await writeDisk(writer, 'disk-0.vmdk', diskBytes(300)),
    await writeDisk(writer, 'disk-1.vmdk', diskBytes(200, 7)),
  ];
  await writer.describe(aNewRecord(), descriptor, written);
  return store.seal(folder, name, never());
};

/** Changes one byte of a file where it lies. */
export const flipByte = (path: string, at: number): void => {
  const bytes = readFileSync(path);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(path, bytes);
};

export interface SealedImage {
  readonly store: ImageStore;
  readonly folder: string;
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
}

/** A new folder with one sealed image in it. */
export const aSealedImage = async (): Promise<SealedImage> => {
  const folder = temporaryDirectory();
  const store = anImageStore();
  const name = 'web-01-T-12';
  const bytes = await sealImage(store, folder, name);
  return { store, folder, name, path: join(folder, name), bytes };
};

export const sha256Of = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
