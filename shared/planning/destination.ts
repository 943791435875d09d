import type { Entity } from '../domain/inventory.ts';
import type { Destination, MigrationMethod } from '../domain/migration.ts';
import type { VmSummary } from '../domain/virtual-machine.ts';

/** The pool an inventory object stands for as a destination; null for what can never take a VM (a data center, a VM). */
export const destinationOf = (entity: Entity): Destination | null => {
  switch (entity.kind) {
    case 'host':
    case 'cluster':
    case 'resource-pool':
    case 'vapp':
      return { kind: entity.kind, id: entity.id, name: entity.name };
    default:
      return null;
  }
};

/** D5: a running VM moves hot, a stopped one cold; null when it can move neither way as it is. */
export const defaultMethodOf = (vm: Pick<VmSummary, 'powerState'>): MigrationMethod | null => {
  switch (vm.powerState) {
    case 'on':
      return 'hot';
    case 'off':
      return 'cold-evacuate';
    default:
      return null;
  }
};
