import { describe, expect, it } from 'vitest';
import type { InventoryBatch } from '../../../../../electron/hypervisors/port.ts';
import {
  createInventoryFeed,
  type InventoryFeed,
} from '../../../../../electron/hypervisors/vsphere/inventory/inventory-feed.ts';
import {
  readRetrieved,
  readUpdateSet,
  returnvalOf,
} from '../../../../../electron/hypervisors/vsphere/inventory/object-updates.ts';
import { type EntityId, entityId, siteId } from '../../../../../shared/domain/ids.ts';
import type { Entity } from '../../../../../shared/domain/inventory.ts';
import { data, list, refList, refTo, retrieved, scanned, type ToldObject, text, updateSet } from '../server-answers.ts';

const site = siteId('vc');
const id = (native: string): EntityId => entityId(site, native);

const taskLabels = { 'VirtualMachine.relocate': 'Relocate virtual machine' };

const feed = (unknownProperties: readonly string[] = []): InventoryFeed =>
  createInventoryFeed({ site, rootFolder: { type: 'Folder', value: 'group-d1' }, unknownProperties, taskLabels });

const news = (to: InventoryFeed, objects: readonly ToldObject[], truncated = false): readonly InventoryBatch[] =>
  to.news(readUpdateSet(returnvalOf(scanned(updateSet('1', objects, truncated)), 'WaitForUpdatesEx')));

const entitiesIn = (batches: readonly InventoryBatch[]): readonly Entity[] =>
  batches.flatMap((batch) => {
    if (batch.kind === 'complete') return [];
    return batch.kind === 'page' ? batch.entities : batch.upserts;
  });

const one = (batches: readonly InventoryBatch[], native: string): Entity | undefined =>
  entitiesIn(batches).find((entity) => entity.id === id(native));

const datacenter: ToldObject = {
  type: 'Datacenter',
  id: 'datacenter-2',
  properties: { name: text('dc%2f1'), parent: refTo('Folder', 'group-d1'), vmFolder: refTo('Folder', 'group-v3') },
};
const cluster: ToldObject = {
  type: 'ClusterComputeResource',
  id: 'domain-c7',
  properties: {
    name: text('cluster'),
    parent: refTo('Folder', 'group-h4'),
    resourcePool: refTo('ResourcePool', 'resgroup-8'),
    host: refList(['HostSystem', 'host-9']),
    'configuration.drsConfig.enabled': text(true, 'xsd:boolean'),
    'configurationEx.rule': list(
      'ClusterRuleInfo',
      '<ClusterRuleInfo xsi:type="ClusterAntiAffinityRuleSpec"><enabled>true</enabled><name>apart</name><vm type="VirtualMachine">vm-1</vm><vm type="VirtualMachine">vm-2</vm></ClusterRuleInfo>',
      '<ClusterRuleInfo xsi:type="ClusterVmHostRuleInfo"><enabled>true</enabled><name>licensed</name><vmGroupName>db</vmGroupName></ClusterRuleInfo>',
      '<ClusterRuleInfo xsi:type="ClusterAffinityRuleSpec"><enabled>false</enabled><name>off</name><vm type="VirtualMachine">vm-1</vm></ClusterRuleInfo>',
    ),
    'configurationEx.group': list(
      'ClusterGroupInfo',
      '<ClusterGroupInfo xsi:type="ClusterVmGroup"><name>db</name><vm type="VirtualMachine">vm-1</vm></ClusterGroupInfo>',
      '<ClusterGroupInfo xsi:type="ClusterHostGroup"><name>hosts</name><host type="HostSystem">host-9</host></ClusterGroupInfo>',
    ),
  },
};
const host: ToldObject = {
  type: 'HostSystem',
  id: 'host-9',
  properties: {
    name: text('esx1'),
    parent: refTo('ClusterComputeResource', 'domain-c7'),
    'runtime.connectionState': text('connected', 'HostSystemConnectionState'),
    'runtime.inMaintenanceMode': text(false, 'xsd:boolean'),
    'summary.config.product.version': text('8.0.3'),
    'summary.hardware.cpuMhz': text(2000, 'xsd:int'),
    'summary.hardware.numCpuCores': text(16, 'xsd:short'),
    'summary.hardware.memorySize': text(1024, 'xsd:long'),
    'summary.quickStats.overallMemoryUsage': text(3, 'xsd:int'),
    datastore: refList(['Datastore', 'datastore-5']),
    'config.network.portgroup': list(
      'HostPortGroup',
      '<HostPortGroup><key>k</key><spec><name>trunk</name><vlanId>4095</vlanId><vswitchName>vSwitch0</vswitchName><policy/></spec></HostPortGroup>',
    ),
  },
};
const adapter = (portGroupKey: string): string =>
  list(
    'VirtualDevice',
    `<VirtualDevice xsi:type="VirtualVmxnet3"><key>4000</key><backing xsi:type="VirtualEthernetCardDistributedVirtualPortBackingInfo"><port><switchUuid>u</switchUuid><portgroupKey>${portGroupKey}</portgroupKey></port></backing><connectable><startConnected>true</startConnected><connected>false</connected></connectable><macAddress>00</macAddress></VirtualDevice>`,
  );
