import type { EntityId, SiteId } from '../../../../shared/domain/ids.ts';
import type { Entity } from '../../../../shared/domain/inventory.ts';
import type { Platform } from '../../../../shared/domain/platform.ts';
import type { AboutPlatform } from '../../../../shared/domain/site.ts';

export const MIB = 1024 ** 2;
export const GIB = 1024 ** 3;
export const TIB = 1024 ** 4;

/** What a running VM takes of its host at the moment. */
export interface VmLoad {
  readonly cpuMhz: number;
  readonly memoryBytes: number;
}

/**
 * A lab site as it is when it is first opened: plain data, the same every time.
 * What lies in the disks is computed from the VM's identity, see `../cold/disk-content.ts`.
 */
export interface WorldState {
  readonly site: SiteId;
  readonly platform: Platform;
  readonly about: AboutPlatform;
  readonly entities: readonly Entity[];
  /** One entry for each running VM. */
  readonly loads: ReadonlyMap<EntityId, VmLoad>;
}
