import type { Platform } from '../../../../shared/domain/platform.ts';

/** What a platform can have against a move. */
export type ObjectionReason =
  | 'vm-is-template'
  | 'vm-not-well'
  | 'vm-busy'
  | 'not-running'
  | 'not-stopped'
  | 'host-disconnected'
  | 'host-in-maintenance'
  | 'live-migration-off'
  | 'cpu-incompatible'
  | 'hardware-too-new'
  | 'network-missing'
  | 'datastore-missing'
  | 'datastore-unusable'
  | 'no-space'
  | 'no-memory'
  | 'device-tied'
  | 'raw-disk-cannot-move'
  | 'shared-disk-cannot-move'
  | 'cpu-affinity'
  | 'dynamic-memory-unsupported'
  | 'name-taken'
  | 'placement-rule'
  | 'all-vlans-on-distributed-switch'
  | 'secondary-vlan-without-port-group'
  | 'device-not-exported'
  | 'disk-not-exported'
  | 'iso-not-exported'
  | 'floppy-not-exported'
  | 'kept-from-booting'
  | 'identity-taken'
  | 'damaged-description'
  | 'files-missing';

/**
 * The names each platform gives. VMware: fault types of the vSphere API (vim25), which a real vCenter throws in these
 * cases. Hyper-V: names in the manner of SCVMM's `ErrorInfo.Code`; no real server was asked for them.
 */
const faults: Readonly<Record<Platform, Readonly<Record<ObjectionReason, string>>>> = {
  vmware: {
    'vm-is-template': 'NotSupported',
    'vm-not-well': 'InvalidState',
    'vm-busy': 'TaskInProgress',
    'not-running': 'InvalidPowerState',
    'not-stopped': 'InvalidPowerState',
    'host-disconnected': 'InvalidHostConnectionState',
    'host-in-maintenance': 'InvalidHostState',
    'live-migration-off': 'VMotionNotConfigured',
    'cpu-incompatible': 'FeatureRequirementsNotMet',
    'hardware-too-new': 'VirtualHardwareVersionNotSupported',
    'network-missing': 'CannotAccessNetwork',
    'datastore-missing': 'InvalidDatastore',
    'datastore-unusable': 'InvalidDatastoreState',
    'no-space': 'InsufficientStorageSpace',
    'no-memory': 'InsufficientHostMemoryCapacityFault',
    'device-tied': 'DeviceNotSupported',
    'raw-disk-cannot-move': 'RDMNotSupportedOnDatastore',
    'shared-disk-cannot-move': 'SharedBusControllerNotSupported',
    'cpu-affinity': 'AffinityConfigured',
    'dynamic-memory-unsupported': 'NotSupported',
    'name-taken': 'DuplicateName',
    'placement-rule': 'RuleViolation',
    'all-vlans-on-distributed-switch': 'CannotUseNetwork',
    'secondary-vlan-without-port-group': 'CannotUseNetwork',
    'device-not-exported': 'OvfUnsupportedDeviceExport',
    'disk-not-exported': 'OvfUnableToExportDisk',
    'iso-not-exported': 'OvfConnectedDeviceIso',
    'floppy-not-exported': 'OvfConnectedDeviceFloppy',
    'kept-from-booting': 'InvalidState',
    'identity-taken': 'InvalidArgument',
    'damaged-description': 'OvfInvalidPackage',
    'files-missing': 'InvalidState',
  },
  hyperv: {
    'vm-is-template': 'VMIsTemplate',
    'vm-not-well': 'VMNotInValidState',
    'vm-busy': 'VMBusy',
    'not-running': 'VMNotRunning',
    'not-stopped': 'VMNotStopped',
    'host-disconnected': 'HostNotResponding',
    'host-in-maintenance': 'HostInMaintenanceMode',
    'live-migration-off': 'LiveMigrationNotEnabled',
    'cpu-incompatible': 'ProcessorNotCompatible',
    'hardware-too-new': 'ConfigurationVersionNotSupported',
    'network-missing': 'VMNetworkNotAvailable',
    'datastore-missing': 'VolumeNotAvailable',
    'datastore-unusable': 'VolumeNotAvailable',
    'no-space': 'InsufficientDiskSpace',
    'no-memory': 'InsufficientMemory',
    'device-tied': 'AssignedDeviceCannotMove',
    'raw-disk-cannot-move': 'PassThroughDiskCannotMove',
    'shared-disk-cannot-move': 'SharedVHDXCannotMove',
    'cpu-affinity': 'NumaAffinityConfigured',
    'dynamic-memory-unsupported': 'DynamicMemoryNotSupported',
    'name-taken': 'VMNameExists',
    'placement-rule': 'AvailabilitySetViolation',
    'all-vlans-on-distributed-switch': 'VMNetworkNotAvailable',
    'secondary-vlan-without-port-group': 'VMNetworkNotAvailable',
    'device-not-exported': 'AssignedDeviceCannotMove',
    'disk-not-exported': 'PassThroughDiskCannotMove',
    'iso-not-exported': 'ISOCannotBeStored',
    'floppy-not-exported': 'FloppyCannotBeStored',
    'kept-from-booting': 'VMNotInValidState',
    'identity-taken': 'VMIdExists',
    'damaged-description': 'InvalidVMConfiguration',
    'files-missing': 'VMFilesMissing',
  },
};

