import { describe, expect, it } from 'vitest';
import { createLabWorld } from '../../../../electron/hypervisors/lab/lab-world.ts';
import {
  moveOfScenario,
  type Scenario,
  type ScenarioMove,
  scenarios,
} from '../../../../electron/hypervisors/lab/scenarios.ts';
import { hyperVWorld } from '../../../../electron/hypervisors/lab/world/hyperv-world.ts';
import { vmwareWorld } from '../../../../electron/hypervisors/lab/world/vmware-world.ts';
import { siteId } from '../../../../shared/domain/ids.ts';
import type { InventoryView } from '../../../../shared/domain/inventory.ts';
import type { Platform } from '../../../../shared/domain/platform.ts';
import { evaluate } from '../../../../shared/rules/evaluate.ts';
import type { PrecautionContext } from '../../../../shared/rules/precaution.ts';
import { hostsByCluster, targetOf } from '../../../../shared/rules/target.ts';
import { TIB } from '../../../support/inventory-builders.ts';

const site = siteId('lab');
const worlds = {
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
    sourcePolicy: 'delete-before-restore',
    managerSupportsDynamicMemory: () => true,
    lockOf: () => null,
    isMarkedGuestCluster: () => false,
    vmsNamed: (name) => vms.filter((vm) => vm.name === name).map(({ id }) => id),
    vmsWithMac: (mac) =>
      vms.filter((vm) => vm.adapters?.some(({ macAddress }) => macAddress === mac)).map(({ id }) => id),
  };
};

/** Ids of the rules that say something of the move. */
const rulesThatSpeak = (platform: Platform, scenarioMove: ScenarioMove): readonly string[] => {
  const world = worlds[platform];
  const move = moveOfScenario(platform, site, world.entities(), scenarioMove);
  const vm = world.vm(move.vm);
  if (vm === undefined) throw new Error(`no ${scenarioMove.vm}`);
  const context = contextOf(platform);
  const target = targetOf(move.destination, move, context.inventory, hostsByCluster(context.inventory));
  return evaluate([{ vm, move }], target, context)
    .filter(({ outcome }) => outcome === 'violated')
    .map(({ ruleId }) => ruleId);
};

const title = ({ ruleId, platform, provoking, because }: Scenario): string =>
  `${ruleId}, ${platform}: ${provoking.vm} to ${provoking.destination[1]}, because ${because}`;

describe('the catalogue of scenarios', () => {
  it('shows every rule of the seed, and every further one that a world can show', () => {
    const shown = new Set(scenarios.map(({ ruleId }) => ruleId));
    const seed = Array.from({ length: 14 }, (_, index) => `S${index + 1}`);
    const further = Array.from({ length: 17 }, (_, index) => `X${index + 1}`);
    expect([...seed, ...further].filter((ruleId) => !shown.has(ruleId))).toEqual([]);
  });

  for (const scenario of scenarios) {
    it(title(scenario), () => {
      expect(rulesThatSpeak(scenario.platform, scenario.provoking)).toContain(scenario.ruleId);
      expect(rulesThatSpeak(scenario.platform, scenario.innocent)).not.toContain(scenario.ruleId);
    });
  }

  it('refuses a move of objects that the site does not have', () => {
    const nothing: ScenarioMove = { vm: 'no-such-vm', destination: ['host', 'esx01'], method: 'hot' };
    expect(() => moveOfScenario('vmware', site, worlds.vmware.entities(), nothing)).toThrow('no-such-vm');
  });
});
