import type { ImageRecord } from '../../../shared/domain/evacuation.ts';
import { type EntityId, siteOf, taskLabel } from '../../../shared/domain/ids.ts';
import type { Entity } from '../../../shared/domain/inventory.ts';
import type { Destination } from '../../../shared/domain/migration.ts';
import type { VirtualMachine } from '../../../shared/domain/virtual-machine.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { destinationOf } from '../../../shared/planning/destination.ts';
import type { ImageWriter, WrittenImageFile } from '../../evacuation/ports.ts';
import type { ExportFile, ExportLease } from '../../hypervisors/transfer.ts';
import { attempt } from '../attempt.ts';
import { placeName } from '../place-name.ts';
import { append, type ColdRun, viewOf, vmNameOf } from './cold-run.ts';
import { parkedNameOf } from './image-names.ts';
import { whenLetGo } from './settle.ts';
import { findSource, mustBeUnchanged, stoppedSource } from './source.ts';
import { compareCounts, progressMeter, someAtATime, withRetries } from './transfer-files.ts';
import { watchRoom } from './watch-room.ts';
import { needsNoExport } from './whole-copy.ts';

/** Name of the checkpoint that a platform makes before an export (S3). */
export const checkpointNameOf = ({ task }: ColdRun): string => `Evacuation ${taskLabel(task.header.id)}`;

/** Step "checkpoint": what the platform needs before an export. Done again it changes nothing. */
export const checkpointStep = async (run: ColdRun): Promise<void> => {
  const vm = await stoppedSource(run);
  await run.session.prepareExport(vm.id, checkpointNameOf(run), run.interruption);
};

/**
 * Step "export": every file of the VM and its descriptor into `<image>.partial`. What an earlier try left there is
 * written over, unless it is all of the VM and still stands for it. The source is only read, and the platform lets go
 * of it only when its copy is on disk and described.
 */
export const exportStep = async (run: ColdRun): Promise<void> => {
  if (await needsNoExport(run)) return;
  const vm = await stoppedSource(run);
  const isFirstTry = viewOf(run).cold.image === null;
  const image = beginImage(run);
  const { images } = run.tools.cold;
  // Sealed, and then found to differ from its manifest.
  if ((await images.state(image.folder, image.name)) === 'sealed') await images.remove(image.folder, image.name);
  const writer = await images.begin(image.folder, image.name);
  const open = (signal: AbortSignal): Promise<ExportLease> => run.session.openExport(vm.id, signal);
  // A console that died in the middle of an export leaves a lease that holds the VM for some minutes more.
  const lease = await (isFirstTry ? open(run.interruption) : whenLetGo(run, open, run.interruption));
  let failure: { readonly error: unknown } | null = null;
  try {
    const files = await copyOut(run, lease, writer.write);
    compareCounts(vmNameOf(run), byKey(files), await lease.counts(run.interruption));
    const descriptor = await lease.describe(
      files.map(({ deviceKey, ...file }) => ({ ...file, key: deviceKey })),
      run.interruption,
    );
    await writer.describe(recordOf(run, vm, image.id), descriptor, files);
    run.copied = true;
    await lease.complete(run.interruption);
  } catch (error) {
    await lease.abort();
    if (!run.copied || run.interruption.aborted) throw error;
    failure = { error };
  }
  const source = await attempt(() => findSource(run));
  // It is gone, or nobody can tell: then the copy may be all there is of the VM, and is sealed before anything else.
  if (!source.ok || source.value === null) return;
  if (failure !== null) throw failure.error;
  mustBeUnchanged(run, vm, source.value);
};

/** The directory is written down before it is made, so that nothing of it is ever forgotten. */
const beginImage = (run: ColdRun): { readonly folder: string; readonly name: string; readonly id: string } => {
  const { header } = run.task;
  const { image } = viewOf(run).cold;
  if (image !== null && image.state === 'writing') return image;
  const { images, newUuid } = run.tools.cold;
  const id = newUuid();
  // Consoles that share a folder count their tasks alike.
  const label = `${taskLabel(header.id)} ${id.slice(0, 8)}`;
  const begun = { folder: run.plan.folder, name: images.nameFor(header.move.vmName, label), id };
  append(run, { kind: 'image-begun', ...begun });
  return begun;
};

