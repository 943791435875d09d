import { describe, expect, test } from 'vitest';
import { finding } from '../../../shared/domain/finding.ts';
import { operationId, siteId } from '../../../shared/domain/ids.ts';
import { operationSchema } from '../../../shared/ipc/schemas/migration.ts';
import { type ColdChoices, usualColdChoices } from '../../../shared/planning/cold-choices.ts';
import { presentPool } from '../../../shared/planning/destination.ts';
import {
  acknowledge,
  acknowledgementOf,
  checkKey,
  exclude,
  include,
  newDraft,
  operationOf,
  participationOf,
  withCold,
  withDestination,
  withdrawAcknowledgement,
  withHost,
  withNetwork,
} from '../../../shared/planning/migration-draft.ts';
import {
  aCluster,
  aDatastore,
  aHost,
  aNetwork,
  aPool,
  aVmSummary,
  destinationOf,
  idOf,
  inventoryOf,
} from '../../support/inventory-builders.ts';

const web = aVmSummary({ name: 'web-01' });
const report = aVmSummary({ name: 'report-01', powerState: 'off' });
const pool = aPool({ name: 'rp-staging' });
const draftOf = (...vms: readonly { readonly id: typeof web.id }[]) =>
  newDraft(
    operationId('op-1'),
    vms.map((vm) => vm.id),
    destinationOf(pool),
  );

const warning = (vm: typeof web.id | null) =>
  finding({ ruleId: 'X20', severity: 'warning', vm, destination: pool.id, factReadAt: null }, 'X20', {
    vm: 'web-01',
    fault: 'RuleViolation',
    message: 'A DRS rule is lost',
    host: null,
  });

describe('who takes part', () => {
  test('a running VM moves hot', () => {
    expect(participationOf(draftOf(web), web, [])).toEqual({ kind: 'included', method: 'hot' });
  });

  test('a stopped VM moves cold: through the evacuation folder, or directly within one manager', () => {
    const direct = withCold(draftOf(report), { method: 'cold-direct' });
    expect(participationOf(draftOf(report), report, [])).toEqual({ kind: 'included', method: 'cold-evacuate' });
    expect(participationOf(direct, report, [])).toEqual({ kind: 'included', method: 'cold-direct' });
    expect(participationOf(direct, web, [])).toEqual({ kind: 'included', method: 'hot' });
    const elsewhere = aVmSummary({ name: 'far', site: siteId('site-b'), powerState: 'off' });
    expect(participationOf(direct, elsewhere, [])).toEqual({ kind: 'included', method: 'cold-evacuate' });
  });

  test('half a cold migration is for stopped VMs alone', () => {
    const evacuation = withCold(draftOf(web, report), { part: 'evacuate', method: 'cold-direct' });
    expect(participationOf(evacuation, web, [])).toEqual({ kind: 'blocked' });
    expect(participationOf(evacuation, report, [])).toEqual({ kind: 'included', method: 'cold-evacuate' });
  });

  test('a VM with a blocker stands in the way until it is excluded, and can be taken back', () => {
    const draft = draftOf(web);
    expect(participationOf(draft, web, [web.id]).kind).toBe('blocked');
    const without = exclude(draft, web.id);
    expect(participationOf(without, web, [web.id]).kind).toBe('excluded');
    expect(participationOf(include(without, web.id), web, [web.id]).kind).toBe('blocked');
  });

  test('a suspended VM moves neither way', () => {
    const suspended = aVmSummary({ powerState: 'suspended' });
    expect(participationOf(draftOf(suspended), suspended, []).kind).toBe('blocked');
  });
});

