import type { EntityId } from '../../../../shared/domain/ids.ts';
import type {
  NetworkAdapter,
  PowerState,
  RemovableMedia,
  VirtualDisk,
  VirtualMachine,
  VmCondition,
} from '../../../../shared/domain/virtual-machine.ts';
import type { ManagedRef } from '../managed-ref.ts';
import type { XmlValue } from '../xml/xml-node.ts';
import { at, listAt } from '../xml/xml-values.ts';
import type { AdapterFacts, Attachment } from './device-adapter.ts';
import type { DiskFacts } from './device-disk.ts';
import type { DriveFacts } from './device-drive.ts';
import { readDevices } from './devices.ts';
import { hardwareVersionOf } from './hardware-version.ts';
import type { Lookup } from './lookup.ts';
import { type Facts, flag, number, type Readers, ref, refs, text, told, treeReaders } from './readers.ts';
import { readSnapshots } from './snapshots.ts';

export const vmReaders = {
  ...treeReaders,
  parentVApp: ref,
  resourcePool: ref,
  datastore: refs,
  'runtime.host': ref,
  'runtime.powerState': text,
  'runtime.connectionState': text,
  'runtime.faultToleranceState': text,
  'runtime.consolidationNeeded': flag,
  'config.template': flag,
  'config.version': text,
  'config.firmware': text,
  'config.guestFullName': text,
  'config.instanceUuid': text,
  'config.uuid': text,
  'config.changeVersion': text,
  'config.hardware.numCPU': number,
  'config.hardware.memoryMB': number,
  'config.hardware.device': readDevices,
  'config.cpuAffinity': (value: XmlValue): boolean => listAt(value, 'affinitySet').length > 0,
  'config.keyId': (value: XmlValue): boolean => at(value, 'keyId') !== undefined,
  'summary.storage.committed': number,
  snapshot: readSnapshots,
} satisfies Readers;

type VmFacts = Facts<typeof vmReaders>;

const mebibyte = 1024 * 1024;

export const vmEntity = (self: ManagedRef, id: EntityId, facts: VmFacts, lookup: Lookup): VirtualMachine => {
  const devices = facts['config.hardware.device'];
  const memory = facts['config.hardware.memoryMB'];
  return {
    kind: 'virtual-machine',
    id,
    site: lookup.site,
    name: facts.name ?? self.value,
    parent: known(facts.parent, lookup),
    host: known(facts['runtime.host'], lookup),
    pool: known(poolOf(facts), lookup),
    powerState: powerStates[facts['runtime.powerState'] ?? ''] ?? 'unknown',
    condition: conditions[facts['runtime.connectionState'] ?? ''] ?? 'invalid',
    isTemplate: facts['config.template'] ?? false,
    cpuCount: facts['config.hardware.numCPU'] ?? 0,
    memoryBytes: (memory ?? 0) * mebibyte,
    diskBytes: (devices?.disks ?? []).reduce((sum, disk) => sum + disk.capacityBytes, 0),
    busyWith: lookup.busyWith(self),
    ...configuration(facts, lookup),
    ...told({ placementRules: lookup.placementRules(self, facts['runtime.host']) }),
    ...(devices === undefined ? {} : deviceParts(devices, facts, lookup)),
  };
};

/** A VM in a vApp is in its pool: the API may tell the vApp in either place. */
export const poolOf = (facts: Pick<VmFacts, 'resourcePool' | 'parentVApp'>): ManagedRef | undefined => {
  const { resourcePool, parentVApp } = facts;
  if (resourcePool === undefined) return parentVApp;
  return parentVApp?.value === resourcePool.value ? parentVApp : resourcePool;
};

const powerStates: Readonly<Record<string, PowerState>> = {
  poweredOn: 'on',
  poweredOff: 'off',
  suspended: 'suspended',
};

const conditions: Readonly<Record<string, VmCondition>> = {
  connected: 'connected',
  disconnected: 'disconnected',
  inaccessible: 'inaccessible',
  orphaned: 'orphaned',
  invalid: 'invalid',
};

const configuration = (facts: VmFacts, lookup: Lookup): object => {
  const faultTolerance = facts['runtime.faultToleranceState'];
  const firmware = facts['config.firmware'];
  // Some properties are left out when there is nothing to tell. Whether the configuration was told at all is seen by
  // one that every configuration has.
  const configured = facts['config.hardware.numCPU'] !== undefined;
  return told({
    instanceUuid: facts['config.instanceUuid'] || undefined,
    biosUuid: facts['config.uuid'] || undefined,
    guestOs: facts['config.guestFullName'] || undefined,
    hardwareVersion: hardwareVersionOf(facts['config.version']),
    firmware: firmware === 'bios' || firmware === 'efi' ? firmware : undefined,
    changeVersion: facts['config.changeVersion'],
    cpuAffinity: facts['config.cpuAffinity'] ?? (configured ? false : undefined),
    encrypted: facts['config.keyId'] ?? (configured ? false : undefined),
    consolidationNeeded: facts['runtime.consolidationNeeded'],
    faultTolerance: faultTolerance === undefined ? undefined : faultTolerance !== 'notConfigured',
    checkpoints: facts.snapshot ?? (configured ? [] : undefined),
    storedBytes: facts['summary.storage.committed'],
    datastores: facts.datastore?.map((each) => lookup.entity(each)).filter((each) => each !== undefined),
  });
};

const deviceParts = (
  devices: NonNullable<VmFacts['config.hardware.device']>,
  facts: VmFacts,
  lookup: Lookup,
): Partial<VirtualMachine> => {
  const running = facts['runtime.powerState'] === 'poweredOn';
  return {
    disks: devices.disks.map((disk) => diskOf(disk, lookup)),
    adapters: devices.adapters.map((adapter) => adapterOf(adapter, running, lookup)),
    cdroms: devices.cdroms.map((drive) => driveOf(drive, running)),
    floppies: devices.floppies.map((drive) => driveOf(drive, running)),
    otherDevices: devices.others,
  };
};

const diskOf = ({ datastore, ...disk }: DiskFacts, lookup: Lookup): VirtualDisk =>
  datastore === undefined ? disk : { ...disk, ...told({ datastore: lookup.entity(datastore) }) };

const adapterOf = (facts: AdapterFacts, running: boolean, lookup: Lookup): NetworkAdapter => ({
  ...facts.adapter,
  ...told({ network: networkOf(facts.attachment, lookup), connected: connectedNow(facts, running) }),
});

const networkOf = (attachment: Attachment, lookup: Lookup): EntityId | null | undefined => {
  switch (attachment.kind) {
    case 'standard':
      return attachment.network === null ? null : lookup.entity(attachment.network);
    case 'distributed':
      return attachment.portGroupKey === null ? undefined : lookup.portGroup(attachment.portGroupKey);
    case 'opaque':
      // Told by an id of another manager, which the inventory does not have.
      return undefined;
    case 'none':
      return null;
    default:
      return attachment satisfies never;
  }
};

const driveOf = (facts: DriveFacts, running: boolean): RemovableMedia => ({
  ...facts.drive,
  ...told({ connected: connectedNow(facts, running) }),
});

/** `connected` is only true of a running VM; of a stopped one, what counts is what will be (API reference). */
const connectedNow = (
  { connected, startConnected }: Pick<DriveFacts, 'connected' | 'startConnected'>,
  running: boolean,
): boolean | undefined => (running ? connected : (startConnected ?? connected));

const known = (object: ManagedRef | undefined, lookup: Lookup): EntityId | null =>
  object === undefined ? null : (lookup.entity(object) ?? null);
