import type { VirtualMachine } from '../../../../shared/domain/virtual-machine.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { ImportLease, ImportRequest } from '../../transfer.ts';
import type { LabServer } from '../lab-server.ts';
import { refusal } from '../placement/refusal.ts';
import { withBytes } from '../world-acts.ts';
import { type ColdParts, dropLease, holdLease } from './cold-parts.ts';
import type { DescribedVm } from './described-vm.ts';
import { type DiskContent, digestOf, storedShareOf } from './disk-content.ts';
import { firmwareKey } from './hidden-facts.ts';
import { judgeImport } from './judge-import.ts';
import type { LabLease } from './leases.ts';
import { knownVm, refusedFor } from './stopped-vm.ts';
import { carry, checkLease } from './transfer-line.ts';

const operation = 'openImport';

/** A VM that was just made, and what each of its files is for. */
interface MadeVm {
  readonly lease: LabLease;
  readonly vm: VirtualMachine;
  /** File name -> device key of the disk, or that of the firmware. */
  readonly keys: ReadonlyMap<string, string>;
}

const keysOf = ({ disks, firmwareFile }: DescribedVm, vm: VirtualMachine): ReadonlyMap<string, string> =>
  new Map([
    ...disks.map(({ file }, number) => [file, vm.disks?.[number]?.key ?? ''] as const),
    ...(firmwareFile === null ? [] : [[firmwareFile, firmwareKey] as const]),
  ]);

/** @throws AppError `destination-gone`, `platform-fault` */
const make = ({ world, hidden, leases, nextNumber }: LabServer, request: ImportRequest): MadeVm => {
  const { objections, made } = judgeImport(world, request, nextNumber());
  if (made === null) throw refusal(operation, objections);
  const { vm, described } = made;
  const room = withBytes(world, vm.datastores ?? [], -(vm.storedBytes ?? 0));
  world.change({ upserts: [vm, ...room], removals: [] });
  hidden.forget(vm);
  hidden.setOrigin(vm, described.origin);
  return { lease: leases.open('import', vm.id), vm, keys: keysOf(described, vm) };
};

/** Makes a stopped VM and takes its files, for as long as this session lives. */
export const openImportLease = async (
  parts: ColdParts,
  request: ImportRequest,
  signal: AbortSignal,
): Promise<ImportLease> => {
  const { server, gate, carryOut, address } = parts;
  const { world, hidden, leases } = server;
  const { lease, vm, keys } = await holdLease(parts, operation, signal, () => make(server, request));
  const received = new Map<string, DiskContent>();
  const check = (during: AbortSignal): void => checkLease(gate, lease, vm.name, during);

  return {
    vm: vm.id,
    wanted: [...keys.keys()],
    checksum: 'sha1',
    write: async (file, source, during) => {
      const pieces = source[Symbol.asyncIterator]();
      let interrupt: (error: AppError) => void = () => undefined;
      const stopInterruption = gate.onInterruption(during, false, (error) => interrupt(error));
      let arrived = 0;
      const chunks: Buffer[] = [];
      const counted = async function* (): AsyncGenerator<Buffer> {
        for (;;) {
          const next = await new Promise<IteratorResult<Uint8Array>>((resolve, reject) => {
            interrupt = reject;
            pieces.next().then(resolve, reject);
          });
          if (next.done) return;
          arrived += next.value.length;
          yield Buffer.from(next.value);
        }
      };
      try {
        await gate.call('write', during, () => check(during));
        received.delete(file.name);
        const disk = vm.disks?.find(({ key }) => key === keys.get(file.name));
        const line = {
          server,
          gate,
          address,
          way: 'import',
          lease,
          vmName: vm.name,
          bytes: file.bytes,
          realBytes: disk === undefined ? null : storedShareOf(vm, disk),
        } as const;
        for await (const chunk of carry(line, counted(), during)) chunks.push(chunk);
      } finally {
        stopInterruption();
        // Not waited for: the source may hang.
        Promise.resolve(pieces.return?.()).catch(() => undefined);
      }
      if (arrived !== file.bytes) {
        const message = `${file.bytes} bytes were announced for ${file.name}, and ${arrived} came.`;
        throw new AppError('platform-fault', { fault: 'FileFault', message, operation: 'write' });
      }
      received.set(file.name, { kind: 'uploaded', data: Buffer.concat(chunks) });
    },
    // A lab site has no task list that people look at.
    report: () => undefined,
    counts: (during) =>
      gate.call('counts', during, () => {
        check(during);
        return [...received].map(([name, content]) => {
          const { bytes, sha1 } = digestOf(content);
          return { key: name, bytes, sha1 };
        });
      }),
    complete: async (during) => {
      check(during);
      await carryOut('completeImport', during, () => {
        const now = knownVm(world, vm.id);
        const missing = [...keys.keys()].find((name) => !received.has(name));
        if (missing !== undefined) throw refusedFor(world, now, 'completeImport', 'files-missing', missing);
        for (const [name, content] of received) hidden.putContent(now, keys.get(name) ?? name, content);
        leases.complete(lease);
      });
      parts.held.delete(lease);
    },
    abort: async () => dropLease(parts, lease),
  };
};
