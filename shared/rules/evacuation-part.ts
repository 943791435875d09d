import type { EvacuationPart } from '../domain/evacuation.ts';
import type { Move } from '../domain/migration.ts';
import type { Precaution } from './precaution.ts';

/*
 * Which rules a part of a cold migration has to do with. A VM that is only evacuated goes nowhere yet: nothing is asked
 * about a destination. A VM that is only restored exists as an image (or parked beside it): nothing is asked about
 * devices and files that stay behind.
 */

/** The destination rules that look at the VM where it is now. */
const rulesOfSource: readonly string[] = ['D3', 'D5'];

/** Of the rules about a VM alone: those that hold for what is restored, wherever it came from. */
const rulesOfRestoredVm: readonly string[] = ['S1', 'X14', 'X19'];

/** Of the same: those about what happens once it runs at its destination. */
const rulesOfRunningThere: readonly string[] = ['X14'];

export const partOf = ({ evacuation }: Move): EvacuationPart => evacuation?.part ?? 'whole';

const forEvacuation = ({ id, scope }: Pick<Precaution, 'id' | 'scope'>): boolean =>
  scope === 'vm' ? !rulesOfRunningThere.includes(id) : id === 'S9';

const forRestore = ({ id, scope }: Pick<Precaution, 'id' | 'scope'>): boolean =>
  scope === 'vm' ? rulesOfRestoredVm.includes(id) : id !== 'S9';

/** Whether a precaution has to do with that part. */
export const concernsPart = (rule: Pick<Precaution, 'id' | 'scope'>, part: EvacuationPart): boolean => {
  switch (part) {
    case 'whole':
      return true;
    case 'evacuate':
      return forEvacuation(rule);
    case 'restore':
      return forRestore(rule);
    default:
      return part satisfies never;
  }
};

/** Whether a destination rule has to do with that part. */
export const destinationRuleConcernsPart = (id: string, part: EvacuationPart): boolean => {
  switch (part) {
    case 'whole':
      return true;
    case 'evacuate':
      return id === 'D5';
    case 'restore':
      return !rulesOfSource.includes(id);
    default:
      return part satisfies never;
  }
};