describe('the operation', () => {
  test('holds the included VMs alone and is what the contract accepts', () => {
    const host = idOf('host', 'esx-01');
    const draft = acknowledge(
      { ...withNetwork(draftOf(web, report), web.id, '4000', idOf('network', 'net-02')), host, atATime: 4 },
      [warning(null)],
      'agreed in CHG-1',
    );
    const operation = operationOf(exclude(draft, report.id), [web, report], []);
    expect(operationSchema.safeParse(operation).success).toBe(true);
    expect(operation).toEqual({
      id: 'op-1',
      destination: destinationOf(pool),
      moves: [
        {
          vm: web.id,
          vmName: 'web-01',
          method: 'hot',
          destination: destinationOf(pool),
          host,
          datastore: null,
          networkMap: { 4000: idOf('network', 'net-02') },
        },
      ],
      acknowledgements: [{ vm: web.id, ruleId: 'X20', reason: 'agreed in CHG-1' }],
      atATime: 4,
    });
  });

  test('is none without a pool, or when no VM is left', () => {
    expect(operationOf(newDraft(operationId('op-1'), [web.id], null), [web], [])).toBeNull();
    expect(operationOf(exclude(draftOf(web), web.id), [web], [])).toBeNull();
  });

  describe('of stopped VMs', () => {
    const planOf = (cold: Partial<ColdChoices>) =>
      operationOf(withCold(draftOf(web, report), cold), [web, report], [])?.moves.map((move) => move.evacuation);

    test('carries how they are evacuated, once a folder is chosen, and nothing for the others', () => {
      expect(planOf({})).toEqual([undefined, undefined]);
      expect(planOf({ folder: '/evac' })).toEqual([
        undefined,
        {
          part: 'whole',
          folder: '/evac',
          sourcePolicy: 'retain-until-restored',
          imagePolicy: 'delete-when-restored',
          powerOn: true,
        },
      ]);
      expect(planOf({ folder: '/evac', method: 'cold-direct' })).toEqual([undefined, undefined]);
    });

    test('hot and cold in one is what the contract accepts', () => {
      const both = operationOf(withCold(draftOf(web, report), { folder: '/evac' }), [web, report], []);
      expect(operationSchema.safeParse(both).success).toBe(true);
      expect(both?.moves.map((move) => move.method)).toEqual(['hot', 'cold-evacuate']);
    });

    test('that are only evacuated has each VM stay in its own pool, and is accepted for several pools', () => {
      const other = aVmSummary({ name: 'report-02', powerState: 'off', pool: idOf('pool', 'pool-02') });
      const cold = { ...usualColdChoices, part: 'evacuate', folder: '/evac' } as const;
      const draft = newDraft(operationId('op-1'), [report.id, other.id], null, cold);
      const inventory = inventoryOf(aPool({ name: 'pool-01' }), aPool({ name: 'pool-02' }));
      const presentPools = new Map(
        [report, other].flatMap((vm) => {
          const own = presentPool(vm, inventory);
          return own === null ? [] : [[vm.id, own] as const];
        }),
      );
      const operation = operationOf(draft, [report, other], [], { presentPools });
      expect(operationSchema.safeParse(operation).success).toBe(true);
      expect(operation?.moves.map((move) => [move.destination.name, move.evacuation?.part])).toEqual([
        ['pool-01', 'evacuate'],
        ['pool-02', 'evacuate'],
      ]);
    });

    test('that are restored name their image', () => {
      expect(planOf({ part: 'restore', folder: '/evac', image: 'report-01 T-7' })).toMatchObject([
        { part: 'restore', image: 'report-01 T-7' },
      ]);
    });
  });

  test('names a VM once, even if it was dragged in twice', () => {
    expect(draftOf(web, web).vms).toEqual([web.id]);
  });
});

describe('choices', () => {
  const near = aHost({ name: 'near', datastores: [idOf('datastore', 'ds-near')], networks: [idOf('network', 'n')] });
  const far = aHost({ name: 'far', datastores: [idOf('datastore', 'ds-far')], networks: [] });
  const inventory = inventoryOf(
    aCluster(),
    pool,
    near,
    far,
    aDatastore({ name: 'ds-near' }),
    aDatastore({ name: 'ds-far' }),
    aNetwork({ name: 'n' }),
  );

  test('another host drops the datastore and the network it does not reach', () => {
    const chosen = withNetwork(
      { ...draftOf(web), datastore: idOf('datastore', 'ds-near') },
      web.id,
      '4000',
      idOf('network', 'n'),
    );
    const nearby = withHost(chosen, near.id, inventory);
    expect(nearby.datastore).toBe(idOf('datastore', 'ds-near'));
    expect(nearby.networks.get(web.id)).toEqual({ 4000: idOf('network', 'n') });
    const away = withHost(chosen, far.id, inventory);
    expect(away.datastore).toBeNull();
    expect(away.networks.get(web.id)).toEqual({});
  });

  test('a host that is not of the destination is not taken', () => {
    expect(withHost(draftOf(web), idOf('host', 'stranger'), inventory).host).toBeNull();
  });

  test('another pool takes back what was chosen and accepted for the former one', () => {
    const other = destinationOf(aPool({ name: 'rp-other' }));
    const draft = withDestination(acknowledge(draftOf(web), [warning(web.id)], 'fine by me'), other);
    expect(draft).toMatchObject({ destination: other, host: null, acknowledgements: [] });
    expect(withDestination(draft, other)).toBe(draft);
  });

  test('a network given back to an adapter is not sent', () => {
    const chosen = withNetwork(draftOf(web), web.id, '4000', idOf('network', 'n'));
    expect(withNetwork(chosen, web.id, '4000', null).networks.get(web.id)).toEqual({});
  });
});

