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

/**
 * Refuses an image that may not hold what the VM is now.
 * @param exported the VM as it was when it was exported
 * @throws `source-changed`, `vm-changed`; what the platform does not tell is passed over
 */
export const mustBeUnchanged = (run: ColdRun, exported: VirtualMachine, now: VirtualMachine): void => {
  const vmName = vmNameOf(run);
  if (now.powerState !== 'off') throw new AppError('vm-changed', { vmName, what: 'power-state', now: now.powerState });
  if (exported.changeVersion !== undefined && exported.changeVersion !== now.changeVersion) {
    throw new AppError('source-changed', { vmName });
  }
};
