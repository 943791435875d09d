import type { InfrastructureEntity } from '../../../shared/domain/inventory.ts';
import type { VmSummary } from '../../../shared/domain/virtual-machine.ts';
import type { Messages } from '../../../shared/messages/catalog.ts';

/** What stands in grey behind a VM's name: whatever is not the ordinary. Empty for a VM that simply runs or is off. */
export const vmNote = (vm: VmSummary, { common, tree, poolDetails }: Messages): string => {
  if (vm.busyWith !== null) return common.busy(vm.busyWith);
  if (vm.condition !== 'connected') return poolDetails.conditions[vm.condition];
  if (vm.isTemplate) return tree.template;
  return vm.powerState === 'on' || vm.powerState === 'off' ? '' : common.powerStates[vm.powerState];
};

/** The same for a place: a host that takes nothing now, and what kind of folder a folder is. */
export const placeNote = (place: InfrastructureEntity, { tree }: Messages): string => {
  if (place.kind === 'folder' && place.content === 'host-group') return tree.hostGroup;
  if (place.kind !== 'host') return '';
  if (place.connection === 'disconnected') return tree.disconnected;
  if (place.connection === 'not-responding') return tree.notResponding;
  return place.inMaintenance ? tree.maintenance : '';
};