describe('what a check answers for', () => {
  const key = (draft: ReturnType<typeof draftOf>) => {
    const operation = operationOf(draft, [web], []);
    return operation === null ? null : checkKey(operation);
  };

  test('does not change with a reason, or with the order in which networks were chosen', () => {
    const draft = draftOf(web);
    expect(key(acknowledge(draft, [warning(web.id)], 'agreed'))).toBe(key(draft));
    const [a, b] = [idOf('network', 'a'), idOf('network', 'b')];
    expect(key(withNetwork(withNetwork(draft, web.id, '1', a), web.id, '2', b))).toBe(
      key(withNetwork(withNetwork(draft, web.id, '2', b), web.id, '1', a)),
    );
  });

  test('changes with every choice the rules look at', () => {
    const draft = draftOf(web);
    const others = [
      { ...draft, host: idOf('host', 'esx-02') },
      { ...draft, datastore: idOf('datastore', 'ds-02') },
      { ...draft, atATime: 9 },
      { ...draft, destination: destinationOf(aPool({ name: 'rp-other' })) },
      withNetwork(draft, web.id, '4000', idOf('network', 'net-02')),
    ];
    for (const other of others) expect(key(other)).not.toBe(key(draft));
  });

  test('changes with the choices for stopped VMs that the rules look at, where one takes part', () => {
    const keyOf = (cold: Partial<ColdChoices>, vms = [web, report]) => {
      const operation = operationOf(withCold(draftOf(...vms), { folder: '/evac', ...cold }), vms, []);
      return operation === null ? null : checkKey(operation);
    };
    const choices: readonly Partial<ColdChoices>[] = [
      { folder: '/other' },
      { method: 'cold-direct' },
      { sourcePolicy: 'delete-before-restore' },
      { imagePolicy: 'keep' },
      { folder: null },
    ];
    for (const choice of choices) {
      expect(keyOf(choice)).not.toBe(keyOf({}));
      expect(keyOf(choice, [web])).toBe(keyOf({}, [web]));
    }
    expect(keyOf({ powerOn: false })).toBe(keyOf({}));
  });
});

describe('acknowledging', () => {
  test('keeps the reason without blanks, and the later reason wins', () => {
    const first = acknowledge(draftOf(web), [warning(web.id)], '  first reason ');
    expect(acknowledgementOf(first, warning(web.id))?.reason).toBe('first reason');
    const second = acknowledge(first, [warning(web.id)], 'second reason');
    expect(second.acknowledgements).toEqual([{ vm: web.id, ruleId: 'X20', reason: 'second reason' }]);
  });

  test('can be withdrawn', () => {
    const draft = withdrawAcknowledgement(acknowledge(draftOf(web), [warning(web.id)], 'agreed'), warning(web.id));
    expect(acknowledgementOf(draft, warning(web.id))).toBeNull();
  });

  test('of a finding about the whole operation holds for every VM', () => {
    const other = aVmSummary({ name: 'web-02' });
    const draft = acknowledge(draftOf(web, other), [warning(null)], 'agreed');
    expect(draft.acknowledgements.map((one) => one.vm)).toEqual([web.id, other.id]);
    expect(acknowledgementOf(draft, warning(null))).not.toBeNull();
  });

  test('needs a reason of three characters', () => {
    expect(() => acknowledge(draftOf(web), [warning(web.id)], ' ok ')).toThrow(RangeError);
  });
});
