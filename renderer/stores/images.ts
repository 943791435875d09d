import { create } from 'zustand';
import type { EvacuationImage, ImageProblem, LostVm } from '../../shared/domain/evacuation.ts';
import { hasCode, toWire, type WireError } from '../../shared/errors/app-error.ts';
import { call } from '../api/call.ts';
import { readFolders } from './folders.ts';

/** What came of reading an image back and comparing it with its manifest. Times in ms since 1970. */
export type Verification =
  | { readonly kind: 'running'; readonly stop: () => void }
  | { readonly kind: 'done'; readonly problem: ImageProblem | null; readonly at: number }
  | { readonly kind: 'failed'; readonly error: WireError };

/** What the lost-VM finder said last. */
export type LostSearch =
  | { readonly kind: 'idle' }
  | { readonly kind: 'looking' }
  | { readonly kind: 'done'; readonly lost: readonly LostVm[]; readonly at: number }
  | { readonly kind: 'failed'; readonly error: WireError };

interface ImagesState {
  /** Whether the view of evacuation images is shown in place of the inventory's details. */
  readonly isOpen: boolean;
  /** Of all folders that can be reached, newest first; null before the first answer. */
  readonly images: readonly EvacuationImage[] | null;
  /** Why the last reading failed; what was known before stays. */
  readonly error: WireError | null;
  readonly verifications: ReadonlyMap<string, Verification>;
  readonly search: LostSearch;
  open(): void;
  close(): void;
}

export const useImages = create<ImagesState>((set) => ({
  isOpen: false,
  images: null,
  error: null,
  verifications: new Map(),
  search: { kind: 'idle' },
  open: () => set({ isOpen: true }),
  close: () => set({ isOpen: false }),
}));

/** Names an image among those of all folders. */
export const imageKey = ({ folder, name }: Pick<EvacuationImage, 'folder' | 'name'>): string => `${folder}\n${name}`;

/** Reads the folders and the images in them (again). Never rejects: what went wrong is in the state. */
export const readImages = async (): Promise<void> => {
  void readFolders();
  try {
    useImages.setState({ images: await call('evacuation.images', {}), error: null });
  } catch (error) {
    useImages.setState({ error: toWire(error) });
  }
};

const setVerification = (key: string, verification: Verification | null): void =>
  useImages.setState(({ verifications }) => {
    const next = new Map(verifications);
    if (verification === null) next.delete(key);
    else next.set(key, verification);
    return { verifications: next };
  });

/** Reads an image back and compares it. Never rejects: what came of it is in the state. */
export const verifyImage = async (image: EvacuationImage): Promise<void> => {
  const key = imageKey(image);
  if (useImages.getState().verifications.get(key)?.kind === 'running') return;
  const life = new AbortController();
  setVerification(key, { kind: 'running', stop: () => life.abort() });
  try {
    const asked = { folder: image.folder, image: image.name };
    const { problem } = await call('evacuation.verifyImage', asked, { signal: life.signal });
    setVerification(key, { kind: 'done', problem, at: Date.now() });
  } catch (error) {
    setVerification(key, hasCode(error, 'cancelled') ? null : { kind: 'failed', error: toWire(error) });
  }
};

/** Verifies an image that was never sealed, which seals it, and looks for lost VMs once more. Never rejects. */
export const sealImage = async (image: EvacuationImage): Promise<void> => {
  await verifyImage(image);
  await readImages();
  await findLostVms();
};

/** For good. @throws `image-in-use`, `image-not-found`, `folder-unusable` */
export const deleteImage = async ({ folder, name }: EvacuationImage): Promise<void> => {
  const images = await call('evacuation.deleteImage', { folder, image: name });
  // What was said to be lost may have been this image.
  useImages.setState({ images, error: null, search: { kind: 'idle' } });
};

/** Compares images, task log and inventories. Never rejects: what went wrong is in the state. */
export const findLostVms = async (): Promise<void> => {
  useImages.setState({ search: { kind: 'looking' } });
  try {
    const lost = await call('recovery.findLost', {});
    useImages.setState({ search: { kind: 'done', lost, at: Date.now() } });
  } catch (error) {
    useImages.setState({ search: { kind: 'failed', error: toWire(error) } });
  }
};
