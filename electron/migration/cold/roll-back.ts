import { AppError } from '../../../shared/errors/app-error.ts';
import { append, type ColdRun, viewOf, vmNameOf } from './cold-run.ts';
import { removeImage } from './last-steps.ts';
import { removeRestored } from './restored-vm.ts';
import { settle } from './settle.ts';
import { findSource } from './source.ts';

/**
 * Puts everything back: what was made at the destination goes, the source gets its name back, and the image goes last,
 * when the source is certainly there. Done again it changes nothing.
 * @throws `vm-gone` when there is no source any more: then the image is all there is, and it stays
 */
export const rollBack = async (run: ColdRun): Promise<void> => {
  // A restore leaves the source (if there is one) and the image as they were before it.
  if (run.plan.part === 'restore') return removeRestored(run);
  const source = await findSource(run);
  if (source === null) throw new AppError('vm-gone', { vmName: vmNameOf(run) });
  await removeRestored(run);
  const { parkedName } = viewOf(run).cold;
  if (parkedName !== null) {
    const { vmName } = run.task.header.move;
    await settle(
      run,
      (signal) => run.session.unparkVm(source.id, vmName, signal),
      async (signal) => ((await findSource(run, signal))?.name === vmName ? true : null),
    );
    append(run, { kind: 'unparked' });
  }
  await removeImage(run);
};
