import { describe, expect, it } from 'vitest';
import type { EvacuationPlan } from '../../../shared/domain/evacuation.ts';
import { siteId } from '../../../shared/domain/ids.ts';
import type { Host } from '../../../shared/domain/inventory.ts';
import type { VirtualMachine } from '../../../shared/domain/virtual-machine.ts';
import { precautions } from '../../../shared/rules/registry.ts';
import { anEvacuationPlan } from '../../support/cold-moves.ts';
import {
  aDatastore,
  aHost,
  aNetwork,
  aSwitch,
  aVm,
  destinationOf,
  GIB,
  idOf,
  without,
} from '../../support/inventory-builders.ts';
import {
  answers,
  ask,
  type PrecautionCase,
  type Question,
  smallSite,
  untried,
  withObjects,
} from '../../support/precautions.ts';

const off = (facts: Partial<VirtualMachine> = {}): VirtualMachine => aVm({ powerState: 'off', ...facts });
const esx02 = (facts: Partial<Host> = {}): Host =>
  aHost({ name: 'esx-02', cluster: idOf('cluster', 'cluster-02'), ...facts });

/* VLANs: the VM's port group is standard, the destination has the distributed switch dvs-01. */
const sourceNet = aNetwork({ name: 'vm-net', variant: 'standard', switch: null });
const sourceHost = (vlanId: number): Host =>
  aHost({
    name: 'esx-01',
    networks: [sourceNet.id],
    portGroups: [{ name: 'vm-net', switchName: 'vSwitch0', vlanId }],
  });
const dvs = aSwitch({
  name: 'dvs-01',
  privateVlans: [
    { primaryId: 100, secondaryId: 100, type: 'promiscuous' },
    { primaryId: 100, secondaryId: 101, type: 'isolated' },
  ],
});
const onDvs = (name: string, vlan: ReturnType<typeof aNetwork>['vlan']) =>
  aNetwork({ name, switch: dvs.id, ...(vlan === undefined ? {} : { vlan }) });
const plain = onDvs('dv-plain', { kind: 'vlan', id: 10 });
const trunk = onDvs('dv-trunk', { kind: 'trunk', ranges: [{ start: 0, end: 4094 }] });
const private101 = onDvs('dv-private-101', { kind: 'private', secondaryId: 101 });
const standardThere = aNetwork({ name: 'vm-net', variant: 'standard', switch: null });
const vlanVm = off({
  adapters: [
    { key: '4000', label: 'Network adapter 1', network: sourceNet.id, networkName: 'vm-net', connected: true },
  ],
});
const vlanSite = (vlanId: number, ...there: readonly ReturnType<typeof aNetwork>[]) =>
  withObjects(
    smallSite(),
    sourceNet,
    sourceHost(vlanId),
    dvs,
    ...there,
    esx02({ networks: there.map((network) => network.id) }),
  );

/* Hyper-V: hv-01 to hv-02. */
const hyperv = siteId('site-b');
const hv = (name: string, supported: boolean | undefined): Host => {
  const host = aHost({ site: hyperv, name, cluster: null });
  return supported === undefined
    ? (without(host, 'dynamicMemorySupported') as Host)
    : { ...host, dynamicMemorySupported: supported };
};
const memory = (
  facts: Partial<VirtualMachine>,
  source: boolean | undefined,
  there: boolean | undefined,
  context: Question['context'] = {},
): Question => ({
  vms: [aVm({ site: hyperv, powerState: 'off', host: idOf('host', 'hv-01', hyperv), pool: null, ...facts })],
  site: [hv('hv-01', source), hv('hv-02', there)],
  destination: destinationOf(hv('hv-02', there)),
  context,
});
const before = { id: '1', name: 'before', parent: null } as const;

const folder = (freeBytes: number, reservedBytes = 0, floorBytes = 0): Question => ({
  vms: [off({ storedBytes: 20 * GIB })],
  context: { folder: { path: '/evac', freeBytes, reservedBytes, floorBytes } },
});
const twoVms = (freeBytes: number, plan: Partial<EvacuationPlan> = {}): Question => ({
  ...folder(freeBytes),
  vms: ['a', 'b'].map((name) => off({ name, storedBytes: 20 * GIB })),
  move: { evacuation: anEvacuationPlan(plan) },
});
const ds = (facts: Partial<ReturnType<typeof aDatastore>>) =>
  withObjects(smallSite(), aDatastore({ name: 'ds-01', ...facts }));

