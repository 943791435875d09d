import type { AnnotationState } from '../../shared/domain/annotation.ts';
import type { EntityId } from '../../shared/domain/ids.ts';
import { platformOf } from '../../shared/domain/platform.ts';
import type { SiteStatus } from '../../shared/domain/site.ts';
import type { VmSummary } from '../../shared/domain/virtual-machine.ts';
import type { Messages } from '../../shared/messages/catalog.ts';
import { markGuestCluster, unlockVms } from '../stores/annotations.ts';
import { openDialog } from '../stores/dialogs.ts';
import { runCommand } from '../stores/notices.ts';
import type { Command, CommandId } from './command.ts';

type AnnotationCommand = Extract<CommandId, 'lock' | 'guest-cluster' | 'said' | 'cannot-move'>;

/** What a person can say of the selected VMs; where all of them have it said already, it is taken back. */
export const annotationCommands = (
  vms: readonly VmSummary[],
  said: AnnotationState,
  sites: readonly SiteStatus[],
  { annotations, shell }: Messages,
): Readonly<Record<AnnotationCommand, Command>> => {
  const words = annotations.acts;
  const ids = vms.map(({ id }) => id);
  const all = (held: readonly { readonly vm: EntityId }[]): boolean => {
    const known = new Set(held.map(({ vm }) => vm));
    return ids.length > 0 && ids.every((id) => known.has(id));
  };
  const locked = all(said.locks);
  const marked = all(said.guestClusters);
  const hyperV = new Set(sites.flatMap(({ site }) => (platformOf(site.kind) === 'hyperv' ? [site.id] : [])));
  const none = ids.length === 0 ? shell.why.nothingSelected : null;
  return {
    lock: {
      id: 'lock',
      label: locked ? words.unlock : words.lock,
      icon: 'lock',
      keys: '',
      reason: none,
      run: () => (locked ? runCommand(() => unlockVms(ids)) : openDialog({ kind: 'lock', vms: ids })),
    },
    'guest-cluster': {
      id: 'guest-cluster',
      label: marked ? words.unmarkNode : words.markNode,
      icon: 'cluster',
      keys: '',
      reason: none ?? (vms.every(({ site }) => hyperV.has(site)) ? null : words.onlyHyperV),
      run: () => runCommand(() => markGuestCluster(ids, !marked)),
    },
    said: {
      id: 'said',
      label: words.said,
      icon: 'shield',
      keys: '',
      reason: null,
      run: () => openDialog({ kind: 'said' }),
    },
    'cannot-move': {
      id: 'cannot-move',
      label: words.cannotMove,
      icon: 'blocker',
      keys: '',
      reason: sites.length === 0 ? shell.status.noSites : null,
      run: () => openDialog({ kind: 'cannot-move' }),
    },
  };
};
