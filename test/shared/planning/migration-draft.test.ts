import { describe, expect, test } from 'vitest';
import { finding } from '../../../shared/domain/finding.ts';
import { operationId } from '../../../shared/domain/ids.ts';
import { operationSchema } from '../../../shared/ipc/schemas/migration.ts';
import {
  acknowledge,
  acknowledgementOf,
  checkKey,
  exclude,
  include,
  newDraft,
  operationOf,
  participationOf,
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

  test('a stopped VM is left out, because this version has no cold migration', () => {
    expect(participationOf(draftOf(report), report, [])).toEqual({
      kind: 'method-unavailable',
      method: 'cold-evacuate',
    });
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
    const operation = operationOf(draft, [web, report], []);
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
    expect(operationOf(draftOf(report), [report], [])).toBeNull();
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
