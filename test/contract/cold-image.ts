import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { HypervisorSession } from '../../electron/hypervisors/port.ts';
import type {
  Descriptor,
  ExportFile,
  ExportLease,
  ImportLease,
  ImportRequest,
  PlatformCount,
  WrittenFile,
} from '../../electron/hypervisors/transfer.ts';
import type { EntityId } from '../../shared/domain/ids.ts';
import type { Destination } from '../../shared/domain/migration.ts';
import type { VirtualMachine } from '../../shared/domain/virtual-machine.ts';
import { collected } from '../support/byte-streams.ts';
import { type ContractBench, unaborted } from './contract-bench.ts';

/** One exported file in memory. */
export interface HeldFile extends WrittenFile {
  readonly kind: ExportFile['kind'];
  readonly data: Buffer;
}

/** An exported VM in memory. */
export interface HeldImage {
  readonly vm: VirtualMachine;
  readonly files: readonly HeldFile[];
  readonly descriptor: Descriptor;
  /** What the platform counted while the lease was alive. */
  readonly counts: readonly PlatformCount[];
}

const hash = (name: 'sha1' | 'sha256', data: Buffer): string => createHash(name).update(data).digest('hex');

/**
 * Takes whole VMs out of a platform and puts them in again, keeping them in memory meanwhile.
 * @param pass awaits while the platform's time passes
 * @param usualDestination of imports that are told no other
 */
export const coldActs = (pass: ContractBench['pass'], usualDestination: () => Destination) => {
  const collect = (lease: ExportLease, file: ExportFile): Promise<Buffer> =>
    collected((sink) => lease.read(file, sink, unaborted()));

  const findVm = async (session: HypervisorSession, id: EntityId): Promise<VirtualMachine> => {
    const vm = await pass(session.findVm({ id }, unaborted()));
    if (vm === null) throw new Error('no such VM');
    return vm;
  };

  const readFiles = async (lease: ExportLease): Promise<readonly HeldFile[]> => {
    const files: HeldFile[] = [];
    for (const [number, file] of lease.files.entries()) {
      const data = await pass(collect(lease, file));
      files.push({
        key: file.key,
        kind: file.kind,
        name: `${file.kind}-${number + 1}.${file.extension}`,
        bytes: data.length,
        capacityBytes: file.capacityBytes,
        sha1: hash('sha1', data),
        sha256: hash('sha256', data),
        data,
      });
    }
    return files;
  };

  const exportVm = async (session: HypervisorSession, id: EntityId): Promise<HeldImage> => {
    const vm = await findVm(session, id);
    const lease = await pass(session.openExport(id, unaborted()));
    const files = await readFiles(lease);
    const counts = await pass(lease.counts(unaborted()));
    const descriptor = await pass(lease.describe(files, unaborted()));
    await pass(lease.complete(unaborted()));
    return { vm, files, descriptor, counts };
  };

  const request = (
    { vm, files, descriptor }: HeldImage,
    destination: Destination = usualDestination(),
    facts: Partial<ImportRequest> = {},
  ): ImportRequest => ({
    vmName: `${vm.name}-restored`,
    instanceUuid: '5a1c3f0e-7d2b-4c55-9b1e-0123456789ab',
    descriptor: descriptor.text,
    files: files.map(({ name, kind, bytes }) => ({ name, kind, bytes })),
    destination,
    host: null,
    datastore: null,
    parent: vm.parent,
    networks: (vm.adapters ?? []).flatMap(({ network, networkName }) =>
      network && networkName ? [{ name: networkName, network }] : [],
    ),
    ...facts,
  });

  const send = async (lease: ImportLease, files: readonly HeldFile[]): Promise<void> => {
    for (const { name, kind, bytes, data } of files) {
      if (lease.wanted.includes(name)) {
        await pass(lease.write({ name, kind, bytes }, Readable.from([data]), unaborted()));
      }
    }
  };

  const importVm = async (
    session: HypervisorSession,
    image: HeldImage,
    destination: Destination = usualDestination(),
    facts: Partial<ImportRequest> = {},
  ): Promise<VirtualMachine> => {
    const lease = await pass(session.openImport(request(image, destination, facts), unaborted()));
    await send(lease, image.files);
    await pass(lease.complete(unaborted()));
    return findVm(session, lease.vm);
  };

  return { collect, findVm, readFiles, exportVm, request, send, importVm };
};

/** What a VM is made of, as far as a descriptor carries it. */
export const hardwareOf = (vm: VirtualMachine): unknown => ({
  cpuCount: vm.cpuCount,
  memoryBytes: vm.memoryBytes,
  firmware: vm.firmware,
  guestOs: vm.guestOs,
  disks: (vm.disks ?? []).map(({ label, capacityBytes, backing }) => ({ label, capacityBytes, backing })),
  adapters: (vm.adapters ?? []).map(({ label, networkName }) => ({ label, networkName })),
});

/** Content alone, whatever the keys of the devices are. */
export const contentOf = ({ files }: HeldImage): readonly string[] => files.map(({ sha256 }) => sha256);