const vm: ToldObject = {
  type: 'VirtualMachine',
  id: 'vm-1',
  properties: {
    name: text('web'),
    parent: refTo('Folder', 'group-v3'),
    resourcePool: refTo('ResourcePool', 'resgroup-8'),
    'runtime.host': refTo('HostSystem', 'host-9'),
    'runtime.powerState': text('poweredOn', 'VirtualMachinePowerState'),
    'runtime.connectionState': text('connected', 'VirtualMachineConnectionState'),
    'runtime.faultToleranceState': text('notConfigured', 'VirtualMachineFaultToleranceState'),
    'config.version': text('vmx-19'),
    'config.hardware.numCPU': text(2, 'xsd:int'),
    'config.hardware.memoryMB': text(4096, 'xsd:int'),
    'config.hardware.device': adapter('key-12'),
    datastore: refList(['Datastore', 'datastore-5']),
  },
};
const portGroup: ToldObject = {
  type: 'DistributedVirtualPortgroup',
  id: 'dvportgroup-12',
  properties: {
    name: text('pg'),
    key: text('key-12'),
    'config.distributedVirtualSwitch': refTo('VmwareDistributedVirtualSwitch', 'dvs-11'),
    'config.defaultPortConfig': data(
      'VMwareDVSPortSetting',
      '<vlan xsi:type="VmwareDistributedVirtualSwitchVlanIdSpec"><inherited>false</inherited><vlanId>20</vlanId></vlan>',
    ),
    tag: list('Tag', '<Tag><key>SYSTEM/DVS.UPLINKPG</key></Tag>'),
  },
};
const standalone: readonly ToldObject[] = [
  {
    type: 'ResourcePool',
    id: 'resgroup-21',
    properties: {
      name: text('Resources'),
      parent: refTo('ComputeResource', 'domain-s20'),
      owner: refTo('ComputeResource', 'domain-s20'),
    },
  },
  {
    type: 'HostSystem',
    id: 'host-22',
    properties: { name: text('alone'), parent: refTo('ComputeResource', 'domain-s20') },
  },
  {
    type: 'ComputeResource',
    id: 'domain-s20',
    properties: {
      name: text('alone'),
      parent: refTo('Folder', 'group-h4'),
      resourcePool: refTo('ResourcePool', 'resgroup-21'),
      host: refList(['HostSystem', 'host-22']),
    },
  },
];
const task = (state: string): ToldObject => ({
  type: 'Task',
  id: 'task-1',
  properties: {
    'info.state': text(state, 'TaskInfoState'),
    'info.entity': refTo('VirtualMachine', 'vm-1'),
    'info.descriptionId': text('VirtualMachine.relocate'),
  },
});

