import { create } from 'zustand';
import type { EvacuationImage, ImageRecord } from '../../shared/domain/evacuation.ts';
import type { EntityId, SiteId, TaskId } from '../../shared/domain/ids.ts';
import type { Destination } from '../../shared/domain/migration.ts';

/** An image whose record can be read, so that it is known what VM is in it. */
export type RestorableImage = EvacuationImage & { readonly record: ImageRecord };

export interface ConfirmRequest {
  readonly kind: 'confirm';
  readonly title: string;
  readonly text: string;
  /** The verb on the button: "Remove site". */
  readonly act: string;
  readonly danger: boolean;
  /** What has to be typed before the button works, where a mistake could not be made good: a VM's name. */
  readonly mustType?: { readonly label: string; readonly text: string };
  readonly onConfirm: () => void;
}

/** What the window can ask of the person. One dialog is open at a time. */
export type DialogRequest =
  | { readonly kind: 'migrate'; readonly vms: readonly EntityId[]; readonly destination: Destination | null }
  /** An evacuation alone. */
  | { readonly kind: 'evacuate'; readonly vms: readonly EntityId[] }
  /** A restore alone. */
  | { readonly kind: 'restore'; readonly image: RestorableImage; readonly destination: Destination | null }
  | { readonly kind: 'folders' }
  /** How much is done at the same time. */
  | { readonly kind: 'limits' }
  | { readonly kind: 'add-site' }
  | { readonly kind: 'site'; readonly site: SiteId }
  | { readonly kind: 'lock'; readonly vms: readonly EntityId[] }
  /** Locks, guest-cluster marks and waivers. */
  | { readonly kind: 'said' }
  /** Which VMs cannot move, and why. */
  | { readonly kind: 'cannot-move' }
  | { readonly kind: 'task'; readonly task: TaskId }
  /** How to go on with a cold migration that did not end by itself. */
  | { readonly kind: 'recover'; readonly task: TaskId }
  | ConfirmRequest;

interface DialogsState {
  readonly open: DialogRequest | null;
}

export const useDialogs = create<DialogsState>(() => ({ open: null }));

/** What had the focus before the dialog opened; it gets it back. */
let opener: Element | null = null;

/** Opens a dialog in place of the one that is open. */
export const openDialog = (request: DialogRequest): void => {
  if (useDialogs.getState().open === null) opener = document.activeElement;
  useDialogs.setState({ open: request });
};

/** Closes the dialog and gives the focus back to where it was. */
export const closeDialog = (): void => {
  if (useDialogs.getState().open === null) return;
  useDialogs.setState({ open: null });
  const target = opener;
  opener = null;
  // After React took the dialog away: until then the dialog keeps the focus to itself.
  setTimeout(() => {
    if (target instanceof HTMLElement && target.isConnected) target.focus();
  }, 0);
};
