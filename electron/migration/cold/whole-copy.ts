import type { WholeImage } from '../../evacuation/ports.ts';
import { attempt } from '../attempt.ts';
import { type ColdRun, viewOf } from './cold-run.ts';
import { findSource } from './source.ts';

/**
 * The image this task makes, when all of the VM is in it, sealed or not: then it may stand for the VM, whichever process
 * wrote it. Null for what is less.
 * @throws `image-damaged`, `folder-unusable`
 */
export const copyOnDisk = async (run: ColdRun): Promise<WholeImage | null> => {
  const { image } = viewOf(run).cold;
  if (image === null || image.state === 'removed') return null;
  const whole = await run.tools.cold.images.whole(image.folder, image.name);
  return whole?.record.id === image.id ? whole : null;
};

/**
 * Whether the export need not be done (again): all of the VM is on disk. Where that is not sealed yet, another process
 * copied it, who knows when, and a source that is still there may have been used since: it is copied again.
 * @throws what the session throws when the source has to be asked for
 */
export const needsNoExport = async (run: ColdRun): Promise<boolean> => {
  if (run.copied) return true;
  const copy = await attempt(() => copyOnDisk(run));
  if (!copy.ok || copy.value === null) return false;
  if (copy.value.isSealed) return true;
  return (await findSource(run)) === null;
};

/** The image may hold all of the VM, and nobody has seen the source since: somebody may have deleted it meanwhile. */
export const mayBeAllThereIs = async (run: ColdRun): Promise<boolean> => {
  const source = await attempt(() => findSource(run));
  if (source.ok && source.value !== null) return false;
  if (run.copied) return true;
  const copy = await attempt(() => copyOnDisk(run));
  return !copy.ok || copy.value !== null;
};
