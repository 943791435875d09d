import type { SiteId } from '../../../shared/domain/ids.ts';
import type { SiteKind } from '../../../shared/domain/platform.ts';
import type { LabClock } from './lab-clock.ts';
import type { LabFaults } from './lab-faults.ts';
import { createLabLink, type LabLink } from './lab-link.ts';
import { createLabTasks, type LabTasks } from './lab-tasks.ts';
import { createLabWorld, type LabWorld } from './lab-world.ts';
import { hyperVWorld } from './world/hyperv-world.ts';
import { vmwareWorld } from './world/vmware-world.ts';

/** How lively and how fast a lab is. */
export interface LabPace {
  /** 1: a hot move takes 3 to 12 s. 10: ten times faster. */
  readonly speed: number;
  /** How long the server takes for each answer and each page of the inventory, ms. */
  readonly answerMs: number;
  /** How often usage changes a little while somebody is connected, ms; null: never. */
  readonly usageEveryMs: number | null;
}

/** A lab site: what stands behind its sessions and goes on without them. */
export interface LabServer {
  readonly world: LabWorld;
  readonly link: LabLink;
  readonly tasks: LabTasks;
  readonly clock: LabClock;
  readonly pace: LabPace;
  readonly faults: LabFaults;
}

export const createLabServer = (
  site: SiteId,
  kind: SiteKind,
  clock: LabClock,
  pace: LabPace,
  faults: LabFaults,
): LabServer => ({
  world: createLabWorld(kind === 'lab-hyperv' ? hyperVWorld(site) : vmwareWorld(site)),
  link: createLabLink(clock),
  tasks: createLabTasks(),
  clock,
  pace,
  faults,
});
