import type { InfrastructureEntity } from '../../../shared/domain/inventory.ts';
import type { VmSummary } from '../../../shared/domain/virtual-machine.ts';
import type { IconName } from '../../icons/icon.tsx';

/** The picture of a VM tells its power state, and before that whether a task holds it. */
export const vmIcon = (vm: Pick<VmSummary, 'powerState' | 'isTemplate' | 'busyWith'>): IconName => {
  if (vm.busyWith !== null) return 'vm-moving';
  if (vm.isTemplate) return 'vm-template';
  switch (vm.powerState) {
    case 'on':
      return 'vm-on';
    case 'off':
      return 'vm-off';
    case 'suspended':
    case 'paused':
    case 'saved':
      return 'vm-suspended';
    case 'unknown':
      return 'vm-unknown';
    default: {
      const never: never = vm.powerState;
      return never;
    }
  }
};

export const placeIcon = (place: InfrastructureEntity): IconName => (place.kind === 'switch' ? 'network' : place.kind);
