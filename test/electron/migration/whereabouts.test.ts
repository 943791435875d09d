import { describe, expect, it } from 'vitest';
import { createPlaceBook } from '../../../electron/migration/place-book.ts';
import { whereaboutsOf } from '../../../electron/migration/whereabouts.ts';
import type { Destination, Placement } from '../../../shared/domain/migration.ts';
import {
  aCluster,
  aHost,
  aMove,
  aPool,
  aVApp,
  aVm,
  destinationOf,
  idOf,
  inventoryOf,
  without,
} from '../../support/inventory-builders.ts';
import { originPlacement } from '../../support/task-samples.ts';

const root = aPool({ name: 'root', isRoot: true, owner: idOf('cluster', 'big') });
const cluster = aCluster({ name: 'big', rootPool: root.id });
const inside = aHost({ name: 'inside', cluster: cluster.id });
const alone = aHost({ name: 'alone', cluster: null, rootPool: idOf('pool', 'alone-root') });
const failover = aCluster({ name: 'failover', rootPool: null });
const node = aHost({ name: 'node', cluster: failover.id });
const inventory = inventoryOf(root, cluster, inside, alone, failover, node);

const at = (host: string, pool: string | null, datastore = 'ds-01'): Placement => ({
  host: idOf('host', host),
  pool: pool === null ? null : idOf('pool', pool),
  datastores: [idOf('datastore', datastore)],
});
const find = (destination: Destination, placement: Placement | null, facts = {}, origin = originPlacement) =>
  whereaboutsOf({ move: aMove(aVm(), destination, facts), origin }, placement, (id) => inventory.get(id));

describe('where a VM is, as seen from its task', () => {
  const pool = destinationOf(aPool({ name: 'pool-02' }));

  it.each([
    ['pool: in it', pool, at('any', 'pool-02'), 'at-destination'],
    ['pool: in the old one', pool, at('esx-01', 'pool-01'), 'at-origin'],
    ['pool: in the old one, on another host', pool, at('esx-09', 'pool-01'), 'at-origin'],
    ['pool: in a third one', pool, at('esx-01', 'pool-03'), 'elsewhere'],
    ['vApp: in it', { ...destinationOf(aVApp()), id: idOf('pool', 'v') }, at('any', 'v'), 'at-destination'],
    ['host in a cluster', destinationOf(inside), at('inside', 'pool-01'), 'at-destination'],
    ['host: still on the old one', destinationOf(inside), at('esx-01', 'pool-01'), 'at-origin'],
    ['host of its own: in its top pool', destinationOf(alone), at('alone', 'alone-root'), 'at-destination'],
    ['host of its own: in a pool below', destinationOf(alone), at('alone', 'below'), 'elsewhere'],
    ['cluster: in its top pool', destinationOf(cluster), at('inside', 'root'), 'at-destination'],
    ['cluster: in a pool below', destinationOf(cluster), at('inside', 'pool-01'), 'at-origin'],
    ['cluster: on a host outside', destinationOf(cluster), at('alone', 'alone-root'), 'elsewhere'],
    ['cluster without pools', destinationOf(failover), at('node', null), 'at-destination'],
    ['a host nobody can tell anything of', destinationOf(cluster), at('unheard-of', 'root'), 'elsewhere'],
  ] as const)('%s', (_, destination, placement, expected) => {
    expect(find(destination, placement)).toBe(expected);
  });

  it('is gone when the platform does not know it', () => {
    expect(find(pool, null)).toBe('gone');
  });

  it('without pools, the host is the home', () => {
    const origin = at('node-1', null);
    expect(find(destinationOf(node), at('node-1', null), {}, origin)).toBe('at-origin');
    expect(find(destinationOf(node), at('node-2', null), {}, origin)).toBe('elsewhere');
  });

  it('counts the datastore that was asked for', () => {
    const datastore = idOf('datastore', 'ds-02');
    expect(find(pool, at('any', 'pool-02', 'ds-02'), { datastore })).toBe('at-destination');
    expect(find(pool, at('any', 'pool-02', 'ds-01'), { datastore })).toBe('elsewhere');
  });
});

describe('where a VM is when its task is made', () => {
  const facts = aVm({ pool: root.id, datastores: [idOf('datastore', 'ds-07')] });
  const places = (vm = facts) =>
    createPlaceBook({ view: () => inventoryOf(vm, root, cluster), facts: () => [{ vm }] }, () => 'Site A');

  it('is called by the owner of a hidden pool, and known with datastores and identity', () => {
    expect(places().originOf(facts.id)).toEqual({
      vmName: 'web-01',
      placement: { host: facts.host, pool: root.id, datastores: [idOf('datastore', 'ds-07')] },
      placeName: 'big',
      instanceUuid: 'uuid-of-web-01',
    });
  });

  it('is known without what the inventory did not tell', () => {
    const silent = without(aVm({ pool: null, host: null }), 'instanceUuid', 'datastores');
    expect(places(silent).originOf(silent.id)).toEqual({
      vmName: 'web-01',
      placement: { host: null, pool: null, datastores: [] },
      placeName: '',
    });
    const nameless = aVm({ pool: idOf('pool', 'unheard-of') });
    expect(places(nameless).originOf(nameless.id)?.placeName).toBe('pool-unheard-of');
  });

  it('is not known for a VM that is not in the inventory', () => {
    expect(places().originOf(idOf('vm', 'nobody'))).toBeNull();
    expect(places().originOf(cluster.id)).toBeNull();
  });
});