describe('the first reading', () => {
  it('is pages, and complete with the first answer that is not cut', () => {
    const inventory = feed();
    expect(news(inventory, [datacenter], true).map(({ kind }) => kind)).toEqual(['page']);
    expect(news(inventory, [cluster]).map(({ kind }) => kind)).toEqual(['page', 'complete']);
    expect(news(inventory, [host]).map(({ kind }) => kind)).toEqual(['change']);
  });

  it('is complete also for a server that shows nothing', () => {
    expect(news(feed(), [])).toEqual([{ kind: 'complete' }]);
  });

  it('puts objects into the tree of the site: no root folder, names without escapes', () => {
    expect(one(news(feed(), [datacenter]), 'Datacenter:datacenter-2')).toEqual({
      kind: 'datacenter',
      id: id('Datacenter:datacenter-2'),
      site,
      name: 'dc/1',
      parent: null,
      vmFolder: id('Folder:group-v3'),
    });
  });

  it('tells hosts and clusters', () => {
    const batches = news(feed(), [cluster, host]);
    expect(one(batches, 'ClusterComputeResource:domain-c7')).toMatchObject({
      kind: 'cluster',
      rootPool: id('ResourcePool:resgroup-8'),
      drsEnabled: true,
      evcMode: null,
    });
    expect(one(batches, 'HostSystem:host-9')).toMatchObject({
      kind: 'host',
      cluster: id('ClusterComputeResource:domain-c7'),
      rootPool: null,
      connection: 'connected',
      version: '8.0.3',
      newestHardwareVersion: 21,
      cpuTotalMhz: 32_000,
      memoryTotalBytes: 1024,
      memoryUsedBytes: 3 * 1024 * 1024,
      portGroups: [{ name: 'trunk', switchName: 'vSwitch0', vlanId: 4095 }],
    });
  });

  it('does not claim that EVC is off when the server was not asked', () => {
    const batches = news(feed(['ClusterComputeResource.summary.currentEVCModeKey']), [cluster]);
    expect(one(batches, 'ClusterComputeResource:domain-c7')).not.toHaveProperty('evcMode');
  });

  it('lets a standalone host stand for the compute resource around it, in whatever order they come', () => {
    for (const order of [standalone, [...standalone].reverse()]) {
      const inventory = feed();
      const batches = [
        ...order.slice(0, -1).flatMap((object) => news(inventory, [object], true)),
        ...news(inventory, order.slice(-1)),
      ];
      expect(
        entitiesIn(batches)
          .map((entity) => entity.id)
          .sort(),
      ).toEqual([id('HostSystem:host-22'), id('ResourcePool:resgroup-21')]);
      expect(one(batches, 'HostSystem:host-22')).toMatchObject({
        parent: id('Folder:group-h4'),
        cluster: null,
        rootPool: id('ResourcePool:resgroup-21'),
      });
      expect(one(batches, 'ResourcePool:resgroup-21')).toMatchObject({
        parent: id('HostSystem:host-22'),
        owner: id('HostSystem:host-22'),
        isRoot: true,
      });
    }
  });

  it('tells a VM when its port group and its cluster are known, and once', () => {
    const inventory = feed();
    const early = news(inventory, [vm], true);
    expect(one(early, 'VirtualMachine:vm-1')).toBeUndefined();
    const late = [...news(inventory, [host, cluster], true), ...news(inventory, [portGroup])];
    expect(one(late, 'VirtualMachine:vm-1')).toMatchObject({
      name: 'web',
      powerState: 'on',
      host: id('HostSystem:host-9'),
      pool: id('ResourcePool:resgroup-8'),
      cpuCount: 2,
      memoryBytes: 4096 * 1024 * 1024,
      hardwareVersion: 19,
      faultTolerance: false,
      checkpoints: [],
      placementRules: ['apart', 'licensed'],
      adapters: [{ key: '4000', network: id('DistributedVirtualPortgroup:dvportgroup-12'), connected: false }],
    });
    expect(entitiesIn(late).filter((entity) => entity.kind === 'virtual-machine')).toHaveLength(1);
  });

  it('tells at its end what could not be placed, as far as it is known', () => {
    const [page, complete] = news(feed(), [vm]);
    expect(complete).toEqual({ kind: 'complete' });
    const [told] = entitiesIn(page ? [page] : []);
    expect(told).toMatchObject({ name: 'web', adapters: [{ key: '4000' }] });
    expect(told).not.toHaveProperty('adapters.0.network');
  });

  it('tells a change in its course after it', () => {
    const inventory = feed();
    news(inventory, [datacenter, cluster], true);
    const renamed: ToldObject = { ...datacenter, kind: 'modify', properties: { name: text('renamed') } };
    const gone: ToldObject = { type: 'ClusterComputeResource', id: 'domain-c7', kind: 'leave' };
    const [complete, change] = news(inventory, [renamed, gone]);
    expect(complete).toEqual({ kind: 'complete' });
    expect(change).toMatchObject({
      kind: 'change',
      upserts: [{ name: 'renamed' }],
      removals: [id('ClusterComputeResource:domain-c7')],
    });
  });
});

