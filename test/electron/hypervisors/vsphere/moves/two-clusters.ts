import { asEntityId } from '../../../../../shared/domain/ids.ts';
import type { Move } from '../../../../../shared/domain/migration.ts';
import type { Behaviour } from '../fake-server.ts';
import { data, list, refList, refTo, retrieved, returning, soap, type ToldObject, text } from '../server-answers.ts';

/* A VM in one cluster, another cluster with a vApp to move it to, and what the server says of the move. */

export const vm: ToldObject = {
  type: 'VirtualMachine',
  id: 'vm-1',
  properties: {
    'runtime.host': refTo('HostSystem', 'host-1'),
    resourcePool: refTo('ResourcePool', 'pool-1'),
    datastore: refList(['Datastore', 'ds-1']),
    'config.hardware.device': list(
      'VirtualDevice',
      '<VirtualDevice xsi:type="VirtualE1000"><key>4000</key><backing xsi:type="X"/><macAddress>00</macAddress></VirtualDevice>',
    ),
  },
};
export const pool = (id: string, owner: string): ToldObject => ({
  type: 'ResourcePool',
  id,
  properties: { owner: refTo('ClusterComputeResource', owner) },
});
export const cluster = (id: string, root: string, host: string): ToldObject => ({
  type: 'ClusterComputeResource',
  id,
  properties: { resourcePool: refTo('ResourcePool', root), host: refList(['HostSystem', host]) },
});
export const host = (id: string, parent: string): ToldObject => ({
  type: 'HostSystem',
  id,
  properties: {
    parent: refTo('ClusterComputeResource', parent),
    'runtime.connectionState': text('connected'),
    'runtime.inMaintenanceMode': text(false, 'xsd:boolean'),
    datastore: refList(['Datastore', 'ds-1']),
  },
});
export const vapp: ToldObject = {
  type: 'VirtualApp',
  id: 'resgroup-v9',
  properties: { owner: refTo('ClusterComputeResource', 'c-2') },
};
export const world = [
  vm,
  pool('pool-1', 'c-1'),
  pool('pool-2', 'c-2'),
  cluster('c-1', 'pool-1', 'host-1'),
  cluster('c-2', 'pool-2', 'host-2'),
  host('host-2', 'c-2'),
  vapp,
];

export const task = (info: string): Behaviour =>
  retrieved([{ type: 'Task', id: 'task-7', properties: { info: data('TaskInfo', info) } }]);
export const running = (percent?: number): Behaviour =>
  task(
    `<state>running</state><cancelable>true</cancelable>${percent === undefined ? '' : `<progress>${percent}</progress>`}`,
  );
export const succeeded = task('<state>success</state>');
export const failed = (named: string, message: string, detail = ''): Behaviour =>
  task(
    `<state>error</state><error><fault xsi:type="${named}">${detail}</fault><localizedMessage>${message}</localizedMessage></error>`,
  );
export const forgotten = retrieved([]);
export const started = returning('RelocateVM_Task', '<returnval type="Task">task-7</returnval>');
export const movedInto = soap('<MoveIntoResourcePoolResponse xmlns="urn:vim25"></MoveIntoResourcePoolResponse>');

export const move = (destination: Move['destination'], facts: Partial<Move> = {}): Move => ({
  vm: asEntityId('fake/VirtualMachine:vm-1'),
  vmName: 'web-01',
  method: 'hot',
  destination,
  host: null,
  datastore: null,
  networkMap: {},
  ...facts,
});
export const toCluster = { kind: 'cluster', id: asEntityId('fake/ClusterComputeResource:c-2'), name: 'other' } as const;
export const toVApp = { kind: 'vapp', id: asEntityId('fake/VirtualApp:resgroup-v9'), name: 'shop' } as const;
