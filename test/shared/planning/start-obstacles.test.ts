import { describe, expect, test } from 'vitest';
import { finding } from '../../../shared/domain/finding.ts';
import { operationId } from '../../../shared/domain/ids.ts';
import { operationSchema } from '../../../shared/ipc/schemas/migration.ts';
import { type ColdChoices, usualColdChoices } from '../../../shared/planning/cold-choices.ts';
import { networkChoices } from '../../../shared/planning/destination-choices.ts';
import {
  acknowledge,
  exclude,
  mostVms,
  newDraft,
  operationOf,
  withCold,
  withNetwork,
} from '../../../shared/planning/migration-draft.ts';
import { type StartState, startObstacles } from '../../../shared/planning/start-obstacles.ts';
import { aFolder } from '../../support/evacuation-builders.ts';
import {
  aDatastore,
  aHost,
  aNetwork,
  aPool,
  aVm,
  destinationOf,
  idOf,
  inventoryOf,
} from '../../support/inventory-builders.ts';

const web = aVm({ name: 'web-01' });
const report = aVm({ name: 'report-01', powerState: 'off' });
const pool = destinationOf(aPool({ name: 'rp-staging' }));
const network = aNetwork();
const reachable = networkChoices([aHost({ networks: [network.id] })], inventoryOf(network));

const warning = finding(
  { ruleId: 'X20', severity: 'warning', vm: web.id, destination: pool.id, factReadAt: null },
  'X20',
  { vm: 'web-01', fault: 'RuleViolation', message: 'A DRS rule is lost', host: null },
);
const blocker = finding(
  { ruleId: 'D3', severity: 'blocker', vm: web.id, destination: pool.id, factReadAt: null },
  'D3',
  {
    vm: 'web-01',
    destination: 'rp-staging',
  },
);

const state = (facts: Partial<StartState> = {}): StartState => ({
  draft: newDraft(operationId('op-1'), [web.id], pool),
  vms: [web],
  blocked: [],
  facts: new Map([[web.id, web]]),
  hosts: [aHost()],
  datastores: [{ datastore: aDatastore(), freeBytes: null, missingBytes: null }],
  networks: reachable,
  folders: [],
  findings: [],
  check: 'fresh',
  ...facts,
});

const kinds = (facts: Partial<StartState>) => startObstacles(state(facts)).map((obstacle) => obstacle.kind);