describe('distributed switches', () => {
  const dvs = (properties: ToldObject['properties']): ToldObject => ({
    type: 'VmwareDistributedVirtualSwitch',
    id: 'dvs-11',
    properties: { name: text('dvs'), ...properties },
  });

  it('go by one id, whichever of their two type names is used', () => {
    const batches = news(feed(), [dvs({}), portGroup]);
    expect(one(batches, 'DistributedVirtualSwitch:dvs-11')).toMatchObject({ kind: 'switch', privateVlans: [] });
    expect(one(batches, 'DistributedVirtualPortgroup:dvportgroup-12')).toMatchObject({
      variant: 'distributed',
      vlan: { kind: 'vlan', id: 20 },
      switch: id('DistributedVirtualSwitch:dvs-11'),
      isUplink: true,
    });
  });

  it('tell their private VLANs, or that they could not be read', () => {
    const entries = list(
      'VMwareDVSPvlanMapEntry',
      '<VMwareDVSPvlanMapEntry><primaryVlanId>100</primaryVlanId><secondaryVlanId>101</secondaryVlanId><pvlanType>isolated</pvlanType></VMwareDVSPvlanMapEntry>',
    );
    const told = news(feed(), [dvs({ 'config.pvlanConfig': entries })]);
    expect(one(told, 'DistributedVirtualSwitch:dvs-11')).toMatchObject({
      privateVlans: [{ primaryId: 100, secondaryId: 101, type: 'isolated' }],
    });
    const notAsked = news(feed(['DistributedVirtualSwitch.config.pvlanConfig']), [dvs({})]);
    expect(one(notAsked, 'DistributedVirtualSwitch:dvs-11')).not.toHaveProperty('privateVlans');
  });

  it.each([
    ['<vlan xsi:type="VmwareDistributedVirtualSwitchVlanIdSpec"><vlanId>0</vlanId></vlan>', { kind: 'none' }],
    [
      '<vlan xsi:type="VmwareDistributedVirtualSwitchTrunkVlanSpec"><vlanId><start>0</start><end>4094</end></vlanId></vlan>',
      { kind: 'trunk', ranges: [{ start: 0, end: 4094 }] },
    ],
    [
      '<vlan xsi:type="VmwareDistributedVirtualSwitchPvlanSpec"><pvlanId>101</pvlanId></vlan>',
      { kind: 'private', secondaryId: 101 },
    ],
    ['<vlan xsi:type="SomethingNewer"/>', undefined],
  ])('have port groups with VLAN settings: %s', (vlan, expected) => {
    const told = {
      ...portGroup,
      properties: { ...portGroup.properties, 'config.defaultPortConfig': data('VMwareDVSPortSetting', vlan) },
    };
    const network = one(news(feed(), [told]), 'DistributedVirtualPortgroup:dvportgroup-12');
    expect(network?.kind === 'network' ? network.vlan : null).toEqual(expected);
  });
});

