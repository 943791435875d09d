import type { FollowUp, ImageRecord } from '../../../shared/domain/evacuation.ts';
import { siteOf } from '../../../shared/domain/ids.ts';
import type { VirtualMachine } from '../../../shared/domain/virtual-machine.ts';
import { AppError, hasCode } from '../../../shared/errors/app-error.ts';
import { attempt } from '../attempt.ts';
import { placeName } from '../place-name.ts';
import { append, type ColdRun, leaveToPeople, viewOf, vmNameOf } from './cold-run.ts';
import { hardwareDifferences } from './compare-hardware.ts';
import { checkpointNameOf } from './export-step.ts';
import { imageOf, openImage } from './open-image.ts';
import { findRestored, mustFindRestored } from './restored-vm.ts';
import { settle } from './settle.ts';
import { disksUsedSince, findSource, mustBeNoNewer, restingSource } from './source.ts';

/** Step "verify": the restored VM has everything the evacuated one had. @throws `restored-differs` */
export const verifyStep = async (run: ColdRun): Promise<void> => {
  const { record } = await openImage(run);
  const restored = await mustFindRestored(run);
  const differences = hardwareDifferences(record.vm, restored);
  if (differences.length > 0) throw new AppError('restored-differs', { vmName: vmNameOf(run), differences });
  leaveToPeople(run, ...otherAddresses(record.vm, restored));
};

/** An address that a platform would not give back does not stop anybody, but the guest may notice. */
const otherAddresses = (evacuated: VirtualMachine, restored: VirtualMachine): readonly FollowUp[] =>
  (evacuated.adapters ?? []).flatMap(({ label, macAddress }, index) => {
    const found = restored.adapters?.[index]?.macAddress;
    if (macAddress === undefined || found === undefined) return [];
    const same = macAddress.toLowerCase() === found.toLowerCase();
    return same ? [] : [{ kind: 'check-address' as const, adapter: label, wanted: macAddress, found }];
  });

/**
 * Step "power-on". Never while the source runs: the two would be one VM twice; nor when the source was used since it was
 * copied: then it is what people worked with last. @throws `source-running`, `source-used`
 */
export const powerOnStep = async (run: ColdRun): Promise<void> => {
  const source = await restingSource(run);
  const restored = await mustFindRestored(run);
  if (restored.powerState === 'on') return;
  const record = await recordLeft(run);
  if (record !== null && source?.id !== restored.id) mustBeNoNewer(run, record.vm, source);
  await settle(
    run,
    (signal) => run.session.powerOnVm(restored.id, signal),
    async (signal) => ((await findRestored(run, signal))?.powerState === 'on' ? true : null),
  );
  // Somebody may have powered it on in the same moment.
  await restingSource(run);
};

/**
 * Step "finish": what is no longer needed goes, and what is left to people is written down. Nothing of it can cost a
 * VM: the source is deleted only while the restored VM is there, verified, and (where it is to run) running.
 */
export const finishStep = async (run: ColdRun): Promise<void> => {
  const restored = await mustFindRestored(run);
  if (powersOn(run) && restored.powerState !== 'on') {
    throw new AppError('vm-changed', { vmName: vmNameOf(run), what: 'power-state', now: restored.powerState });
  }
  const record = await recordLeft(run);
  await deleteSource(run, record, restored);
  if (record !== null) leaveToPeople(run, ...leftToDo(run, record));
  const placement = { host: restored.host, pool: restored.pool, datastores: restored.datastores ?? [] };
  append(run, { kind: 'placement', placement, placeName: placeName(placement, run.tools.known) });
  run.tools.cold.carryAnnotations(run.task.header.move.vm, restored.id);
  if (run.plan.imagePolicy === 'delete-when-restored') await removeImage(run);
};

/**
 * Null when the image is gone already, or half gone: the last step removes it, and the console may have died while it did.
 * One that was damaged after the VM was restored from it is no reason to stop either.
 */
const recordLeft = async (run: ColdRun): Promise<ImageRecord | null> => {
  const opened = await attempt(() => openImage(run));
  if (opened.ok) return opened.value.record;
  if (hasCode(opened.error, 'image-not-found') || hasCode(opened.error, 'image-damaged')) return null;
  throw opened.error;
};

/** Whether the restored VM is powered on: not when it goes back to where it was, because there it was off. */
export const powersOn = (run: ColdRun): boolean =>
  run.plan.powerOn && viewOf(run).cold.choice?.action !== 'restore-to-origin';

const deleteSource = async (run: ColdRun, record: ImageRecord | null, restored: VirtualMachine): Promise<void> => {
  const source = await restingSource(run);
  const { parkedName } = viewOf(run).cold;
  if (source === null || source.id === restored.id) {
    if (parkedName !== null) append(run, { kind: 'source-deleted' });
    return;
  }
  if (record !== null && disksUsedSince(record.vm, source).length > 0) {
    leaveToPeople(run, { kind: 'compare-used-source', vmName: source.name });
    return;
  }
  // Somebody gave it another name meanwhile: it may have become something else to them.
  if (source.name !== (parkedName ?? record?.parkedName)) {
    leaveToPeople(run, { kind: 'delete-parked-source', vmName: source.name });
    return;
  }
  await settle(
    run,
    (signal) => run.session.destroyVm(source.id, signal),
    async (signal) => ((await findSource(run, signal)) === null ? true : null),
  );
  append(run, { kind: 'source-deleted' });
};

/** Removes the image; what cannot be removed is left to people. */
export const removeImage = async (run: ColdRun): Promise<void> => {
  const image = imageOf(run);
  if (image === null) return;
  const removed = await attempt(() => run.tools.cold.images.remove(image.folder, image.name));
  if (removed.ok) append(run, { kind: 'image-removed' });
  else leaveToPeople(run, { kind: 'remove-left-over', path: `${image.folder}/${image.name}` });
};

const leftToDo = (run: ColdRun, { vm, platform }: ImageRecord): readonly FollowUp[] => {
  const drives = (vm.cdroms ?? []).flatMap(({ label, media, connected, fileName }) =>
    media === 'image' && connected !== false && fileName !== undefined
      ? [{ kind: 'mount-iso' as const, drive: label, fileName }]
      : [],
  );
  if (platform !== 'hyperv' || siteOf(vm.id) !== run.task.site) return drives;
  const name = checkpointNameOf(run);
  return [...drives, { kind: 'delete-checkpoint', name }, { kind: 'reconnect-network-after-revert', checkpoint: name }];
};
