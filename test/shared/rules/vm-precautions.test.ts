import { describe, expect, it } from 'vitest';
import { siteId } from '../../../shared/domain/ids.ts';
import type { MigrationMethod } from '../../../shared/domain/migration.ts';
import type {
  NetworkAdapter,
  OtherDevice,
  RemovableMedia,
  VirtualDisk,
  VirtualMachine,
} from '../../../shared/domain/virtual-machine.ts';
import { precautions } from '../../../shared/rules/registry.ts';
import { anEvacuationPlan } from '../../support/cold-moves.ts';
import { aHost, aVm, destinationOf, GIB, idOf, without } from '../../support/inventory-builders.ts';
import {
  answers,
  type PrecautionCase,
  type Question,
  smallSite,
  untried,
  withObjects,
} from '../../support/precautions.ts';

const off = (facts: Partial<VirtualMachine> = {}): VirtualMachine => aVm({ powerState: 'off', ...facts });
const deleting = anEvacuationPlan({ sourcePolicy: 'delete-before-restore' });
const hyperv = siteId('site-b');
const hypervSite = [
  aHost({ site: hyperv, name: 'hv-01', cluster: null }),
  aHost({ site: hyperv, name: 'hv-02', cluster: null }),
];
const onHyperv = (facts: Partial<VirtualMachine> = {}, rest: Partial<Question> = {}): Question => ({
  vms: [aVm({ site: hyperv, powerState: 'off', host: idOf('host', 'hv-01', hyperv), pool: null, ...facts })],
  site: hypervSite,
  destination: destinationOf(aHost({ site: hyperv, name: 'hv-02', cluster: null })),
  ...rest,
});

const disk = (facts: Partial<VirtualDisk> = {}): VirtualDisk => ({
  key: '2000',
  label: 'Hard disk 1',
  capacityBytes: 10 * GIB,
  backing: 'file',
  mode: 'dependent',
  shared: false,
  datastore: idOf('datastore', 'ds-01'),
  ...facts,
});
const drive = (facts: Partial<RemovableMedia> = {}): RemovableMedia => ({
  key: '3000',
  label: 'CD/DVD drive 1',
  media: 'image',
  fileName: '[iso] rhel.iso',
  connected: true,
  ...facts,
});
const device = (type: OtherDevice['type']): OtherDevice => ({ key: '7000', label: `${type} 1`, type });
const adapter = (facts: Partial<NetworkAdapter> = {}): NetworkAdapter => ({
  key: '4000',
  label: 'Network adapter 1',
  network: idOf('network', 'net-01'),
  networkName: 'net-01',
  ...facts,
});
const hostOf = (version: string | undefined) => {
  const host = aHost({ name: 'esx-01' });
  return withObjects(smallSite(), version === undefined ? without(host, 'version') : { ...host, version });
};
const usb = off({ otherDevices: [device('usb')] });
const hot: MigrationMethod = 'hot';

