import type { ImageFile, ImageRecord, RestoreTarget } from '../../../shared/domain/evacuation.ts';
import type { EntityId } from '../../../shared/domain/ids.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { hostsByCluster, networkAtTarget, targetOf } from '../../../shared/rules/target.ts';
import type { ImageReader } from '../../evacuation/ports.ts';
import type { ImportFile, ImportLease, ImportRequest, VmIdentityToRestore } from '../../hypervisors/transfer.ts';
import { backOffMs } from '../../sites/back-off.ts';
import { attempt } from '../attempt.ts';
import { append, type ColdRun, viewOf, vmNameOf } from './cold-run.ts';
import { openImage } from './open-image.ts';
import { removeRestored } from './restored-vm.ts';
import { isAnswerLost, settle } from './settle.ts';
import { mustBeNoNewer, restingSource } from './source.ts';
import { compareCounts, progressMeter, someAtATime, withRetries } from './transfer-files.ts';

/** Where the VM goes: what a person chose last, else what the task was made for. */
export const restoreTargetOf = (run: ColdRun, record: ImageRecord): RestoreTarget => {
  const { choice } = viewOf(run).cold;
  if (choice?.action === 'restore-elsewhere' && choice.to !== undefined) return choice.to;
  const { destination, host, datastore, networkMap } = run.task.header.move;
  if (choice?.action !== 'restore-to-origin') return { destination, host, datastore, networkMap };
  const { placement } = record.origin;
  const [first = null] = placement.datastores;
  return { destination: record.origin.destination, host: placement.host, datastore: first, networkMap: {} };
};

/**
 * Step "restore": makes the VM at its destination out of the image. A half-made one of an earlier try is taken away
 * first; a complete one, made just before the console died, is taken as it is.
 */
export const restoreStep = async (run: ColdRun): Promise<void> => {
  const earlier = viewOf(run).cold.restore;
  if (earlier?.imported === true) {
    await giveIdentity(run, await openImage(run));
    return;
  }
  if (earlier !== null) await removeRestored(run);
  const image = await openImage(run);
  mustBeNoNewer(run, image.record.vm, await restingSource(run));
  const request = importRequest(run, image, restoreTargetOf(run, image.record));
  await refuseWhatThePlatformRefuses(run, request);
  append(run, {
    kind: 'restoring',
    instanceUuid: request.instanceUuid,
    vmName: request.vmName,
    destinationName: request.destination.name,
  });
  const lease = await run.session.openImport(request, run.interruption);
  try {
    append(run, { kind: 'restored-vm', vm: lease.vm });
    await copyIn(run, lease, image);
    await complete(run, lease, request.instanceUuid);
  } catch (error) {
    await lease.abort();
    throw error;
  }
  append(run, { kind: 'import-completed' });
  await giveIdentity(run, image);
};

/** What would fail at the end of hours of copying fails now. @throws `platform-fault` */
const refuseWhatThePlatformRefuses = async (run: ColdRun, request: ImportRequest): Promise<void> => {
  const objections = await run.session.checkImport(request, run.interruption);
  const refusal = objections.find(({ severity }) => severity === 'error');
  if (refusal === undefined) return;
  const { fault, message } = refusal;
  throw new AppError('platform-fault', { fault, message, operation: 'import' });
};

const importRequest = (run: ColdRun, image: ImageReader, target: RestoreTarget): ImportRequest => {
  const { record, descriptor } = image;
  return {
    vmName: record.vm.name,
    instanceUuid: run.tools.cold.newUuid(),
    descriptor,
    files: record.files.map(asImportFile),
    destination: target.destination,
    host: target.host,
    datastore: target.datastore,
    parent: record.vm.parent,
    networks: networksFor(run, record, target),
  };
};

const asImportFile = ({ name, kind, bytes }: ImageFile): ImportFile => ({ name, kind, bytes });

/** Network of each adapter at the destination; null where there is none. */
const adapterNetworks = (
  run: ColdRun,
  record: ImageRecord,
  target: RestoreTarget,
): readonly { readonly key: string; readonly network: EntityId | null }[] => {
  const inventory = run.tools.cold.inventory();
  const place = targetOf(target.destination, target, inventory, hostsByCluster(inventory));
  return (record.vm.adapters ?? []).map((adapter) => ({
    key: adapter.key,
    network: networkAtTarget(adapter, target.networkMap, place)?.id ?? null,
  }));
};

