import type { Finding } from '../domain/finding.ts';
import type { EntityId } from '../domain/ids.ts';
import type { MigrationMethod, Move } from '../domain/migration.ts';
import type { Platform } from '../domain/platform.ts';
import type { VirtualMachine } from '../domain/virtual-machine.ts';
import type { RuleContext } from './rule.ts';
import type { Target } from './target.ts';

/** An evacuation image folder as rules see it; all numbers are bytes. */
export interface FolderSpace {
  readonly path: string;
  readonly freeBytes: number;
  /** Promised to tasks that are still writing. */
  readonly reservedBytes: number;
  /** Never used, so that the folder's volume does not fill up. */
  readonly floorBytes: number;
}

/** What precautions look at besides the VM and its destination. Still no clock: `now` is data. */
export interface PrecautionContext extends RuleContext {
  /** ms since 1970. */
  readonly now: number;
  /** Facts older than this are called old (X18). */
  readonly maxFactAgeMs: number;
  /** The folder of a cold migration; absent when its space could not be read, null when none was chosen. */
  readonly folder?: FolderSpace | null;
  /** The moves of one operation that export at the same time. */
  readonly atATime: number;
  /** Whether the manager (SCVMM) of that object can handle dynamic memory; undefined when it did not tell. */
  managerSupportsDynamicMemory(entity: EntityId): boolean | undefined;
  /** Who locked the VM against moving ("do not move") and why; null when nobody did. */
  lockOf(vm: EntityId): { readonly by: string; readonly reason: string } | null;
  /** True when a person marked the VM as a node of a guest cluster. */
  isMarkedGuestCluster(vm: EntityId): boolean;
  /** VMs of that name on the site; undefined when names are not known. */
  vmsNamed(name: string, site: EntityId): readonly EntityId[] | undefined;
  /** VMs with that MAC address; undefined when addresses are not known. */
  vmsWithMac(mac: string): readonly EntityId[] | undefined;
}

interface PrecautionBase {
  /** `S1`-`S14`, `X1`-`X20`: as in the design and the rule reference. */
  readonly id: string;
  /** kebab-case; what `finding:` searches for. */
  readonly name: string;
  readonly platforms: readonly Platform[];
  readonly methods: readonly MigrationMethod[];
  /** The seed's sentence, or the document it rests on. */
  readonly source: string;
}

/** Looks at the VM alone, so one look serves every destination. */
export interface VmPrecaution extends PrecautionBase {
  readonly scope: 'vm';
  check(vm: VirtualMachine, move: Move, context: PrecautionContext): readonly Finding[];
}

/** Looks at the destination alone, so one look serves every VM. */
export interface DestinationPrecaution extends PrecautionBase {
  readonly scope: 'destination';
  check(target: Target, context: PrecautionContext): readonly Finding[];
}

/** Looks at both ends. */
export interface PairPrecaution extends PrecautionBase {
  readonly scope: 'pair';
  check(vm: VirtualMachine, move: Move, target: Target, context: PrecautionContext): readonly Finding[];
}

/** Looks at all VMs of the operation together: space, capacity. */
export interface BatchPrecaution extends PrecautionBase {
  readonly scope: 'batch';
  check(
    vms: readonly { readonly vm: VirtualMachine; readonly move: Move }[],
    target: Target,
    context: PrecautionContext,
  ): readonly Finding[];
}

/** One rule. Pure: no I/O, no clock, no randomness. It never passes in silence when it lacks a fact. */
export type Precaution = VmPrecaution | DestinationPrecaution | PairPrecaution | BatchPrecaution;
