import type { EntityId, SiteId } from '../../../shared/domain/ids.ts';
import type { SiteKind } from '../../../shared/domain/platform.ts';
import { createHiddenFacts, type HiddenFacts } from './cold/hidden-facts.ts';
import { createLabLeases, type LabLeases } from './cold/leases.ts';
import type { LabClock } from './lab-clock.ts';
import type { LabFaults } from './lab-faults.ts';
import { createLabBook, type LabBook, type LabHistory, type LeaseKind } from './lab-history.ts';
import { createLabLink, type LabLink } from './lab-link.ts';
import { createLabTasks, type LabTasks } from './lab-tasks.ts';
import { createLabWorld, type LabWorld } from './lab-world.ts';
import { hyperVWorld } from './world/hyperv-world.ts';
import { vmwareWorld } from './world/vmware-world.ts';
import type { WorldState } from './world/world-state.ts';
import { holdVm } from './world-acts.ts';

/** How lively and how fast a lab is. */
export interface LabPace {
  /** 1: a hot move takes 3 to 12 s. 10: ten times faster. Infinity: everything is done at once. */
  readonly speed: number;
  /** How long the server takes for each answer and each page of the inventory, ms. */
  readonly answerMs: number;
  /** How often usage changes a little while somebody is connected, ms; null: never. */
  readonly usageEveryMs: number | null;
  /** The image of no disk is longer, bytes. */
  readonly largestImageBytes: number;
  /** How long a lease lives that nobody keeps alive, ms. */
  readonly leaseTimeoutMs: number;
}

/** A lab site: what stands behind its sessions and goes on without them. */
export interface LabServer {
  readonly world: LabWorld;
  readonly link: LabLink;
  readonly tasks: LabTasks;
  readonly hidden: HiddenFacts;
  readonly leases: LabLeases;
  readonly book: LabBook;
  readonly clock: LabClock;
  readonly pace: LabPace;
  readonly faults: LabFaults;
  /** For names that are never given twice. */
  nextNumber(): number;
}

/** What stands behind a site before anybody has changed it. */
const stateOf = (site: SiteId, kind: SiteKind): WorldState =>
  kind === 'lab-hyperv' ? hyperVWorld(site) : vmwareWorld(site);

/** What was begun in a process that is gone goes no further: relocations are rolled back, leases run out. */
const settle = (server: LabServer, state: WorldState): void => {
  const leased = new Set(server.leases.all().map(({ vm }) => vm));
  const heldFromTheStart = new Set(
    state.entities
      .filter((entity) => entity.kind === 'virtual-machine' && entity.busyWith !== null)
      .map(({ id }) => id),
  );
  for (const entity of [...server.world.entities()]) {
    if (entity.kind !== 'virtual-machine' || entity.busyWith === null) continue;
    if (!leased.has(entity.id) && !heldFromTheStart.has(entity.id)) holdVm(server.world, entity.id, null);
  }
};

export const createLabServer = (
  site: SiteId,
  kind: SiteKind,
  clock: LabClock,
  pace: LabPace,
  faults: LabFaults,
  history: LabHistory | null,
): LabServer => {
  const siteKey = `${kind} ${site}`;
  const past = history?.load(siteKey) ?? [];
  let replaying = true;
  const book = createLabBook((changes) => {
    if (!replaying) history?.record(siteKey, changes);
  });
  const state = stateOf(site, kind);
  const world = createLabWorld(state, (change) => book.add({ kind: 'world', ...change }));
  const hidden = createHiddenFacts(book, pace.largestImageBytes);
  const link = createLabLink(clock);
  const leases = createLabLeases(world, hidden, link, clock, pace.leaseTimeoutMs, book);

  const open = new Map<EntityId, LeaseKind>();
  for (const change of past.flat()) {
    if (change.kind === 'world') world.change(change);
    else if (change.kind !== 'lease') hidden.apply(change);
    else if (change.lease === null) open.delete(change.vm);
    else open.set(change.vm, change.lease);
  }
  replaying = false;
  for (const [vm, lease] of open) leases.takeOver(lease, vm);

  // Every task and every VM that was made has left an entry, so no number comes twice.
  let number = past.length + 1;
  const server: LabServer = {
    world,
    link,
    tasks: createLabTasks(number),
    hidden,
    leases,
    book,
    clock,
    pace,
    faults,
    nextNumber: () => {
      number += 1;
      return number;
    },
  };
  settle(server, state);
  return server;
};