type Write = ImageWriter['write'];

const copyOut = async (run: ColdRun, lease: ExportLease, write: Write): Promise<readonly WrittenImageFile[]> => {
  const { folders, filesAtATime } = run.tools.cold;
  const { id } = run.task.header;
  const meter = progressMeter(run, 'export', lease.files, (percent) => lease.report(percent));
  const room = watchRoom(run);
  // One broken file ends them all: the others are stopped instead of copied for nothing.
  const broken = new AbortController();
  const signal = AbortSignal.any([run.interruption, broken.signal, room.signal]);
  try {
    return await someAtATime(lease.files, filesAtATime(), async (file, index) => {
      try {
        return await withRetries(run, async () =>
          write(
            {
              name: fileNameOf(file, index),
              kind: file.kind,
              label: file.label,
              deviceKey: file.key,
              capacityBytes: file.capacityBytes,
            },
            lease.checksum,
            (sink, stop) => lease.read(file, sink, stop),
            (bytes) => {
              meter.at(index, bytes);
              folders.wrote(id, meter.doneBytes());
              room.look(meter.doneBytes());
            },
            signal,
          ),
        );
      } catch (error) {
        broken.abort();
        throw room.problem() ?? error;
      }
    });
  } finally {
    await room.stop();
  }
};

/** Never a name that a server gave. */
const fileNameOf = ({ kind, extension }: ExportFile, index: number): string => `${kind}-${index + 1}.${extension}`;

const byKey = (files: readonly WrittenImageFile[]): ReadonlyMap<string, WrittenImageFile> =>
  new Map(files.map((file) => [file.deviceKey, file]));

type NewRecord = Parameters<ImageWriter['describe']>[0];

const recordOf = (run: ColdRun, vm: VirtualMachine, id: string): NewRecord => {
  const { header } = run.task;
  const { known, cold, clock } = run.tools;
  const site = siteOf(header.move.vm);
  const platform = cold.platformOf(site);
  if (platform === undefined) throw new AppError('site-unknown', { site });
  const placement = { host: vm.host, pool: vm.pool, datastores: vm.datastores ?? [] };
  const named = withNetworkNames(vm, known);
  return {
    id,
    task: header.id,
    site,
    siteName: cold.siteName(site),
    platform,
    vm: named,
    origin: {
      placement,
      placeName: placeName(placement, known),
      destination: originOf(run, vm),
      hostName: vm.host === null ? '' : (known(vm.host)?.name ?? ''),
      networks: networksOf(named),
    },
    parkedName: parkedNameOf(header.move.vmName, header.id),
    createdAt: clock.now(),
  };
};

/** Where the platform names a network by its id alone: an image may be restored where that id means nothing. */
const withNetworkNames = (vm: VirtualMachine, known: (id: EntityId) => Entity | undefined): VirtualMachine =>
  vm.adapters === undefined
    ? vm
    : {
        ...vm,
        adapters: vm.adapters.map((adapter) => {
          const name = adapter.networkName ?? (adapter.network ? known(adapter.network)?.name : undefined);
          return name === undefined ? adapter : { ...adapter, networkName: name };
        }),
      };

const networksOf = (vm: VirtualMachine): ImageRecord['origin']['networks'] =>
  (vm.adapters ?? []).flatMap(({ key, networkName }) =>
    networkName === undefined ? [] : [{ adapter: key, name: networkName }],
  );

/** The pool the VM is in, as people see it: the hidden pool at the top stands for its cluster or host. */
const originOf = (run: ColdRun, vm: VirtualMachine): Destination => {
  const { known } = run.tools;
  const pool = vm.pool === null ? undefined : known(vm.pool);
  const place = pool?.kind === 'resource-pool' && pool.isRoot ? known(pool.owner) : pool;
  const host = vm.host === null ? undefined : known(vm.host);
  const found = place ?? host;
  const destination = found === undefined ? null : destinationOf(found);
  if (destination === null) throw new AppError('not-found', { what: 'destination', name: run.task.header.originName });
  return destination;
};
