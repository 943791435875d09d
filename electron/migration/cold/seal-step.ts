import { AppError } from '../../../shared/errors/app-error.ts';
import { append, type ColdRun, viewOf } from './cold-run.ts';

/**
 * Step "seal": the image gets its final name, and everything is read back and compared. From here on it stands for the
 * VM. A directory that has its final name already was sealed just before the console died: it is compared as well.
 */
export const sealStep = async (run: ColdRun): Promise<void> => {
  const { images } = run.tools.cold;
  const { image } = viewOf(run).cold;
  if (image === null) throw new Error('an image is sealed that was never begun');
  if (run.exported !== null) {
    const { writer, record, descriptor, files } = run.exported;
    append(run, { kind: 'image-sealed', bytes: await writer.seal(record, descriptor, files, run.interruption) });
    return;
  }
  const problem = await images.verify(image.folder, image.name, run.interruption);
  if (problem !== null) throw new AppError('image-damaged', { image: image.name, problem });
  const { record } = await images.open(image.folder, image.name);
  append(run, { kind: 'image-sealed', bytes: record.files.reduce((sum, { bytes }) => sum + bytes, 0) });
};

/** Whether the export need not be done again: a directory of that name is there, sealed, and it is this one. */
export const isSealedOnDisk = async (run: ColdRun): Promise<boolean> => {
  const { images } = run.tools.cold;
  const { image } = viewOf(run).cold;
  if (image === null || image.state === 'removed') return false;
  if ((await images.state(image.folder, image.name)) !== 'sealed') return false;
  const { record } = await images.open(image.folder, image.name);
  return record.id === image.id;
};
