import type { DestinationKind, MigrationMethod } from './migration.ts';
import type { Platform } from './platform.ts';
import type { PowerState, VmCondition } from './virtual-machine.ts';

/** What the inventory did not tell. */
export type MissingFact =
  | 'facts'
  | 'disks'
  | 'disk-sharing'
  | 'disk-mode'
  | 'devices'
  | 'drives'
  | 'drive-connection'
  | 'checkpoints'
  | 'adapters'
  | 'adapter-network'
  | 'port-group-vlan'
  | 'private-vlans'
  | 'host-version'
  | 'dynamic-memory'
  | 'dynamic-memory-support'
  | 'folder-space'
  | 'datastore-space'
  | 'capacity'
  | 'pool-limit'
  | 'pool-cpu'
  | 'hardware-version'
  | 'cpu-level'
  | 'names'
  | 'mac-addresses'
  | 'encryption'
  | 'fault-tolerance'
  | 'placement-rules'
  | 'consolidation'
  | 'hosts';

/**
 * What each kind of finding carries as evidence. Adding a rule begins here: its texts in `shared/messages/rules`
 * then do not compile until they exist in both languages.
 */
export interface FindingData {
  D1: { readonly vm: string; readonly destination: string; readonly from: Platform; readonly to: Platform };
  'D1-unknown': { readonly vm: string; readonly destination: string };
  D2: {
    readonly vm: string;
    readonly destination: string;
    readonly kind: DestinationKind;
    readonly platform: Platform;
  };
  D3: { readonly vm: string; readonly destination: string };
  D5: { readonly vm: string; readonly powerState: PowerState };
  'D5-template': { readonly vm: string };
  'D5-busy': { readonly vm: string; readonly busyWith: string };
  'D5-unknown': { readonly vm: string };
  D6: { readonly vm: string; readonly destination: string; readonly from: string; readonly to: string };
  S1: { readonly vm: string; readonly disks: readonly string[]; readonly marked: boolean };
  S2: { readonly vm: string; readonly devices: readonly string[]; readonly hostVersion: string };
  S3: { readonly vm: string };
  S4: { readonly vm: string; readonly storedBytes: number; readonly marginBytes: number };
  S5: { readonly vm: string; readonly checkpoints: readonly string[] };
  S6: { readonly vm: string; readonly drives: readonly string[]; readonly otherManager: boolean };
  S7: { readonly vm: string; readonly drives: readonly string[]; readonly platform: Platform };
  S8: { readonly vm: string; readonly disks: readonly string[] };
  S9: {
    readonly folder: string;
    readonly neededBytes: number;
    readonly reservedBytes: number;
    readonly floorBytes: number;
    readonly freeBytes: number;
    readonly missingBytes: number;
  };
  'S9-fewer': {
    readonly folder: string;
    readonly neededBytes: number;
    readonly reservedBytes: number;
    readonly floorBytes: number;
    readonly freeBytes: number;
    readonly atATime: number;
  };
  'S9-no-folder': { readonly neededBytes: number };
  S10: { readonly vm: string; readonly adapter: string; readonly network: string; readonly destinationSwitch: string };
  S11: {
    readonly vm: string;
    readonly adapter: string;
    readonly network: string;
    readonly vlanId: number;
    readonly destinationSwitch: string;
  };
  S12: { readonly vm: string; readonly disks: readonly string[] };
  /** `ends`: names of the hosts and managers without dynamic memory. `checkpoints`: those made while it was on. */
  S13: { readonly vm: string; readonly ends: readonly string[]; readonly checkpoints: readonly string[] };
  S14: { readonly vm: string };
  X1: { readonly vm: string; readonly checkpoints: readonly string[] };
  X2: { readonly vm: string; readonly disks: readonly string[] };
  X3: { readonly vm: string; readonly disks: readonly string[] };
  X4: { readonly vm: string; readonly devices: readonly string[] };
  X5: { readonly vm: string; readonly tpm: boolean; readonly encrypted: boolean };
  X6: { readonly vm: string };
  X7: { readonly vm: string; readonly cpuAffinity: boolean; readonly placementRules: readonly string[] };
  X8: { readonly vm: string; readonly adapter: string; readonly network: string; readonly destination: string };
  X9: {
    readonly datastore: string;
    readonly neededBytes: number;
    readonly freeBytes: number;
    readonly missingBytes: number;
  };
  X10: { readonly host: string; readonly state: 'maintenance' | 'disconnected' | 'not-responding' | 'no-usable-host' };
  'X11-memory': { readonly destination: string; readonly neededBytes: number; readonly freeBytes: number };
  'X11-cpu': { readonly destination: string; readonly usedMhz: number; readonly totalMhz: number };
  /** `pool`: the destination or one it lies in. */
  'X11-pool-memory': {
    readonly pool: string;
    readonly neededBytes: number;
    readonly limitBytes: number;
    readonly usedBytes: number;
  };
  'X11-pool-cpu': { readonly pool: string; readonly usedMhz: number; readonly limitMhz: number };
  X12: {
    readonly vm: string;
    readonly hardwareVersion: number;
    readonly host: string;
    readonly newest: number;
    readonly platform: Platform;
  };
  X13: { readonly vm: string; readonly destination: string };
  X14: { readonly vm: string; readonly adapter: string; readonly macAddress: string; readonly others: number };
  X15: { readonly vm: string };
  X16: { readonly vm: string; readonly condition: VmCondition };
  'X16-disk': { readonly vm: string; readonly disks: readonly string[] };
  X17: { readonly vm: string; readonly vmLevel: string; readonly host: string; readonly hostLevel: string };
  X18: { readonly vm: string; readonly ageMs: number; readonly maxAgeMs: number };
  X19: { readonly vm: string; readonly by: string; readonly reason: string };
  /** A rule lacked a fact. `rule` is its id, `missing` a code of what the inventory did not tell, `about` of which object. */
  undetermined: { readonly rule: string; readonly missing: MissingFact; readonly about: string };
  /** The method is described in the product but this version does not carry it out yet. */
  'D5-method': { readonly vm: string; readonly method: MigrationMethod; readonly powerState: PowerState };
  /** The platform's own check objects. `host` is null when it speaks of no host in particular. */
  X20: { readonly vm: string; readonly fault: string; readonly message: string; readonly host: string | null };
  'X20-warning': FindingData['X20'];
  'X20-unavailable': { readonly vm: string; readonly reason: string };
}

export type FindingCode = keyof FindingData;