const cases: readonly PrecautionCase[] = [
  ['S9', 'exactly enough: 20 GiB and a tenth', folder(22 * GIB), []],
  ['S9', 'one byte too little', folder(22 * GIB - 1), ['blocker:S9']],
  ['S9', 'reserved by other tasks', folder(30 * GIB, 9 * GIB), ['blocker:S9']],
  ['S9', 'the floor is never used', folder(30 * GIB, 0, 8 * GIB + 1), ['blocker:S9']],
  ['S9', 'two images at a time', twoVms(44 * GIB), []],
  ['S9', 'two images, room for one at a time', twoVms(44 * GIB - 1), ['info:S9-fewer']],
  ['S9', 'room for one image exactly', twoVms(22 * GIB), ['info:S9-fewer']],
  ['S9', 'room for none', twoVms(22 * GIB - 1), ['blocker:S9']],
  ['S9', 'images that are kept add up', twoVms(44 * GIB - 1, { imagePolicy: 'keep' }), ['blocker:S9']],
  ['S9', 'so do those of VMs that are only evacuated', twoVms(44 * GIB - 1, { part: 'evacuate' }), ['blocker:S9']],
  ['S9', 'a restore needs no room', twoVms(0, { part: 'restore' }), []],
  [
    'S9',
    'stored size not told: the capacity counts',
    { ...folder(30 * GIB), vms: [without(off(), 'storedBytes')] },
    ['blocker:S9'],
  ],
  ['S9', 'folder not chosen', { vms: [off()], context: { folder: null } }, ['blocker:S9-no-folder']],
  [
    'S9',
    'nothing known of the folder',
    { vms: [off()], context: { folder: undefined } },
    ['undetermined:folder-space'],
  ],
  ['S9', 'hot needs no folder', { vms: [aVm()], method: 'hot', context: { folder: null } }, []],

  ['S10', 'VLAN 4095, distributed switch there', { vms: [vlanVm], site: vlanSite(4095, plain) }, ['blocker:S10']],
  [
    'S10',
    'VLAN 4095, mapped to an ordinary port group',
    { vms: [vlanVm], site: vlanSite(4095, plain), move: { networkMap: { '4000': plain.id } } },
    ['blocker:S10'],
  ],
  [
    'S10',
    'VLAN 4095, mapped to a trunk port group',
    { vms: [vlanVm], site: vlanSite(4095, plain, trunk), move: { networkMap: { '4000': trunk.id } } },
    [],
  ],
  ['S10', 'VLAN 4094', { vms: [vlanVm], site: vlanSite(4094, plain) }, []],
  ['S10', 'a standard switch there', { vms: [vlanVm], site: vlanSite(4095, standardThere) }, []],
  [
    'S10',
    'VLAN not told',
    { vms: [vlanVm], site: withObjects(vlanSite(4095, plain), without(sourceHost(4095), 'portGroups') as Host) },
    ['undetermined:port-group-vlan'],
  ],
  [
    'S10',
    'adapters not told',
    { vms: [without(vlanVm, 'adapters')], site: vlanSite(4095, plain) },
    ['undetermined:adapters'],
  ],
  ['S10', 'direct', { vms: [vlanVm], site: vlanSite(4095, plain), method: 'cold-direct' }, []],

  ['S11', 'a secondary without port group', { vms: [vlanVm], site: vlanSite(101, plain) }, ['blocker:S11']],
  ['S11', 'its port group exists', { vms: [vlanVm], site: vlanSite(101, plain, private101) }, []],
  ['S11', 'a promiscuous entry counts too', { vms: [vlanVm], site: vlanSite(100, plain) }, ['blocker:S11']],
  ['S11', 'another VLAN', { vms: [vlanVm], site: vlanSite(10, plain) }, []],
  [
    'S11',
    'mapped elsewhere',
    { vms: [vlanVm], site: vlanSite(101, plain), move: { networkMap: { '4000': plain.id } } },
    [],
  ],
  [
    'S11',
    'private VLANs not told',
    { vms: [vlanVm], site: withObjects(vlanSite(101, plain), without(dvs, 'privateVlans') as typeof dvs) },
    ['undetermined:private-vlans'],
  ],
  [
    'S11',
    'VLAN not told',
    { vms: [vlanVm], site: withObjects(vlanSite(101, plain), without(sourceHost(101), 'portGroups') as Host) },
    ['undetermined:port-group-vlan'],
  ],
  [
    'S11',
    'adapters not told',
    { vms: [without(vlanVm, 'adapters')], site: vlanSite(101, plain) },
    ['undetermined:adapters'],
  ],
  ['S11', 'no distributed switch there', { vms: [vlanVm], site: vlanSite(101, standardThere) }, []],

  ['S13', 'destination host cannot', memory({ dynamicMemory: true }, true, false), ['blocker:S13']],
  ['S13', 'source host cannot', memory({ dynamicMemory: true }, false, true), ['blocker:S13']],
  [
    'S13',
    'a manager cannot',
    memory({ dynamicMemory: true }, true, true, { managerSupportsDynamicMemory: () => false }),
    ['blocker:S13'],
  ],
  [
    'S13',
    'only a checkpoint used it',
    memory({ checkpoints: [{ ...before, dynamicMemory: true }] }, true, false),
    ['blocker:S13'],
  ],
  ['S13', 'all ends can', memory({ dynamicMemory: true }, true, true), []],
  ['S13', 'no dynamic memory', memory({ checkpoints: [{ ...before, dynamicMemory: false }] }, false, false), []],
  [
    'S13',
    'support not told',
    memory({ dynamicMemory: true }, true, undefined),
    ['undetermined:dynamic-memory-support'],
  ],
  [
    'S13',
    'dynamic memory not told',
    { ...memory({}, true, false), vms: [without(memory({}, true, false).vms[0] as VirtualMachine, 'dynamicMemory')] },
    ['undetermined:dynamic-memory'],
  ],
  ['S13', 'checkpoint not told', memory({ checkpoints: [before] }, true, false), ['undetermined:checkpoints']],

  ['X8', 'no such network there', { vms: [vlanVm], site: vlanSite(10, plain) }, ['blocker:X8']],
  ['X8', 'one of the same name', { vms: [vlanVm], site: vlanSite(10, standardThere) }, []],
  ['X8', 'mapped', { vms: [vlanVm], site: vlanSite(10, plain), move: { networkMap: { '4000': plain.id } } }, []],
  ['X8', 'an adapter on no network', { vms: [off({ adapters: [{ key: '1', label: 'NIC', network: null }] })] }, []],
  [
    'X8',
    'network not told',
    { vms: [off({ adapters: [{ key: '1', label: 'NIC' }] })] },
    ['undetermined:adapter-network'],
  ],

  ['X8', 'adapters not told', { vms: [without(off(), 'adapters')] }, ['undetermined:adapters']],
  ['X9', 'too little space', { vms: [off({ storedBytes: 501 * GIB })] }, ['blocker:X9']],
  ['X9', 'just enough', { vms: [off({ storedBytes: 500 * GIB })] }, []],
  [
    'X9',
    'a direct move to a shared datastore copies nothing',
    { vms: [off({ storedBytes: 900 * GIB })], method: 'cold-direct' },
    [],
  ],
  [
    'X9',
    'free space not told',
    {
      vms: [off()],
      site: withObjects(
        smallSite(),
        without(aDatastore({ name: 'ds-01' }), 'freeBytes') as ReturnType<typeof aDatastore>,
      ),
    },
    ['undetermined:datastore-space'],
  ],
  ['X9', 'an inaccessible datastore has no room', { vms: [off()], site: ds({ accessible: false }) }, ['blocker:X9']],

  [
    'X10',
    'maintenance',
    { vms: [off()], site: withObjects(smallSite(), esx02({ inMaintenance: true })) },
    ['blocker:X10'],
  ],
  [
    'X10',
    'not responding',
    { vms: [off()], site: withObjects(smallSite(), esx02({ connection: 'not-responding' })) },
    ['blocker:X10'],
  ],
  [
    'X10',
    'another host of the cluster is usable',
    {
      vms: [off()],
      site: withObjects(
        smallSite(),
        esx02({ inMaintenance: true }),
        esx02({ name: 'esx-03', id: idOf('host', 'esx-03') }),
      ),
    },
    [],
  ],
  [
    'X10',
    'no host known',
    { vms: [off()], site: smallSite().filter((entity) => entity.name !== 'esx-02') },
    ['undetermined:hosts'],
  ],

  ['X11', 'memory', { vms: [off({ memoryBytes: 385 * GIB })] }, ['warning:X11-memory']],
  [
    'X11',
    'memory of the whole operation',
    { vms: ['a', 'b'].map((name) => off({ name, memoryBytes: 200 * GIB })) },
    ['warning:X11-memory'],
  ],
  ['X11', 'CPU', { vms: [off()], site: withObjects(smallSite(), esx02({ cpuUsedMhz: 60_000 })) }, ['warning:X11-cpu']],
  ['X11', 'enough', { vms: [off()] }, []],
  [
    'X11',
    'not told',
    { vms: [off()], site: withObjects(smallSite(), without(esx02(), 'memoryUsedBytes') as Host) },
    ['undetermined:capacity'],
  ],

  ['X12', 'newer than the host runs', { vms: [off({ hardwareVersion: 22 })] }, ['blocker:X12']],
  ['X12', 'as new as the host runs', { vms: [off({ hardwareVersion: 21 })] }, []],
  ['X12', 'not told by the VM', { vms: [without(off(), 'hardwareVersion')] }, ['undetermined:hardware-version']],
  [
    'X12',
    'not told by the host',
    { vms: [off()], site: withObjects(smallSite(), without(esx02(), 'newestHardwareVersion') as Host) },
    ['undetermined:hardware-version'],
  ],
  ['X13', 'taken by another VM', { vms: [off()], context: { vmsNamed: () => [idOf('vm', 'twin')] } }, ['blocker:X13']],
  ['X13', 'its own name', { vms: [off()], context: { vmsNamed: () => [idOf('vm', 'web-01')] } }, []],
  ['X13', 'not known', { vms: [off()], context: { vmsNamed: () => undefined } }, ['undetermined:names']],
  [
    'X17',
    'older CPU there',
    { vms: [aVm()], method: 'hot', site: withObjects(smallSite(), esx02({ cpuFeatureLevel: 'intel-haswell' })) },
    ['blocker:X17'],
  ],
  [
    'X17',
    'other maker',
    { vms: [aVm()], method: 'hot', site: withObjects(smallSite(), esx02({ cpuFeatureLevel: 'amd-zen4' })) },
    ['blocker:X17'],
  ],
  [
    'X17',
    'newer CPU there',
    { vms: [aVm()], method: 'hot', site: withObjects(smallSite(), esx02({ cpuFeatureLevel: 'intel-icelake' })) },
    [],
  ],
  [
    'X17',
    'a generation nobody knows',
    { vms: [aVm()], method: 'hot', site: withObjects(smallSite(), esx02({ cpuFeatureLevel: 'intel-next' })) },
    ['undetermined:cpu-level'],
  ],
  [
    'X17',
    'not told by the host',
    { vms: [aVm()], method: 'hot', site: withObjects(smallSite(), without(esx02(), 'cpuFeatureLevel') as Host) },
    ['undetermined:cpu-level'],
  ],
  [
    'X17',
    'cold needs no match',
    { vms: [off()], site: withObjects(smallSite(), esx02({ cpuFeatureLevel: 'amd-zen4' })) },
    [],
  ],
];

describe('precautions about both ends, and about the whole operation', () => {
  it.each(precautions.filter(({ scope }) => scope !== 'vm').map(({ id }) => id))('%s is tried in every way', (rule) => {
    expect(untried(rule, cases)).toEqual([]);
  });

  it.each(cases)('%s: %s', (rule, _tried, question, expected) => {
    expect(answers(rule, question)).toEqual(expected);
  });

  it('S13 names the ends that lack support', () => {
    const finding = ask(memory({ dynamicMemory: true }, false, false)).find((each) => each.code === 'S13');
    expect(finding?.evidence.ends).toEqual(['hv-01', 'hv-02']);
  });

  it('S9 tells all four numbers and what is missing, in bytes', () => {
    const finding = ask(folder(20 * GIB, 3 * GIB, 5 * GIB)).find((each) => each.code === 'S9');
    expect(finding?.evidence).toEqual({
      folder: '/evac',
      neededBytes: 22 * GIB,
      reservedBytes: 3 * GIB,
      floorBytes: 5 * GIB,
      freeBytes: 20 * GIB,
      missingBytes: 10 * GIB,
    });
  });
});
