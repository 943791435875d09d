import { describe, expect, it } from 'vitest';
import type { Host, ResourcePool, VApp } from '../../../shared/domain/inventory.ts';
import type { VirtualMachine } from '../../../shared/domain/virtual-machine.ts';
import { aHost, aPool, aVApp, aVm, GIB, idOf, without } from '../../support/inventory-builders.ts';
import { answers, ask, type PrecautionCase, type Question, smallSite, withObjects } from '../../support/precautions.ts';

const esx02 = (facts: Partial<Host> = {}): Host =>
  aHost({ name: 'esx-02', cluster: idOf('cluster', 'cluster-02'), ...facts });
const off = (facts: Partial<VirtualMachine> = {}): VirtualMachine => aVm({ powerState: 'off', ...facts });

/* Pools: pool-02, where the VMs go, lies in the vApp `outer`. */
const inCluster02 = { owner: idOf('cluster', 'cluster-02') } as const;
const outer = (facts: Partial<VApp> = {}): VApp => aVApp({ name: 'outer', ...inCluster02, ...facts });
const pool02 = (facts: Partial<ResourcePool> = {}): ResourcePool =>
  aPool({ name: 'pool-02', parent: outer().id, ...inCluster02, ...facts });
const topPool = aPool({
  name: 'top',
  isRoot: true,
  ...inCluster02,
  memoryLimitBytes: 1,
  cpuLimitMhz: 1,
  cpuUsedMhz: 1,
});
const limited = { memoryLimitBytes: 96 * GIB, memoryUsedBytes: 60 * GIB } as const;
const toPool = (vms: readonly VirtualMachine[], ...pools: readonly (ResourcePool | VApp)[]): Question => ({
  vms,
  site: withObjects(smallSite(), outer({ parent: topPool.id }), topPool, pool02(), ...pools),
});

const poolLimitCases: readonly PrecautionCase[] = [
  [
    'X11',
    'more than the limit leaves',
    toPool([off({ memoryBytes: 37 * GIB })], pool02(limited)),
    ['warning:X11-pool-memory'],
  ],
  ['X11', 'exactly what the limit leaves', toPool([off({ memoryBytes: 36 * GIB })], pool02(limited)), []],
  [
    'X11',
    'the limit counts over the whole operation',
    toPool(
      ['a', 'b'].map((name) => off({ name, memoryBytes: 20 * GIB })),
      pool02(limited),
    ),
    ['warning:X11-pool-memory'],
  ],
  [
    'X11',
    'more in use than the limit',
    toPool([off({ memoryBytes: 1 })], pool02({ memoryLimitBytes: 1, memoryUsedBytes: 5 })),
    ['warning:X11-pool-memory'],
  ],
  [
    'X11',
    'no limit, and none of the hidden pool',
    toPool([off({ memoryBytes: 37 * GIB })], pool02({ memoryUsedBytes: 60 * GIB })),
    [],
  ],
  [
    'X11',
    'limit of the vApp around',
    toPool([off({ memoryBytes: 37 * GIB })], outer(limited)),
    ['warning:X11-pool-memory'],
  ],
  [
    'X11',
    'limits of both',
    toPool([off({ memoryBytes: 37 * GIB })], pool02(limited), outer(limited)),
    ['warning:X11-pool-memory', 'warning:X11-pool-memory'],
  ],
  [
    'X11',
    'a running VM from beside counts in the pool, not in the vApp around both',
    {
      ...toPool([aVm({ memoryBytes: 37 * GIB, pool: idOf('pool', 'beside') })], outer(limited)),
      method: 'hot',
      site: withObjects(smallSite(), outer(limited), pool02(), aPool({ name: 'beside', parent: outer().id })),
    },
    [],
  ],
  [
    'X11',
    'a stopped VM from beside counts in both: it will run',
    {
      ...toPool([off({ memoryBytes: 37 * GIB, pool: idOf('pool', 'beside') })]),
      site: withObjects(smallSite(), outer(limited), pool02(), aPool({ name: 'beside', parent: outer().id })),
    },
    ['warning:X11-pool-memory'],
  ],
  [
    'X11',
    'between two pools of the same hosts',
    { ...toPool([aVm({ host: esx02().id, memoryBytes: 37 * GIB })], pool02(limited)), method: 'hot' },
    ['warning:X11-pool-memory'],
  ],
  [
    'X11',
    'CPU limit nearly reached',
    toPool([off()], pool02({ cpuLimitMhz: 10_000, cpuUsedMhz: 8_501 })),
    ['warning:X11-pool-cpu'],
  ],
  ['X11', 'CPU limit not yet', toPool([off()], pool02({ cpuLimitMhz: 10_000, cpuUsedMhz: 8_500 })), []],
  [
    'X11',
    'limit not told',
    toPool([off()], without(pool02(), 'memoryLimitBytes') as ResourcePool),
    ['undetermined:pool-limit'],
  ],
  [
    'X11',
    'use of a limited pool not told',
    toPool([off()], without(pool02(limited), 'memoryUsedBytes') as ResourcePool),
    ['undetermined:capacity'],
  ],
  [
    'X11',
    'CPU use of a limited pool not told',
    toPool([off()], without(pool02({ cpuLimitMhz: 9 }), 'cpuUsedMhz') as ResourcePool),
    ['undetermined:pool-cpu'],
  ],
  [
    'X11',
    'use of an unlimited pool not told',
    toPool([off()], without(pool02(), 'memoryUsedBytes', 'cpuUsedMhz') as ResourcePool),
    [],
  ],
  ['X11', 'pools that lie in each other', toPool([off()], outer({ parent: pool02().id })), []],
];

describe('X11: the limits of pools', () => {
  it.each(poolLimitCases)('%s: %s', (rule, _tried, question, expected) => {
    expect(answers(rule, question)).toEqual(expected);
  });

  it('X11 names the pool whose limit it is, with its numbers in bytes', () => {
    const finding = ask(toPool([off({ memoryBytes: 37 * GIB })], outer(limited))).find(
      ({ ruleId }) => ruleId === 'X11',
    );
    expect(finding?.evidence).toEqual({
      pool: 'outer',
      neededBytes: 37 * GIB,
      limitBytes: 96 * GIB,
      usedBytes: 60 * GIB,
    });
    expect(finding?.destination).toBe(pool02().id);
  });
});
