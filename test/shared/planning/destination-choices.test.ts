import { describe, expect, test } from 'vitest';
import type { EntityId } from '../../../shared/domain/ids.ts';
import {
  bytesToCopy,
  datastoreChoices,
  disksCanStay,
  hostsFor,
  hostsInQuestion,
  networkAtDestination,
  networkChoices,
  networkMapOf,
} from '../../../shared/planning/destination-choices.ts';
import {
  aCluster,
  aDatastore,
  aHost,
  aNetwork,
  aPool,
  aVm,
  destinationOf,
  GIB,
  idOf,
  inventoryOf,
  without,
} from '../../support/inventory-builders.ts';

const cluster = aCluster();
const pool = aPool({ name: 'rp-web' });
const ids = (things: readonly { readonly id: EntityId }[]) => things.map((thing) => thing.id);

describe('hosts at a destination', () => {
  const first = aHost({ name: 'esx-2' });
  const second = aHost({ name: 'esx-10' });
  const parked = aHost({ name: 'esx-3', inMaintenance: true });
  const silent = aHost({ name: 'esx-4', connection: 'not-responding' });
  const elsewhere = aHost({ name: 'esx-9', cluster: null });
  const inventory = inventoryOf(cluster, pool, second, first, parked, silent, elsewhere);

  test('a pool of a cluster offers the usable hosts of that cluster, in the order people count', () => {
    expect(ids(hostsFor(destinationOf(pool), inventory))).toEqual([first.id, second.id]);
    expect(ids(hostsFor(destinationOf(cluster), inventory))).toEqual([first.id, second.id]);
  });

  test('a host is its own and only choice', () => {
    expect(ids(hostsFor(destinationOf(first), inventory))).toEqual([first.id]);
  });

  test('a pool of a standalone host offers that host', () => {
    const own = aPool({ name: 'own', owner: elsewhere.id });
    expect(ids(hostsFor(destinationOf(own), inventoryOf(own, elsewhere, first)))).toEqual([elsewhere.id]);
  });

  test('a pool that is gone from the inventory offers nothing', () => {
    expect(hostsFor(destinationOf(aPool({ name: 'gone' })), inventory)).toEqual([]);
  });

  test('a chosen host alone is in question', () => {
    expect(ids(hostsInQuestion(destinationOf(pool), second.id, inventory))).toEqual([second.id]);
    expect(ids(hostsInQuestion(destinationOf(pool), null, inventory))).toEqual([first.id, second.id]);
  });
});

describe('datastores at a destination', () => {
  const small = aDatastore({ name: 'ds-small', freeBytes: 10 * GIB });
  const large = aDatastore({ name: 'ds-large', freeBytes: 900 * GIB });
  const silent = without(aDatastore({ name: 'ds-silent' }), 'freeBytes');
  const lost = aDatastore({ name: 'ds-lost', accessible: false });
  const parked = aDatastore({ name: 'ds-parked', inMaintenance: true });
  const all = [small, large, silent, lost, parked];
  const host = aHost({ datastores: ids(all) });
  const vm = aVm();

  test('offers what can be written, with the room it lacks for the disks', () => {
    expect(
      datastoreChoices([host], [vm], inventoryOf(...all, host)).map((choice) => [
        choice.datastore.name,
        choice.missingBytes,
      ]),
    ).toEqual([
      ['ds-large', 0],
      ['ds-silent', null],
      ['ds-small', 30 * GIB],
    ]);
  });

  test('disks that are already there need no room', () => {
    const settled = aVm({
      disks: [{ key: '1', label: 'Hard disk 1', capacityBytes: 40 * GIB, datastore: small.id, backing: 'file' }],
    });
    const [choice] = datastoreChoices([aHost({ datastores: [small.id] })], [settled], inventoryOf(small));
    expect(choice?.missingBytes).toBe(0);
  });

  test('several VMs need room together', () => {
    const other = aVm({ name: 'web-02' });
    const [choice] = datastoreChoices([aHost({ datastores: [small.id] })], [vm, other], inventoryOf(small));
    expect(choice?.missingBytes).toBe(70 * GIB);
  });
});

describe('networks at a destination', () => {
  const here = aNetwork({ name: 'net-here' });
  const uplink = aNetwork({ name: 'net-uplink', isUplink: true });
  const closed = aNetwork({ name: 'net-closed', accessible: false });
  const first = aHost({ name: 'esx-1', networks: [here.id, uplink.id, closed.id] });
  const second = aHost({ name: 'esx-2', networks: [] });
  const choices = networkChoices([first, second], inventoryOf(here, uplink, closed));

  test('offers networks a VM can use and tells how many hosts reach them', () => {
    expect(choices.map((choice) => [choice.network.name, choice.hostCount])).toEqual([['net-here', 1]]);
  });

  const adapter = (facts: { network?: EntityId | null; networkName?: string }) => ({
    key: '4000',
    label: 'Network adapter 1',
    ...facts,
  });
  const far = idOf('network', 'net-far');

  test.each([
    ['its own where that is', { network: here.id }, undefined, { kind: 'same', network: here.id }],
    [
      'one of the same name',
      { network: far, networkName: 'net-here' },
      undefined,
      { kind: 'same-name', network: here.id },
    ],
    ['the chosen one', { network: far }, here.id, { kind: 'chosen', network: here.id }],
    ['none when its own is missing', { network: far, networkName: 'net-far' }, undefined, { kind: 'missing' }],
    ['none when the chosen one is gone', { network: here.id }, far, { kind: 'missing' }],
    ['none when it uses none', { network: null }, undefined, { kind: 'none' }],
    ['nobody knows which', {}, undefined, { kind: 'unknown' }],
  ] as const)('an adapter gets %s', (_words, facts, chosen, expected) => {
    expect(networkAtDestination(adapter(facts), chosen, choices)).toEqual(expected);
  });

  test('only adapters that change their network are mapped', () => {
    const vm = aVm({
      adapters: [
        { key: 'own', label: 'Network adapter 1', network: here.id },
        { key: 'named', label: 'Network adapter 2', network: far, networkName: 'net-here' },
        { key: 'chosen', label: 'Network adapter 3', network: far },
        { key: 'missing', label: 'Network adapter 4', network: far },
      ],
    });
    expect(networkMapOf(vm, { chosen: here.id }, choices)).toEqual({ named: here.id, chosen: here.id });
  });
});

describe('bytes to copy', () => {
  const near = aHost({ name: 'near', datastores: [idOf('datastore', 'ds-01')] });
  const far = aHost({ name: 'far', datastores: [idOf('datastore', 'ds-02')] });

  test('nothing when every host reaches the disks', () => {
    expect(disksCanStay(aVm(), [near])).toBe(true);
    expect(bytesToCopy(aVm(), null, [near])).toBe(0);
  });

  test('all disks when a host does not reach them', () => {
    expect(disksCanStay(aVm(), [near, far])).toBe(false);
    expect(bytesToCopy(aVm(), null, [near, far])).toBe(40 * GIB);
  });

  test('the disks that are not yet on the chosen datastore', () => {
    expect(bytesToCopy(aVm(), idOf('datastore', 'ds-02'), [near])).toBe(40 * GIB);
    expect(bytesToCopy(aVm(), idOf('datastore', 'ds-01'), [near])).toBe(0);
  });

  test('is not known when the platform did not tell the datastores', () => {
    expect(bytesToCopy(without(aVm(), 'datastores'), null, [near])).toBeNull();
  });
});
