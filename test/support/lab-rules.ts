import { createLabWorld } from '../../electron/hypervisors/lab/lab-world.ts';
import { moveOfScenario, type ScenarioMove } from '../../electron/hypervisors/lab/scenarios.ts';
import { hyperVWorld } from '../../electron/hypervisors/lab/world/hyperv-world.ts';
import { vmwareWorld } from '../../electron/hypervisors/lab/world/vmware-world.ts';
import { siteId } from '../../shared/domain/ids.ts';
import type { InventoryView } from '../../shared/domain/inventory.ts';
import type { Platform } from '../../shared/domain/platform.ts';
import { evaluate } from '../../shared/rules/evaluate.ts';
import type { PrecautionContext } from '../../shared/rules/precaution.ts';
import { hostsByCluster, targetOf } from '../../shared/rules/target.ts';
import { anEvacuationPlan } from './cold-moves.ts';
import { TIB } from './inventory-builders.ts';

/** The site of the lab worlds below. */
export const site = siteId('lab');
export const worlds = {
  vmware: createLabWorld(vmwareWorld(site)),
  hyperv: createLabWorld(hyperVWorld(site)),
} as const;

const now = Date.UTC(2026, 0, 5);

const contextOf = (platform: Platform): PrecautionContext => {
  const world = worlds[platform];
  const vms = [...world.entities()].filter((entity) => entity.kind === 'virtual-machine');
  const inventory: InventoryView = {
    get: (id) => world.get(id),
    infrastructure: () => [...world.entities()].filter((entity) => entity.kind !== 'virtual-machine'),
  };
  return {
    inventory,
    platformOf: () => platform,
    siteName: () => 'lab',
    factReadAt: () => now,
    now,
    maxFactAgeMs: 60_000,
    folder: { path: '/evacuation', freeBytes: 2 * TIB, reservedBytes: 0, floorBytes: 0 },
    atATime: 1,
    managerSupportsDynamicMemory: () => true,
    lockOf: () => null,
    isMarkedGuestCluster: () => false,
    vmsNamed: (name) => vms.filter((vm) => vm.name === name).map(({ id }) => id),
    vmsWithMac: (mac) =>
      vms.filter((vm) => vm.adapters?.some(({ macAddress }) => macAddress === mac)).map(({ id }) => id),
  };
};

/** Ids of the rules that say something of the move. */
export const rulesThatSpeak = (platform: Platform, scenarioMove: ScenarioMove): readonly string[] => {
  const world = worlds[platform];
  const scenario = moveOfScenario(platform, site, world.entities(), scenarioMove);
  // The seed's order, in which S14 speaks.
  const evacuation = anEvacuationPlan({ sourcePolicy: 'delete-before-restore' });
  const move = scenario.method === 'cold-evacuate' ? { ...scenario, evacuation } : scenario;
  const vm = world.vm(move.vm);
  if (vm === undefined) throw new Error(`no ${scenarioMove.vm}`);
  const context = contextOf(platform);
  const target = targetOf(move.destination, move, context.inventory, hostsByCluster(context.inventory));
  return evaluate([{ vm, move }], target, context)
    .filter(({ outcome }) => outcome === 'violated')
    .map(({ ruleId }) => ruleId);
};