describe('what stands in the way of a start', () => {
  test('nothing, for a clear and checked move', () => {
    expect(kinds({})).toEqual([]);
  });

  test('no pool was picked', () => {
    expect(kinds({ draft: newDraft(operationId('op-1'), [web.id], null) })).toEqual(['no-destination']);
  });

  test('no VM is left', () => {
    expect(kinds({ draft: exclude(state().draft, web.id) })).toEqual(['no-vm']);
  });

  describe('the evacuation image folder of a stopped VM', () => {
    const stopped = (cold: Partial<ColdChoices>, facts: Partial<StartState> = {}) =>
      startObstacles(
        state({
          draft: withCold(newDraft(operationId('op-1'), [report.id], pool), cold),
          vms: [report],
          facts: new Map([[report.id, report]]),
          folders: [aFolder()],
          ...facts,
        }),
      );
    const noFolder = finding(
      { ruleId: 'S9', severity: 'blocker', vm: null, destination: pool.id, factReadAt: null },
      'S9-no-folder',
      { neededBytes: 1 },
    );

    test('has to be chosen, which is said once', () => {
      expect(stopped({}, { findings: [noFolder] })).toEqual([{ kind: 'no-folder' }]);
      expect(stopped({ folder: '/evac' })).toEqual([]);
    });

    test('has to be usable, and still set up', () => {
      const folders = [aFolder({ problem: 'read-only' })];
      expect(stopped({ folder: '/evac' }, { folders })).toEqual([
        { kind: 'folder-unusable', folder: '/evac', problem: 'read-only' },
      ]);
      expect(stopped({ folder: '/gone' })).toEqual([{ kind: 'folder-unusable', folder: '/gone', problem: 'missing' }]);
      expect(stopped({ folder: '/evac' }, { folders: null })).toEqual([]);
    });

    test('is not asked for where the platform relocates the VM itself, or nothing stopped is left', () => {
      expect(stopped({ method: 'cold-direct' })).toEqual([]);
      expect(kinds({ folders: [] })).toEqual([]);
    });
  });

  test('an evacuation alone needs no destination and maps no network', () => {
    const far = aVm({ ...report, adapters: [{ key: '4000', label: 'NIC 1', network: idOf('network', 'net-far') }] });
    const draft = newDraft(operationId('op-1'), [far.id], null, {
      ...usualColdChoices,
      part: 'evacuate',
      folder: '/evac',
    });
    expect(kinds({ draft, vms: [far], facts: new Map([[far.id, far]]), folders: [aFolder()] })).toEqual([]);
  });

  test('more VMs than one operation holds', () => {
    const crowd = Array.from({ length: mostVms + 1 }, (_nothing, index) => aVm({ name: `web-${index}` }));
    const draft = newDraft(
      operationId('op-1'),
      crowd.map((vm) => vm.id),
      pool,
    );
    expect(kinds({ draft, vms: crowd })).toEqual(['too-many-vms']);
    expect(operationSchema.safeParse(operationOf(draft, crowd, [])).success).toBe(false);
    expect(operationSchema.safeParse(operationOf(draft, crowd.slice(1), [])).success).toBe(true);
  });

  test('a blocker, before an open warning', () => {
    expect(kinds({ findings: [warning, blocker] })).toEqual(['vm-blocked', 'warning-open']);
  });

  test('an acknowledged warning does not', () => {
    expect(kinds({ findings: [warning], draft: acknowledge(state().draft, [warning], 'agreed') })).toEqual([]);
  });

  test('a waived warning does not, a waived blocker does', () => {
    const waiver = { by: 'sato', reason: 'agreed for the quarter', until: 9_000 };
    expect(kinds({ findings: [{ ...warning, waiver }] })).toEqual([]);
    expect(kinds({ findings: [{ ...blocker, waiver }] })).toEqual(['vm-blocked']);
  });

  test('findings of a VM that was left out do not', () => {
    const other = aVm({ name: 'web-02' });
    const draft = exclude(newDraft(operationId('op-1'), [web.id, other.id], pool), web.id);
    expect(kinds({ draft, vms: [web, other], findings: [blocker, warning] })).toEqual([]);
  });

  test('an adapter without a network at the destination, until one is chosen', () => {
    const far = aVm({
      name: 'web-01',
      adapters: [{ key: '4000', label: 'Network adapter 1', network: idOf('network', 'net-far') }],
    });
    const facts = new Map([[far.id, far]]);
    expect(kinds({ facts })).toEqual(['network-missing']);
    expect(kinds({ facts, draft: withNetwork(state().draft, far.id, '4000', network.id) })).toEqual([]);
  });

  test('a chosen network that is gone, like one never chosen', () => {
    const draft = withNetwork(state().draft, web.id, '4000', idOf('network', 'net-gone'));
    expect(kinds({ draft })).toEqual(['network-missing']);
  });

  test('a chosen host or datastore that is no longer offered', () => {
    const draft = { ...state().draft, host: aHost().id, datastore: aDatastore().id };
    expect(kinds({ draft })).toEqual([]);
    expect(startObstacles(state({ draft, hosts: [] }))).toEqual([{ kind: 'choice-gone', what: 'host' }]);
    expect(startObstacles(state({ draft, datastores: [] }))).toEqual([{ kind: 'choice-gone', what: 'datastore' }]);
  });

  test.each(['running', 'stopped', 'failed'] as const)('a check that is %s', (check) => {
    expect(startObstacles(state({ check }))).toEqual([{ kind: 'not-checked', check }]);
  });

  test('a check is not asked for when every VM is blocked anyway', () => {
    expect(kinds({ blocked: [web.id], findings: [blocker], check: 'stopped' })).toEqual(['vm-blocked']);
  });
});
