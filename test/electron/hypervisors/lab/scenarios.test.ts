import { describe, expect, it } from 'vitest';
import {
  moveOfScenario,
  type Scenario,
  type ScenarioMove,
  scenarios,
} from '../../../../electron/hypervisors/lab/scenarios.ts';
import { rulesThatSpeak, site, worlds } from '../../../support/lab-rules.ts';

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
