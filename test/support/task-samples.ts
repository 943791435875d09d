import { operationId } from '../../shared/domain/ids.ts';
import type { Placement } from '../../shared/domain/migration.ts';
import type { TaskHeader } from '../../shared/domain/task.ts';
import { aMove, aVm, idOf } from './inventory-builders.ts';

/** Where `aVm()` begins. */
export const originPlacement: Placement = {
  host: idOf('host', 'esx-01'),
  pool: idOf('pool', 'pool-01'),
  datastores: [idOf('datastore', 'ds-01')],
};

/** The header of a hot migration of the VM with that name from pool-01 to pool-02. */
export const aHeader = (vmName: string, facts: Partial<TaskHeader> = {}): Omit<TaskHeader, 'id'> => ({
  operation: operationId('op-1'),
  createdAt: 1_000,
  move: aMove(aVm({ name: vmName })),
  origin: originPlacement,
  originName: 'pool-01',
  acknowledgements: [],
  atATime: 2,
  rerunOf: null,
  ...facts,
});
