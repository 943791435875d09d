import type { EntityId } from '../../../../shared/domain/ids.ts';
import type { VirtualMachine } from '../../../../shared/domain/virtual-machine.ts';
import type { ExportFile, ExportLease } from '../../transfer.ts';
import type { LabServer } from '../lab-server.ts';
import { refusal } from '../placement/refusal.ts';
import { type ColdParts, dropLease, holdLease } from './cold-parts.ts';
import { describeVm, hasFirmwareFile } from './described-vm.ts';
import { writeDescriptor } from './descriptor.ts';
import { chunksOf, digestOf, lengthOf, storedShareOf } from './disk-content.ts';
import { firmwareKey } from './hidden-facts.ts';
import { judgeExport } from './judge-export.ts';
import type { LabLease } from './leases.ts';
import { knownVm, refusedFor, stoppedVm } from './stopped-vm.ts';
import { carry, checkLease } from './transfer-line.ts';

const filesOf = ({ world, hidden }: LabServer, vm: VirtualMachine): readonly ExportFile[] => {
  const disks = (vm.disks ?? []).map(
    ({ key, label, capacityBytes }): ExportFile => ({
      key,
      kind: 'disk',
      label,
      extension: world.platform === 'vmware' ? 'vmdk' : 'vhdx',
      capacityBytes,
      expectedBytes: lengthOf(hidden.content(vm, key)),
    }),
  );
  const firmware: ExportFile = {
    key: firmwareKey,
    kind: 'firmware',
    label: 'Firmware settings',
    extension: 'nvram',
    capacityBytes: null,
    expectedBytes: lengthOf(hidden.content(vm, firmwareKey)),
  };
  return hasFirmwareFile(world, vm) ? [...disks, firmware] : disks;
};

const operation = 'openExport';

/** @throws AppError `vm-gone`, `platform-fault` */
const take = (server: LabServer, id: EntityId): { readonly lease: LabLease; readonly vm: VirtualMachine } => {
  const { world } = server;
  const vm = stoppedVm(world, id, operation);
  const against = judgeExport(world, vm).filter(({ severity }) => severity === 'error');
  if (against.length > 0) throw refusal(operation, against);
  return { lease: server.leases.open('export', id), vm };
};

/** Holds a stopped VM and hands out its files, for as long as this session lives. */
export const openExportLease = async (parts: ColdParts, id: EntityId, signal: AbortSignal): Promise<ExportLease> => {
  const { server, gate, carryOut, address } = parts;
  const { world, hidden, leases } = server;
  const { lease, vm } = await holdLease(parts, operation, signal, () => take(server, id));
  const files = filesOf(server, vm);
  const sent = new Set<string>();
  const check = (during: AbortSignal): void => checkLease(gate, lease, vm.name, during);

  return {
    files,
    checksum: 'sha1',
    read: async (file, sink, during) => {
      const line = await gate.call('read', during, () => {
        check(during);
        const now = knownVm(world, id);
        const content = hidden.content(now, file.key);
        const disk = now.disks?.find(({ key }) => key === file.key);
        sent.add(file.key);
        return {
          server,
          gate,
          address,
          way: 'export',
          lease,
          vmName: vm.name,
          content,
          bytes: lengthOf(content),
          realBytes: disk === undefined ? null : storedShareOf(now, disk),
        } as const;
      });
      for await (const chunk of carry(line, chunksOf(line.content), during)) await sink.take(chunk);
    },
    // A lab site has no task list that people look at.
    report: () => undefined,
    counts: (during) =>
      gate.call('counts', during, () => {
        check(during);
        return [...sent].map((key) => {
          const content = hidden.content(vm, key);
          hidden.recognise(content);
          const { bytes, sha1 } = digestOf(content);
          return { key, bytes, sha1 };
        });
      }),
    describe: (written, during) =>
      gate.call('describe', during, () => {
        check(during);
        const now = knownVm(world, id);
        const nameOf = (key: string): string => {
          const file = written.find((each) => each.key === key);
          if (file === undefined) throw refusedFor(world, now, 'describe', 'files-missing', key);
          return file.name;
        };
        return writeDescriptor(world.platform, describeVm(world, now, hidden.originOf(now), nameOf), written);
      }),
    complete: async (during) => {
      check(during);
      await carryOut('completeExport', during, () => leases.complete(lease));
      parts.held.delete(lease);
    },
    abort: async () => dropLease(parts, lease),
  };
};
