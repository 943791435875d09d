import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { HypervisorSession } from '../../../../electron/hypervisors/port.ts';
import type {
  ExportFile,
  ExportLease,
  ImportLease,
  ImportRequest,
  WrittenFile,
} from '../../../../electron/hypervisors/transfer.ts';
import type { EntityId } from '../../../../shared/domain/ids.ts';
import { collected } from '../../../support/byte-streams.ts';
import { unaborted } from './vcsim-site.ts';

/** A VM's files as they were read, small enough to be held in memory, with the descriptor that goes with them. */
export interface ReadImage {
  readonly descriptor: string;
  readonly files: readonly { readonly file: ExportFile; readonly written: WrittenFile; readonly bytes: Buffer }[];
}

export const readFile = (lease: ExportLease, file: ExportFile, signal = unaborted()): Promise<Buffer> =>
  collected((sink) => lease.read(file, sink, signal));

const written = (file: ExportFile, index: number, bytes: Buffer): WrittenFile => ({
  key: file.key,
  name: `${file.kind}-${index + 1}.${file.extension}`,
  bytes: bytes.length,
  capacityBytes: file.capacityBytes,
  sha1: createHash('sha1').update(bytes).digest('hex'),
  sha256: createHash('sha256').update(bytes).digest('hex'),
});

/** Reads all files of a lease and has them described. The lease is still held. */
export const readAll = async (lease: ExportLease): Promise<ReadImage> => {
  const files = [];
  for (const [index, file] of lease.files.entries()) {
    const bytes = await readFile(lease, file);
    files.push({ file, written: written(file, index, bytes), bytes });
  }
  const { text } = await lease.describe(
    files.map((each) => each.written),
    unaborted(),
  );
  return { descriptor: text, files };
};

export const exportVm = async (session: HypervisorSession, vm: EntityId): Promise<ReadImage> => {
  const lease = await session.openExport(vm, unaborted());
  const image = await readAll(lease);
  await lease.complete(unaborted());
  return image;
};

export type ImportGoal = Omit<ImportRequest, 'descriptor' | 'files'>;

export const requestFor = ({ descriptor, files }: ReadImage, goal: ImportGoal): ImportRequest => ({
  ...goal,
  descriptor,
  files: files.map(({ file, written: { name, bytes } }) => ({ name, kind: file.kind, bytes })),
});

/** Sends what the server wants of an image. The lease is still held. */
export const sendAll = async (lease: ImportLease, request: ImportRequest, { files }: ReadImage): Promise<void> => {
  for (const file of request.files.filter(({ name }) => lease.wanted.includes(name))) {
    const bytes = files.find(({ written: { name } }) => name === file.name)?.bytes ?? Buffer.alloc(0);
    await lease.write(file, Readable.from([bytes], { objectMode: false }), unaborted());
  }
};

export const importVm = async (session: HypervisorSession, image: ReadImage, goal: ImportGoal): Promise<EntityId> => {
  const request = requestFor(image, goal);
  const lease = await session.openImport(request, unaborted());
  await sendAll(lease, request, image);
  await lease.complete(unaborted());
  return lease.vm;
};
