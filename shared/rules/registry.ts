import type { Precaution } from './precaution.ts';
import { guestCluster } from './s01-guest-cluster.ts';
import { usbDevice } from './s02-usb-device.ts';
import { checkpointCreated } from './s03-checkpoint-created.ts';
import { imageGrowth } from './s04-image-growth.ts';
import { checkpointDisconnectsNetwork } from './s05-checkpoint-disconnects-network.ts';
import { mountedIso } from './s06-mounted-iso.ts';
import { floppyInUse } from './s07-floppy-in-use.ts';
import { passThroughDisk } from './s08-pass-through-disk.ts';
import { evacuationSpace } from './s09-evacuation-space.ts';
import { vlan4095ToDistributedSwitch } from './s10-vlan-4095-to-distributed-switch.ts';
import { secondaryVlanWithoutPortGroup } from './s11-secondary-vlan-without-port-group.ts';
import { rawDeviceMapping } from './s12-raw-device-mapping.ts';
import { dynamicMemory } from './s13-dynamic-memory.ts';
import { restoreCanFailAfterEvacuation } from './s14-restore-can-fail-after-evacuation.ts';
import { snapshotsLost } from './x01-snapshots-lost.ts';
import { independentDisk } from './x02-independent-disk.ts';
import { sharedDisk } from './x03-shared-disk.ts';
import { passThroughDevice } from './x04-pass-through-device.ts';
import { tpmOrEncrypted } from './x05-tpm-or-encrypted.ts';
import { faultTolerance } from './x06-fault-tolerance.ts';
import { placementRulesLost } from './x07-placement-rules-lost.ts';
import { networkMissing } from './x08-network-missing.ts';
import { datastoreSpace } from './x09-datastore-space.ts';
import { hostNotUsable } from './x10-host-not-usable.ts';
import { capacity } from './x11-capacity.ts';
import { hardwareVersion } from './x12-hardware-version.ts';
import { nameTaken } from './x13-name-taken.ts';
import { macConflict } from './x14-mac-conflict.ts';
import { consolidationNeeded } from './x15-consolidation-needed.ts';
import { inaccessible } from './x16-inaccessible.ts';
import { cpuCompatibility } from './x17-cpu-compatibility.ts';
import { oldInventory } from './x18-old-inventory.ts';
import { locked } from './x19-locked.ts';

/**
 * Every precaution but X20, which is the platform's own check and needs a connection (see x20-platform-check.ts).
 * Adding a rule is one line here, its file, its evidence in `domain/finding-data.ts` and its texts.
 */
export const precautions: readonly Precaution[] = [
  guestCluster,
  usbDevice,
  checkpointCreated,
  imageGrowth,
  checkpointDisconnectsNetwork,
  mountedIso,
  floppyInUse,
  passThroughDisk,
  evacuationSpace,
  vlan4095ToDistributedSwitch,
  secondaryVlanWithoutPortGroup,
  rawDeviceMapping,
  dynamicMemory,
  restoreCanFailAfterEvacuation,
  snapshotsLost,
  independentDisk,
  sharedDisk,
  passThroughDevice,
  tpmOrEncrypted,
  faultTolerance,
  placementRulesLost,
  networkMissing,
  datastoreSpace,
  hostNotUsable,
  capacity,
  hardwareVersion,
  nameTaken,
  macConflict,
  consolidationNeeded,
  inaccessible,
  cpuCompatibility,
  oldInventory,
  locked,
];
