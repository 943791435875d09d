import { append, type ColdRun, viewOf } from './cold-run.ts';

/**
 * Step "seal": the image gets its final name, and everything is read back and compared. From here on it stands for the
 * VM. A directory that has its final name already was sealed just before the console died: it is compared as well.
 */
export const sealStep = async (run: ColdRun): Promise<void> => {
  const { image } = viewOf(run).cold;
  if (image === null) throw new Error('an image is sealed that was never begun');
  const bytes = await run.tools.cold.images.seal(image.folder, image.name, run.interruption);
  append(run, { kind: 'image-sealed', bytes });
};
