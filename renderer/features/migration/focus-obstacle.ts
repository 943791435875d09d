import type { Finding } from '../../../shared/domain/finding.ts';
import type { EntityId } from '../../../shared/domain/ids.ts';
import { findingKey } from '../../../shared/planning/findings-by-vm.ts';
import type { StartObstacle } from '../../../shared/planning/start-obstacles.ts';

/* Where each obstacle stands in the dialog, so that "Go to the first" can lead there. */

export const findingId = (finding: Finding): string => `finding ${findingKey(finding)}`.replaceAll(/\s+/g, '-');
export const networkId = (vm: EntityId, adapter: string): string => `network-${vm}-${adapter}`.replaceAll(/\s+/g, '-');
export const choiceId = (what: 'host' | 'datastore'): string => `choice-${what}`;
export const folderFieldId = 'choice-evacuation-folder';
export const checkId = 'migration-check-again';
/** Takes the focus from something that is about to go. */
export const precautionsId = 'migration-precautions';
export const pickerId = 'migration-destination-search';

const placeOf = (obstacle: StartObstacle): string | null => {
  switch (obstacle.kind) {
    case 'vm-blocked':
    case 'warning-open':
      return findingId(obstacle.finding);
    case 'network-missing':
      return networkId(obstacle.vm, obstacle.adapter);
    case 'choice-gone':
      return choiceId(obstacle.what);
    case 'not-checked':
      return checkId;
    case 'no-destination':
      return pickerId;
    case 'no-folder':
    case 'folder-unusable':
      return folderFieldId;
    case 'no-vm':
    case 'too-many-vms':
      return null;
    default: {
      const never: never = obstacle;
      return never;
    }
  }
};

/** True when there is something to lead to. */
export const hasPlace = (obstacle: StartObstacle): boolean => placeOf(obstacle) !== null;

/** Brings what is in the way into sight and gives it the focus. */
export const focusObstacle = (obstacle: StartObstacle): void => {
  const id = placeOf(obstacle);
  const element = id === null ? null : document.getElementById(id);
  element?.scrollIntoView?.({ block: 'center' });
  element?.focus();
};
