import type { EvacuationImage } from '../../../shared/domain/evacuation.ts';
import { currentMessages } from '../../messages/use-messages.ts';
import { announce } from '../../stores/announcements.ts';
import { openDialog } from '../../stores/dialogs.ts';
import { deleteImage } from '../../stores/images.ts';
import { useInventory } from '../../stores/inventory.ts';
import { runCommand } from '../../stores/notices.ts';
import { siteStatus } from '../../stores/sites.ts';
import { deleteRisk, nameOfImage, pathOfImage } from './image-words.ts';

/** Asks with the VM's name what deleting would cost; what may be the only copy has to be named by hand. */
export const askToDelete = (image: EvacuationImage): void => {
  const { images } = currentMessages();
  const name = nameOfImage(image);
  const risk = deleteRisk(image, useInventory.getState().index, (site) => {
    const kind = siteStatus(site)?.connection.kind;
    return kind === 'connected' || kind === 'syncing';
  });
  openDialog({
    kind: 'confirm',
    title: images.deleteTitle(name),
    text: images.deleteText[risk](name, pathOfImage(image)),
    act: images.deleteAct(name),
    danger: true,
    ...(risk === 'only-copy' || risk === 'not-known' ? { mustType: { label: images.typeName(name), text: name } } : {}),
    onConfirm: () =>
      runCommand(async () => {
        await deleteImage(image);
        announce(currentMessages().images.deleted(name));
      }),
  });
};