export const faultOf = (platform: Platform, reason: ObjectionReason): string => faults[platform][reason];

/** The platform's sentence. `detail` is the device, network, state or number it is about. */
export const sentenceOf = (reason: ObjectionReason, vm: string, place: string, detail: string): string => {
  switch (reason) {
    case 'vm-is-template':
      return `The operation is not supported on the template '${vm}'.`;
    case 'vm-not-well':
      return `The operation is not allowed while '${vm}' is ${detail}.`;
    case 'vm-busy':
      return `The operation is not allowed because another task on '${vm}' is in progress: ${detail}.`;
    case 'not-running':
      return `'${vm}' must be powered on; it is ${detail}.`;
    case 'not-stopped':
      return `'${vm}' must be powered off; it is ${detail}.`;
    case 'host-disconnected':
      return `The host '${place}' is ${detail}.`;
    case 'host-in-maintenance':
      return `The host '${place}' is in maintenance mode.`;
    case 'live-migration-off':
      return `Live migration is not enabled on the host '${place}'.`;
    case 'cpu-incompatible':
      return `'${vm}' runs with processor features (${detail}) that the host '${place}' does not offer.`;
    case 'hardware-too-new':
      return `The host '${place}' does not support version ${detail}, which '${vm}' has.`;
    case 'network-missing':
      return `The network ${detail} of '${vm}' is not accessible on the host '${place}'.`;
    case 'datastore-missing':
      return `The datastore ${detail} is not accessible on the host '${place}'.`;
    case 'datastore-unusable':
      return `The operation is not allowed in the current state of the datastore ${detail}.`;
    case 'no-space':
      return `There is not enough space for '${vm}' on ${detail}.`;
    case 'no-memory':
      return `The host '${place}' does not have enough memory for '${vm}' (${detail}).`;
    case 'device-tied':
      return `The device '${detail}' of '${vm}' does not allow a live migration.`;
    case 'raw-disk-cannot-move':
      return `The disk '${detail}' of '${vm}' is not a file and cannot be moved to other storage.`;
    case 'shared-disk-cannot-move':
      return `The disk '${detail}' of '${vm}' is shared with other virtual machines and cannot be moved to other storage.`;
    case 'cpu-affinity':
      return `'${vm}' is bound to certain processors.`;
    case 'dynamic-memory-unsupported':
      return `The host '${place}' does not support dynamic memory, which '${vm}' uses.`;
    case 'name-taken':
      return `The name '${vm}' already exists in ${detail}.`;
    case 'placement-rule':
      return `Moving '${vm}' to '${place}' would take it out of the rule '${detail}'.`;
    case 'all-vlans-on-distributed-switch':
      return `'${vm}' was attached to ${detail} with VLAN ID 4095, which a distributed switch of '${place}' cannot carry.`;
    case 'secondary-vlan-without-port-group':
      return `The VLAN ID of ${detail} of '${vm}' is a secondary VLAN ID at '${place}' for which there is no port group.`;
    case 'device-not-exported':
      return `The device '${detail}' of '${vm}' cannot be exported.`;
    case 'disk-not-exported':
      return `The disk '${detail}' of '${vm}' cannot be exported.`;
    case 'iso-not-exported':
      return `The image '${detail}' in a drive of '${vm}' is not exported.`;
    case 'floppy-not-exported':
      return `The floppy '${detail}' of '${vm}' is in use and cannot be exported.`;
    case 'kept-from-booting':
      return `'${vm}' is kept from booting.`;
    case 'identity-taken':
      return `The identity ${detail} belongs to another virtual machine.`;
    case 'damaged-description':
      return `The description of '${vm}' cannot be understood: ${detail}.`;
    case 'files-missing':
      return `'${vm}' lacks the file ${detail}.`;
    default:
      return reason satisfies never;
  }
};
