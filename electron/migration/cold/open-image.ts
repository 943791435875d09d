import { AppError } from '../../../shared/errors/app-error.ts';
import type { ImageReader } from '../../evacuation/ports.ts';
import { type ColdRun, viewOf } from './cold-run.ts';

/** Where the image of a task is: the one it made, or the one it is to restore. Null as long as there is none. */
export const imageOf = (run: ColdRun): { readonly folder: string; readonly name: string } | null => {
  const { image } = viewOf(run).cold;
  if (image !== null) return image.state === 'removed' ? null : image;
  return run.plan.image === undefined ? null : { folder: run.plan.folder, name: run.plan.image };
};

/** @throws `image-not-found`, `image-damaged`, `folder-unusable` */
export const openImage = async (run: ColdRun): Promise<ImageReader> => {
  const image = imageOf(run);
  if (image === null) throw new AppError('image-not-found', { folder: run.plan.folder, image: run.plan.image ?? '' });
  return run.tools.cold.images.open(image.folder, image.name);
};
