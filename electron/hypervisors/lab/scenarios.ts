import type { SiteId } from '../../../shared/domain/ids.ts';
import type { Entity } from '../../../shared/domain/inventory.ts';
import type { DestinationKind, MigrationMethod, Move } from '../../../shared/domain/migration.ts';
import type { Platform } from '../../../shared/domain/platform.ts';
import { hyperVScenarios } from './scenarios/hyperv-scenarios.ts';
import { vmwareScenarios } from './scenarios/vmware-scenarios.ts';
import { worldIds } from './world/world-ids.ts';

/** A move in the words of the catalogue. */
export interface ScenarioMove {
  /** Key of the VM in the world's data: its name, but for VMs that share a name with another. */
  readonly vm: string;
  readonly destination: readonly [kind: DestinationKind, name: string];
  readonly method: MigrationMethod;
}

/** One rule, shown in the lab: a move that provokes it, and a move like it that does not. */
export interface Scenario {
  /** `S2`, `X17`, … as in the rule reference. */
  readonly ruleId: string;
  readonly platform: Platform;
  readonly provoking: ScenarioMove;
  readonly innocent: ScenarioMove;
  /** What in the world provokes it. */
  readonly because: string;
}

/** Which VM and place of the lab show which precaution. For practice, demonstrations and the tests of the rules. */
export const scenarios: readonly Scenario[] = [...vmwareScenarios, ...hyperVScenarios];

/**
 * The move as the console makes it, on the lab site that holds these objects.
 * @throws Error when the site does not have them: it is no lab of that platform, or they are gone
 */
export const moveOfScenario = (
  platform: Platform,
  site: SiteId,
  entities: Iterable<Entity>,
  scenarioMove: ScenarioMove,
): Move => {
  const [kind, name] = scenarioMove.destination;
  const vmId = worldIds(platform, site)('vm', scenarioMove.vm);
  let vm: Entity | undefined;
  let place: Entity | undefined;
  for (const entity of entities) {
    if (entity.id === vmId) vm = entity;
    if (entity.kind === kind && entity.name === name) place = entity;
  }
  if (vm === undefined || place === undefined)
    throw new Error(`no ${scenarioMove.vm} or no ${kind} ${name} in ${site}`);
  return {
    vm: vm.id,
    vmName: vm.name,
    method: scenarioMove.method,
    destination: { kind, id: place.id, name },
    host: null,
    datastore: null,
    networkMap: {},
  };
};