describe('changes', () => {
  const settled = (): InventoryFeed => {
    const inventory = feed();
    news(inventory, [datacenter, cluster, host, portGroup, vm, ...standalone]);
    return inventory;
  };

  it('tell a VM whole, though the server tells one property', () => {
    const [change] = news(settled(), [{ ...vm, kind: 'modify', properties: { name: text('renamed') } }]);
    expect(change).toMatchObject({ kind: 'change', removals: [] });
    expect(entitiesIn(change ? [change] : [])).toMatchObject([{ name: 'renamed', cpuCount: 2, powerState: 'on' }]);
  });

  it('forget a property that has no value any more', () => {
    const inventory = settled();
    const inVApp = {
      parentVApp: refTo('VirtualApp', 'resgroup-v5'),
      resourcePool: refTo('VirtualApp', 'resgroup-v5'),
      parent: null,
    };
    const [moved] = news(inventory, [{ ...vm, kind: 'modify', properties: inVApp }]);
    expect(entitiesIn(moved ? [moved] : [])).toMatchObject([{ pool: id('VirtualApp:resgroup-v5'), parent: null }]);
  });

  it('are not told when nothing is different', () => {
    expect(news(settled(), [{ ...vm, kind: 'modify', properties: { name: text('web') } }])).toEqual([]);
  });

  it('name what is gone; what has no place in the tree is not missed', () => {
    const gone = (type: string, native: string): ToldObject => ({ type, id: native, kind: 'leave' });
    expect(news(settled(), [gone('VirtualMachine', 'vm-1'), gone('ComputeResource', 'domain-s20')])).toEqual([
      { kind: 'change', upserts: [], removals: [id('VirtualMachine:vm-1')] },
    ]);
  });

  it('tell what a VM is busy with, for as long as it is', () => {
    const inventory = settled();
    const busy = (batches: readonly InventoryBatch[]): unknown => entitiesIn(batches).map((entity) => ({ ...entity }));
    expect(busy(news(inventory, [task('running')]))).toMatchObject([{ busyWith: 'Relocate virtual machine' }]);
    expect(busy(news(inventory, [{ ...task('success'), kind: 'modify' }]))).toMatchObject([{ busyWith: null }]);
    news(inventory, [task('queued')]);
    expect(busy(news(inventory, [{ type: 'Task', id: 'task-1', kind: 'leave' }]))).toMatchObject([{ busyWith: null }]);
  });

  it('of placement rules are told for the VMs they speak of', () => {
    const changed = {
      ...cluster,
      kind: 'modify' as const,
      properties: { 'configurationEx.rule': list('ClusterRuleInfo') },
    };
    const told = entitiesIn(news(settled(), [changed]));
    expect(told.find((entity) => entity.kind === 'virtual-machine')).toMatchObject({ placementRules: [] });
  });

  it('of figures nobody announces are taken in, and told when they differ', () => {
    const inventory = settled();
    const figures = (objects: readonly ToldObject[]): readonly InventoryBatch[] =>
      inventory.figures(
        readRetrieved(returnvalOf(scanned(retrieved(objects)), 'RetrievePropertiesEx'), 'modify').updates,
      );
    const load: ToldObject = {
      type: 'HostSystem',
      id: 'host-9',
      properties: { 'summary.quickStats.overallCpuUsage': text(77, 'xsd:int') },
    };
    expect(entitiesIn(figures([load]))).toMatchObject([{ name: 'esx1', cpuUsedMhz: 77, version: '8.0.3' }]);
    expect(figures([load])).toEqual([]);
    expect(figures([{ ...load, id: 'host-nobody-knows' }])).toEqual([]);
  });
});