const cases: readonly PrecautionCase[] = [
  ['S1', 'shared disk', onHyperv({ guestCluster: false, disks: [disk({ shared: true })] }), ['warning:S1']],
  ['S1', 'reported by the platform', onHyperv({ guestCluster: true }), ['warning:S1']],
  ['S1', 'marked by a person', onHyperv({}, { context: { isMarkedGuestCluster: () => true } }), ['warning:S1']],
  ['S1', 'hot as well', onHyperv({ guestCluster: true, powerState: 'on' }, { method: hot }), ['warning:S1']],
  ['S1', 'an ordinary VM', onHyperv(), []],
  [
    'S1',
    'nothing told',
    { ...onHyperv(), vms: [without(without(onHyperv().vms[0] as VirtualMachine, 'guestCluster'), 'disks')] },
    ['undetermined:disk-sharing'],
  ],
  ['S1', 'VMware', { vms: [off({ guestCluster: true })] }, []],

  ['S2', 'USB device on a present ESX', { vms: [usb] }, ['blocker:S2']],
  ['S2', 'ESX 4.1 itself', { vms: [usb], site: hostOf('4.1') }, ['blocker:S2']],
  ['S2', 'ESX 4.0.9', { vms: [usb], site: hostOf('4.0.9') }, []],
  ['S2', 'ESX 10 is newer than 4.1', { vms: [usb], site: hostOf('10.0') }, ['blocker:S2']],
  ['S2', 'version not told', { vms: [usb], site: hostOf(undefined) }, ['undetermined:host-version']],
  ['S2', 'devices not told', { vms: [without(off(), 'otherDevices')] }, ['undetermined:devices']],
  ['S2', 'no USB device', { vms: [off()] }, []],
  ['S2', 'hot', { vms: [aVm({ otherDevices: [device('usb')] })], method: hot }, []],

  ['S3', 'every cold migration on Hyper-V', onHyperv(), ['warning:S3']],
  ['S3', 'direct', onHyperv({}, { method: 'cold-direct' }), []],
  ['S3', 'VMware', { vms: [off()] }, []],
  ['S4', 'every cold migration on Hyper-V', onHyperv(), ['warning:S4']],
  ['S4', 'hot', onHyperv({ powerState: 'on' }, { method: hot }), []],
  [
    'S5',
    'with older checkpoints',
    onHyperv({ checkpoints: [{ id: '1', name: 'before-patch', parent: null }] }),
    ['warning:S5'],
  ],
  ['S5', 'without any, because of S3', onHyperv(), ['warning:S5']],
  ['S5', 'VMware', { vms: [off()] }, []],

  ['S6', 'mounted', { vms: [off({ cdroms: [drive()] })] }, ['warning:S6']],
  ['S6', 'mounted on Hyper-V', onHyperv({ cdroms: [drive()] }), ['warning:S6']],
  ['S6', 'present, not connected', { vms: [off({ cdroms: [drive({ connected: false })] })] }, []],
  ['S6', 'empty drive', { vms: [off({ cdroms: [drive({ media: 'none', connected: true })] })] }, []],
  [
    'S6',
    'connection not told',
    { vms: [off({ cdroms: [without(drive(), 'connected')] })] },
    ['undetermined:drive-connection'],
  ],
  ['S6', 'drives not told', { vms: [without(off(), 'cdroms')] }, ['undetermined:drives']],
  ['S6', 'direct', { vms: [off({ cdroms: [drive()] })], method: 'cold-direct' }, []],

  ['S7', 'image in the drive', onHyperv({ floppies: [drive({ label: 'Floppy drive 1' })] }), ['blocker:S7']],
  ['S7', 'VMware too', { vms: [off({ floppies: [drive({ media: 'host-device' })] })] }, ['blocker:S7']],
  ['S7', 'no media', onHyperv({ floppies: [drive({ media: 'none' })] }), []],
  ['S7', 'not told', { vms: [without(off(), 'floppies')] }, ['undetermined:drives']],
  [
    'S7',
    'connection not told',
    { vms: [off({ floppies: [without(drive(), 'connected')] })] },
    ['undetermined:drive-connection'],
  ],

  ['S8', 'pass-through disk, cold', onHyperv({ disks: [disk({ backing: 'pass-through' })] }), ['blocker:S8']],
  [
    'S8',
    'pass-through disk, hot',
    onHyperv({ powerState: 'on', disks: [disk({ backing: 'pass-through' })] }, { method: hot }),
    ['blocker:S8'],
  ],
  ['S8', 'file disks', onHyperv({ disks: [disk()] }), []],
  [
    'S8',
    'not told',
    { ...onHyperv(), vms: [without(onHyperv().vms[0] as VirtualMachine, 'disks')] },
    ['undetermined:disks'],
  ],

  [
    'S12',
    'RDM',
    {
      vms: [off({ disks: [disk(), disk({ key: '2001', backing: 'raw-device-mapping', compatibility: 'physical' })] })],
    },
    ['blocker:S12'],
  ],
  ['S12', 'file disks', { vms: [off()] }, []],
  ['S12', 'not told', { vms: [without(off(), 'disks')] }, ['undetermined:disks']],
  ['S12', 'hot', { vms: [aVm({ disks: [disk({ backing: 'raw-device-mapping' })] })], method: hot }, []],

  ['S14', 'delete before restore', { vms: [off()], move: { evacuation: deleting } }, ['warning:S14']],
  ['S14', 'source kept', { vms: [off()] }, []],
  ['S14', 'Hyper-V', onHyperv({}, { move: { evacuation: deleting } }), []],

  [
    'X1',
    'with snapshots',
    { vms: [off({ checkpoints: [{ id: '1', name: 'pre-upgrade', parent: null }] })] },
    ['warning:X1'],
  ],
  ['X1', 'without', { vms: [off()] }, []],
  ['X1', 'not told', { vms: [without(off(), 'checkpoints')] }, ['undetermined:checkpoints']],
  ['X2', 'independent', { vms: [off({ disks: [disk({ mode: 'independent' })] })] }, ['warning:X2']],
  ['X2', 'mode not told', { vms: [off({ disks: [without(disk(), 'mode')] })] }, ['undetermined:disk-mode']],
  ['X2', 'dependent', { vms: [off()] }, []],
  ['X3', 'multi-writer', { vms: [off({ disks: [disk({ shared: true })] })] }, ['blocker:X3']],
  ['X3', 'not told', { vms: [off({ disks: [without(disk(), 'shared')] })] }, ['undetermined:disk-sharing']],
  ['X2', 'disks not told', { vms: [without(off(), 'disks')] }, ['undetermined:disks']],
  ['X3', 'disks not told', { vms: [without(off(), 'disks')] }, ['undetermined:disks']],
  ['X3', 'own disks', { vms: [off()] }, []],
  ['X4', 'PCI', { vms: [aVm({ otherDevices: [device('pci-pass-through')] })], method: hot }, ['blocker:X4']],
  ['X4', 'virtual GPU', { vms: [off({ otherDevices: [device('virtual-gpu')] })] }, ['blocker:X4']],
  ['X4', 'SR-IOV adapter', { vms: [off({ adapters: [adapter({ srIov: true })] })] }, ['blocker:X4']],
  ['X4', 'a TPM is none', { vms: [off({ otherDevices: [device('tpm')] })] }, []],
  ['X4', 'devices not told', { vms: [without(off(), 'otherDevices')] }, ['undetermined:devices']],
  ['X4', 'adapters not told', { vms: [without(off(), 'adapters')] }, ['undetermined:adapters']],
  ['X5', 'devices not told', { vms: [without(off(), 'otherDevices')] }, ['undetermined:devices']],
  ['X5', 'virtual TPM', { vms: [off({ otherDevices: [device('tpm')] })] }, ['blocker:X5']],
  ['X5', 'encrypted', { vms: [off({ encrypted: true })] }, ['blocker:X5']],
  ['X5', 'hot', { vms: [aVm({ encrypted: true })], method: hot }, []],
  ['X5', 'not told', { vms: [without(off(), 'encrypted')] }, ['undetermined:encryption']],
  ['X6', 'on', { vms: [off({ faultTolerance: true })] }, ['blocker:X6']],
  ['X6', 'off', { vms: [off()] }, []],
  ['X6', 'not told', { vms: [without(off(), 'faultTolerance')] }, ['undetermined:fault-tolerance']],
  ['X7', 'DRS rule', { vms: [off({ placementRules: ['web-separate'] })] }, ['warning:X7']],
  ['X7', 'CPU affinity', { vms: [off({ cpuAffinity: true })] }, ['warning:X7']],
  ['X7', 'none', { vms: [off()] }, []],
  ['X7', 'not told', { vms: [without(off(), 'placementRules')] }, ['undetermined:placement-rules']],
  ['X7', 'CPU affinity not told', { vms: [without(off(), 'cpuAffinity')] }, ['undetermined:placement-rules']],
  [
    'X7',
    'CPU affinity on Hyper-V, which has none',
    { ...onHyperv(), vms: [without(onHyperv().vms[0] as VirtualMachine, 'cpuAffinity')] },
    [],
  ],
  [
    'X14',
    'no address yet',
    {
      vms: [off({ adapters: [adapter({ macAddress: '00:00:00:00:00:00' })] })],
      context: { vmsWithMac: () => [idOf('vm', 'other')] },
    },
    [],
  ],
  [
    'X14',
    'address of another VM',
    { vms: [off()], context: { vmsWithMac: () => [idOf('vm', 'other')] } },
    ['warning:X14'],
  ],
  ['X14', 'its own address', { vms: [off()], context: { vmsWithMac: () => [idOf('vm', 'web-01')] } }, []],
  [
    'X14',
    'addresses not known',
    { vms: [off()], context: { vmsWithMac: () => undefined } },
    ['undetermined:mac-addresses'],
  ],
  ['X14', 'adapters not told', { vms: [without(off(), 'adapters')] }, ['undetermined:adapters']],
  ['X15', 'needed', { vms: [off({ consolidationNeeded: true })] }, ['warning:X15']],
  ['X15', 'not needed', { vms: [off()] }, []],
  ['X15', 'not told', { vms: [without(off(), 'consolidationNeeded')] }, ['undetermined:consolidation']],
  ['X16', 'orphaned', { vms: [off({ condition: 'orphaned' })] }, ['blocker:X16']],
  ['X16', 'disk on no datastore', { vms: [off({ disks: [disk({ datastore: null })] })] }, ['blocker:X16-disk']],
  ['X16', 'connected', { vms: [off()] }, []],
  ['X16', 'disks not told', { vms: [without(off(), 'disks')] }, ['undetermined:disks']],
  ['X18', 'older than allowed', { vms: [off()], context: { now: 61_001 } }, ['warning:X18']],
  ['X18', 'exactly as old as allowed', { vms: [off()], context: { now: 61_000 } }, []],
  ['X18', 'never read', { vms: [off()], context: { factReadAt: () => null } }, ['undetermined:facts']],
  ['X19', 'locked', { vms: [off()], context: { lockOf: () => ({ by: 'k.sato', reason: 'audit' }) } }, ['blocker:X19']],
  ['X19', 'free', { vms: [off()] }, []],
];

describe('precautions about the VM itself', () => {
  it.each(precautions.filter(({ scope }) => scope === 'vm').map(({ id }) => id))('%s is tried in every way', (rule) => {
    expect(untried(rule, cases)).toEqual([]);
  });

  it.each(cases)('%s: %s', (rule, _tried, question, expected) => {
    expect(answers(rule, question)).toEqual(expected);
  });
});
