import type { VirtualMachine } from '../../../shared/domain/virtual-machine.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { append, type ColdRun, viewOf, vmNameOf } from './cold-run.ts';
import { settle } from './settle.ts';

/** The VM this task made at the destination; null when it made none, or when it is gone. */
export const findRestored = async (
  run: ColdRun,
  signal: AbortSignal = run.tools.stopping,
): Promise<VirtualMachine | null> => {
  const { restore } = viewOf(run).cold;
  if (restore === null) return null;
  const { instanceUuid, vm } = restore;
  // Before the platform told its id, only the UUID that was written down beforehand finds it.
  return run.session.findVm({ id: vm ?? (`${run.task.site}/` as VirtualMachine['id']), instanceUuid }, signal);
};

/** @throws `lease-lost` when it is not there any more */
export const mustFindRestored = async (run: ColdRun): Promise<VirtualMachine> => {
  const vm = await findRestored(run);
  if (vm === null) throw new AppError('lease-lost', { vmName: vmNameOf(run), reason: 'the restored VM is gone' });
  return vm;
};

/**
 * Takes away what this task made at the destination: only what bears the UUID that was written down for it, and only
 * while it stands still.
 * @throws `vm-changed` when somebody powered it on
 */
export const removeRestored = async (run: ColdRun): Promise<void> => {
  if (viewOf(run).cold.restore === null) return;
  const vm = await findRestored(run);
  if (vm !== null) {
    if (vm.powerState !== 'off') {
      throw new AppError('vm-changed', { vmName: vmNameOf(run), what: 'power-state', now: vm.powerState });
    }
    await settle(
      run,
      (signal) => run.session.destroyVm(vm.id, signal),
      async (signal) => ((await findRestored(run, signal)) === null ? true : null),
    );
  }
  append(run, { kind: 'restored-vm-removed' });
};