const networksFor = (run: ColdRun, record: ImageRecord, target: RestoreTarget): ImportRequest['networks'] => {
  const byAdapter = new Map(adapterNetworks(run, record, target).map(({ key, network }) => [key, network]));
  const networks = new Map<string, EntityId>();
  for (const { adapter, name } of record.origin.networks) {
    const network = byAdapter.get(adapter);
    // Adapters of one network that are to be parted are parted afterwards, each by itself.
    if (network !== null && network !== undefined && !networks.has(name)) networks.set(name, network);
  }
  return [...networks].map(([name, network]) => ({ name, network }));
};

const copyIn = async (run: ColdRun, lease: ImportLease, image: ImageReader): Promise<void> => {
  const files = image.record.files.filter(({ name }) => lease.wanted.includes(name));
  const meter = progressMeter(
    run,
    'restore',
    files.map(({ name, label = name, bytes }) => ({ label, expectedBytes: bytes })),
    (percent) => lease.report(percent),
  );
  const own = new Map<string, ImageFile & { readonly sha1: string | null }>();
  const broken = new AbortController();
  const signal = AbortSignal.any([run.interruption, broken.signal]);
  await someAtATime(files, run.tools.cold.filesAtATime(), async (file, index) => {
    try {
      await withRetries(run, async () => {
        const { bytes, sha1 } = image.read(file, lease.checksum, (read) => meter.at(index, read));
        await lease.write(asImportFile(file), bytes, signal);
        own.set(file.name, { ...file, sha1: sha1() });
      });
    } catch (error) {
      broken.abort();
      throw error;
    }
  });
  compareCounts(vmNameOf(run), own, await lease.counts(signal));
};

const completeTries = 5;

/**
 * Tells the platform that all is there. When the answer is lost, the VM tells: one that its lease no longer holds is
 * complete, and one that is still held is waiting to be told again.
 * @throws `lease-lost` when the VM is gone, `outcome-unknown`, and what the platform answers
 */
const complete = async (run: ColdRun, lease: ImportLease, instanceUuid: string): Promise<void> => {
  const { stopping, clock } = run.tools;
  for (let tried = 1; tried <= completeTries; tried += 1) {
    const asked = await attempt(() => lease.complete(stopping));
    if (asked.ok) return;
    if (tried === 1 && !isAnswerLost(asked.error)) throw asked.error;
    await clock.delay(backOffMs(tried), stopping);
    const seen = await attempt(() => run.session.findVm({ id: lease.vm, instanceUuid }, stopping));
    if (!seen.ok) continue;
    if (seen.value === null) throw new AppError('lease-lost', { vmName: vmNameOf(run), reason: 'the VM is gone' });
    if (seen.value.busyWith === null) return;
  }
  throw new AppError('outcome-unknown', { vmName: vmNameOf(run), reason: 'no-answer' });
};

/** Addresses, networks and BIOS UUID, as far as the descriptor did not carry them. */
const giveIdentity = async (run: ColdRun, { record }: ImageReader): Promise<void> => {
  const { restore } = viewOf(run).cold;
  if (restore === null || restore.vm === null) throw new Error('a VM gets its identity that was never made');
  const { vm, instanceUuid } = restore;
  const networks = new Map(
    adapterNetworks(run, record, restoreTargetOf(run, record)).map(({ key, network }) => [key, network]),
  );
  const identity: VmIdentityToRestore = {
    ...(record.vm.biosUuid === undefined ? {} : { biosUuid: record.vm.biosUuid }),
    adapters: (record.vm.adapters ?? []).map(({ key, label, macAddress }) => ({
      label,
      ...(macAddress === undefined ? {} : { macAddress }),
      network: networks.get(key) ?? null,
    })),
  };
  let askedFor = false;
  await settle(
    run,
    async (signal) => {
      await run.session.restoreIdentity(vm, identity, signal);
      askedFor = true;
    },
    // Which address a platform gave in the end is compared in the next step, and told.
    async (signal) => (askedFor && (await run.session.findVm({ id: vm, instanceUuid }, signal)) !== null ? true : null),
  );
};
