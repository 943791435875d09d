import { describe, expect, test } from 'vitest';
import { capacitiesOf, moveEffect, noEffect } from '../../../renderer/features/pool-details/capacity.ts';
import { InventoryIndex } from '../../../renderer/stores/inventory-index.ts';
import type { InfrastructureEntity } from '../../../shared/domain/inventory.ts';
import { aDatastore, aPool, defaultSite, GIB, without } from '../../support/inventory-builders.ts';
import {
  cluster,
  datacenter,
  datastore,
  esx1,
  esx2,
  infrastructure,
  proxy,
  web,
  web1,
  web2,
} from '../inventory-tree/sample-site.ts';

const indexOf = (...changed: readonly InfrastructureEntity[]): InventoryIndex => {
  const index = new InventoryIndex();
  index.apply({
    site: defaultSite,
    reset: true,
    infrastructure: [...infrastructure, ...changed],
    vms: [],
    removals: [],
    complete: true,
  });
  return index;
};

const byResource = (place: InfrastructureEntity, index = indexOf(), effect = noEffect) =>
  Object.fromEntries(capacitiesOf(place, index, effect).map((capacity) => [capacity.resource, capacity]));

describe('what a place has', () => {
  test('a host: its CPU and memory, and the datastores it reaches', () => {
    const { cpu, memory, storage } = byResource(esx1);
    expect(cpu).toMatchObject({ used: esx1.cpuUsedMhz, total: esx1.cpuTotalMhz });
    expect(memory).toMatchObject({ used: esx1.memoryUsedBytes, total: esx1.memoryTotalBytes });
    expect(storage).toMatchObject({ names: ['ds-01'], nearlyFull: ['ds-01'], used: 900 * GIB, total: 1_000 * GIB });
  });

  test('a cluster: the sum of its hosts that answer', () => {
    expect(byResource(cluster).cpu?.total).toBe((esx1.cpuTotalMhz ?? 0) + (esx2.cpuTotalMhz ?? 0));
    const silent = { ...esx2, connection: 'not-responding' } as const;
    expect(byResource(cluster, indexOf(silent)).cpu?.total).toBe(esx1.cpuTotalMhz);
  });

  test('half a sum is no sum: a host that did not tell takes the meter away', () => {
    const silent = without(esx2, 'cpuUsedMhz') as typeof esx2;
    expect(byResource(cluster, indexOf(silent)).cpu).toBeUndefined();
    expect(byResource(cluster, indexOf(silent)).memory).toBeDefined();
  });

  test('a pool with a limit has that, one without has what its cluster has', () => {
    const limited = { ...web, cpuUsedMhz: 1_000, cpuLimitMhz: 4_000, memoryUsedBytes: GIB, memoryLimitBytes: null };
    const { cpu, memory } = byResource(limited, indexOf(limited));
    expect(cpu).toMatchObject({ used: 1_000, total: 4_000 });
    expect(memory?.total).toBe((esx1.memoryTotalBytes ?? 0) + (esx2.memoryTotalBytes ?? 0));
  });

  test('several datastores are summed up, those nearly full are named, those out of use left out', () => {
    const another = (name: string, facts: Partial<typeof datastore> = {}) =>
      aDatastore({ name, capacityBytes: 1_000 * GIB, freeBytes: 900 * GIB, ...facts });
    const stores = [
      another('ds-roomy'),
      another('ds-lost', { accessible: false, freeBytes: 0 }),
      another('ds-resting', { inMaintenance: true, freeBytes: 0 }),
      another('ds-small', { capacityBytes: 0 }),
    ];
    const host = { ...esx1, datastores: [datastore.id, ...stores.map(({ id }) => id)] };
    const { storage } = byResource(host, indexOf(host, ...stores));
    expect(storage).toMatchObject({
      names: ['ds-01', 'ds-roomy'],
      nearlyFull: ['ds-01'],
      used: 1_000 * GIB,
      total: 2_000 * GIB,
    });
  });

  test('a data center has no meters, nor has a pool that tells nothing', () => {
    expect(capacitiesOf(datacenter, indexOf(), noEffect)).toEqual([]);
    const silent = without(aPool({ name: 'silent', owner: datacenter.id }), 'cpuUsedMhz', 'memoryUsedBytes');
    expect(capacitiesOf(silent as typeof web, indexOf(), noEffect)).toEqual([]);
  });
});

describe('what a move would change', () => {
  test('only running VMs hold memory of a host', () => {
    expect(moveEffect([web1, web2, proxy], 'leave')).toEqual({ memoryBytes: -4 * GIB });
    expect(moveEffect([web1], 'come')).toEqual({ memoryBytes: 4 * GIB });
    expect(byResource(esx1, indexOf(), moveEffect([web1], 'come')).memory?.change).toBe(4 * GIB);
    expect(byResource(esx1, indexOf(), moveEffect([web1], 'come')).cpu?.change).toBe(0);
  });
});
