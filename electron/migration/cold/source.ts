import type { VirtualMachine } from '../../../shared/domain/virtual-machine.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { type ColdRun, sourceIdentity, vmNameOf } from './cold-run.ts';

/** The source as it is now; null when the platform does not know it any more. @throws whatever the session throws */
export const findSource = (run: ColdRun, signal: AbortSignal = run.tools.stopping): Promise<VirtualMachine | null> =>
  run.session.findVm(sourceIdentity(run), signal);

/** @throws `vm-gone`; `vm-changed` unless it is stopped */
export const stoppedSource = async (run: ColdRun): Promise<VirtualMachine> => {
  const vmName = vmNameOf(run);
  const vm = await findSource(run);
  if (vm === null) throw new AppError('vm-gone', { vmName });
  if (vm.powerState !== 'off') throw new AppError('vm-changed', { vmName, what: 'power-state', now: vm.powerState });
  return vm;
};

/** The source while it does not run; null when it is gone. @throws `source-running` */
export const restingSource = async (run: ColdRun): Promise<VirtualMachine | null> => {
  const source = await findSource(run);
  if (source !== null && source.powerState !== 'off') {
    throw new AppError('source-running', { vmName: vmNameOf(run) });
  }
  return source;
};

/**
 * Refuses an image that may not hold what the VM is now.
 * @param exported the VM as it was when it was exported
 * @throws `source-changed`, `source-used`, `vm-changed`; what the platform does not tell is passed over
 */
export const mustBeUnchanged = (run: ColdRun, exported: VirtualMachine, now: VirtualMachine): void => {
  const vmName = vmNameOf(run);
  if (now.powerState !== 'off') throw new AppError('vm-changed', { vmName, what: 'power-state', now: now.powerState });
  if (exported.changeVersion !== undefined && exported.changeVersion !== now.changeVersion) {
    throw new AppError('source-changed', { vmName });
  }
  mustBeNoNewer(run, exported, now);
};

/** Refuses to let a copy take the place of a source that is newer. @throws `source-used` */
export const mustBeNoNewer = (run: ColdRun, exported: VirtualMachine, source: VirtualMachine | null): void => {
  const disks = source === null ? [] : disksUsedSince(exported, source);
  if (disks.length > 0) throw new AppError('source-used', { vmName: vmNameOf(run), disks, part: run.plan.part });
};

/**
 * Labels of the disks of a stopped VM that hold something else than when it was exported: somebody used it, and powered
 * it off again. A disk that it did not have then counts too, one that was taken out does not: the image has it still.
 */
export const disksUsedSince = (exported: VirtualMachine, now: VirtualMachine): readonly string[] =>
  (now.disks ?? []).flatMap(({ key, label, contentId }) => {
    const copied = exported.disks?.find((disk) => disk.key === key);
    if (copied === undefined) return [label];
    const isTold = copied.contentId !== undefined && contentId !== undefined;
    return isTold && copied.contentId !== contentId ? [label] : [];
  });
