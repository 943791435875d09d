import { AppError } from '../../../shared/errors/app-error.ts';
import { append, type ColdRun, viewOf, vmNameOf } from './cold-run.ts';
import { openImage } from './open-image.ts';
import { settle } from './settle.ts';
import { findSource, mustBeNoNewer, mustBeUnchanged } from './source.ts';

/** Step "park": the source makes way for its copy, by the policy: it is parked, or deleted after a second look at the image. */
export const parkStep = async (run: ColdRun): Promise<void> => {
  const { record } = await openImage(run);
  const source = await findSource(run);
  const before = viewOf(run).cold;
  if (source === null) {
    // Deleted by this task before the console died, or by somebody else: a person has seen it, or is to see it now.
    // Whoever deleted it may have moved it, and then a copy of it must not be powered on.
    if (!run.task.withoutSource) throw new AppError('vm-gone', { vmName: vmNameOf(run) });
    append(run, { kind: 'source-deleted' });
    return;
  }
  if (before.parkedName === null) mustBeUnchanged(run, record.vm, source);
  else {
    // Parking changed its configuration, but not what its disks hold.
    if (source.powerState !== 'off') throw new AppError('source-running', { vmName: vmNameOf(run) });
    mustBeNoNewer(run, record.vm, source);
  }

  if (run.plan.sourcePolicy === 'retain-until-restored') {
    const { parkedName } = record;
    if (before.parkedName === null) append(run, { kind: 'parking', parkedName });
    await settle(
      run,
      (signal) => run.session.parkVm(source.id, parkedName, signal),
      async (signal) => ((await findSource(run, signal))?.name === parkedName ? true : null),
    );
    return;
  }
  await verifyOnceMore(run);
  // Reading all of the image takes long enough for somebody to use the source meanwhile, or to delete it.
  const now = await findSource(run);
  if (now === null) throw new AppError('vm-gone', { vmName: vmNameOf(run) });
  mustBeUnchanged(run, record.vm, now);
  await settle(
    run,
    (signal) => run.session.destroyVm(source.id, signal),
    async (signal) => ((await findSource(run, signal)) === null ? true : null),
  );
  append(run, { kind: 'source-deleted' });
};

/** Nothing is deleted on the word of the journal alone. @throws `image-damaged`, `image-not-found` */
const verifyOnceMore = async (run: ColdRun): Promise<void> => {
  const { image } = viewOf(run).cold;
  if (image === null) throw new Error('a source is deleted that has no image');
  const problem = await run.tools.cold.images.verify(image.folder, image.name, run.interruption);
  if (problem !== null) throw new AppError('image-damaged', { image: image.name, problem });
};
