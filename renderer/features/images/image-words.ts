import type { EvacuationImage } from '../../../shared/domain/evacuation.ts';
import { type SiteId, siteOf, taskLabel } from '../../../shared/domain/ids.ts';
import type { Messages } from '../../../shared/messages/catalog.ts';
import type { IconName } from '../../icons/icon.tsx';
import type { InventoryIndex } from '../../stores/inventory-index.ts';

export const imageLook: Readonly<
  Record<EvacuationImage['state'], { readonly icon: IconName; readonly badge: string }>
> = {
  sealed: { icon: 'check', badge: 'badge-ok' },
  partial: { icon: 'warning', badge: 'badge-warn' },
  deleting: { icon: 'warning', badge: 'badge-warn' },
  damaged: { icon: 'blocker', badge: 'badge-bad' },
};

/** The VM in an image, or the image itself where that is not known. */
export const nameOfImage = ({ record, name }: EvacuationImage): string => record?.vm.name ?? name;

/** Where it came from, from the site inwards. */
export const originOf = ({ record }: EvacuationImage): string =>
  record === null ? '' : [record.siteName, record.origin.placeName, record.origin.hostName].join(' › ');

export const pathOfImage = ({ folder, name }: EvacuationImage): string => {
  const separator = folder.includes('\\') ? '\\' : '/';
  return folder.endsWith(separator) ? `${folder}${name}` : `${folder}${separator}${name}`;
};

/** Whether all words of the text are in what is shown of the image. */
export const fitsText = (image: EvacuationImage, text: string): boolean => {
  const shown = [nameOfImage(image), image.name, originOf(image), image.folder].join('\n').toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => shown.includes(word));
};

/** Not to be restored as it is: half written, or half deleted. */
export const isLeftOver = (state: EvacuationImage['state']): boolean => state === 'partial' || state === 'deleting';

/** Why an image is not restored; null when it can be. */
export const restoreObstacle = ({ state, record, task }: EvacuationImage, { images }: Messages): string | null => {
  if (task !== null) return images.why.inUse(taskLabel(task));
  if (isLeftOver(state)) return images.why.notWhole;
  if (state === 'damaged') return images.why.damaged;
  return record === null ? images.why.noRecord : null;
};

/** What deleting an image could cost, by what the inventory knows. */
export type DeleteRisk = 'only-copy' | 'same-name' | 'source-there' | 'not-known' | 'left-over';

export const deleteRisk = (
  { state, record }: EvacuationImage,
  index: InventoryIndex,
  isOnline: (site: SiteId) => boolean,
): DeleteRisk => {
  if (isLeftOver(state)) return 'left-over';
  if (record === null) return 'not-known';
  const { id, name } = record.vm;
  // What a site without connection held once proves nothing: the VM may be gone since.
  if (index.vm(id) !== undefined && isOnline(siteOf(id))) return 'source-there';
  for (const vm of index.virtualMachines())
    if (vm.id !== id && vm.name === name && isOnline(vm.site)) return 'same-name';
  return 'only-copy';
};
