import { describe, expect, it } from 'vitest';
import type { ManagedRef } from '../../../../../electron/hypervisors/vsphere/managed-ref.ts';
import {
  type CandidateHost,
  type ComputeResource,
  type MoveFacts,
  planMove,
} from '../../../../../electron/hypervisors/vsphere/moves/move-plan.ts';
import type { DestinationKind } from '../../../../../shared/domain/migration.ts';

const ref = (type: string, value: string): ManagedRef => ({ type, value });
const here = ref('Datastore', 'ds-here');
const there = ref('Datastore', 'ds-there');
const host = (value: string, facts: Partial<CandidateHost> = {}): CandidateHost => ({
  ref: ref('HostSystem', value),
  usable: true,
  datastores: [here, there],
  freeMemoryBytes: 10,
  ...facts,
});
const cluster = (name: string, hosts: readonly CandidateHost[] = [host(`${name}-1`)]): ComputeResource => ({
  ref: ref('ClusterComputeResource', name),
  rootPool: ref('ResourcePool', `${name}-root`),
  hosts,
});
const standalone: ComputeResource = {
  ref: ref('ComputeResource', 'alone'),
  rootPool: ref('ResourcePool', 'alone-root'),
  hosts: [host('alone-1')],
};

const facts = (
  kind: DestinationKind,
  to: ManagedRef,
  owner: ComputeResource,
  other: Partial<MoveFacts> = {},
): MoveFacts => ({
  vm: ref('VirtualMachine', 'vm-1'),
  currentHost: ref('HostSystem', 'a-1'),
  currentDatastores: [here],
  currentOwner: ref('ClusterComputeResource', 'a'),
  destination: { kind, ref: to },
  destinationOwner: owner,
  singleHost: false,
  ...other,
});
const free = { host: null, datastore: null };

describe('a move within the cluster', () => {
  const home = cluster('a', [host('a-1'), host('a-2')]);

  it('to a host keeps the pool', () => {
    expect(planMove(facts('host', ref('HostSystem', 'a-2'), home), free)).toEqual({
      relocate: { datastore: null, pool: null, host: ref('HostSystem', 'a-2') },
      thenInto: null,
    });
  });

  it('to a pool keeps the host', () => {
    expect(planMove(facts('resource-pool', ref('ResourcePool', 'p'), home), free)).toEqual({
      relocate: { datastore: null, pool: ref('ResourcePool', 'p'), host: ref('HostSystem', 'a-1') },
      thenInto: null,
    });
  });

  it('to the cluster itself is one to its root pool', () => {
    expect(planMove(facts('cluster', home.ref, home), free).relocate).toEqual({
      datastore: null,
      pool: home.rootPool,
      host: ref('HostSystem', 'a-1'),
    });
  });

  it('into a vApp is a change of pool and no relocation', () => {
    const vapp = ref('VirtualApp', 'v');
    expect(planMove(facts('vapp', vapp, home), free)).toEqual({ relocate: null, thenInto: vapp });
  });

  it('into a vApp and to another datastore or host is a relocation first', () => {
    const vapp = ref('VirtualApp', 'v');
    expect(planMove(facts('vapp', vapp, home), { host: null, datastore: there })).toEqual({
      relocate: { datastore: there, pool: null, host: ref('HostSystem', 'a-1') },
      thenInto: vapp,
    });
    expect(
      planMove(facts('vapp', vapp, home), { host: ref('HostSystem', 'a-2'), datastore: null }).relocate?.host,
    ).toEqual(ref('HostSystem', 'a-2'));
  });
});

describe('a move to elsewhere', () => {
  it('names pool and host for every kind of destination', () => {
    const away = cluster('b');
    const vapp = ref('VirtualApp', 'v');
    const plans = [
      planMove(facts('host', ref('HostSystem', 'b-1'), away), free),
      planMove(facts('cluster', away.ref, away), free),
      planMove(facts('resource-pool', ref('ResourcePool', 'p'), away), free),
      planMove(facts('vapp', vapp, away), free),
    ];
    const toHost = { datastore: null, host: ref('HostSystem', 'b-1') };
    expect(plans).toEqual([
      { relocate: { ...toHost, pool: away.rootPool }, thenInto: null },
      { relocate: { ...toHost, pool: away.rootPool }, thenInto: null },
      { relocate: { ...toHost, pool: ref('ResourcePool', 'p') }, thenInto: null },
      { relocate: { ...toHost, pool: away.rootPool }, thenInto: vapp },
    ]);
  });

  it('to a standalone host goes to its root pool, also from a pool further down on it', () => {
    const to = ref('HostSystem', 'alone-1');
    const expected = { datastore: null, pool: standalone.rootPool, host: to };
    expect(planMove(facts('host', to, standalone), free).relocate).toEqual(expected);
    const onIt = { currentOwner: standalone.ref, currentHost: to };
    expect(planMove(facts('host', to, standalone, onIt), free).relocate).toEqual(expected);
  });

  it('follows the host and the datastore a person chose', () => {
    const away = cluster('b', [host('b-1'), host('b-2')]);
    const wishes = { host: ref('HostSystem', 'b-2'), datastore: there };
    expect(planMove(facts('cluster', away.ref, away), wishes).relocate).toEqual({
      datastore: there,
      pool: away.rootPool,
      host: ref('HostSystem', 'b-2'),
    });
  });

  it('works for a VM that is in no pool, as a template is', () => {
    const away = cluster('b');
    const nowhere = { currentOwner: null, currentHost: null };
    expect(planMove(facts('cluster', away.ref, away, nowhere), free).relocate?.pool).toEqual(away.rootPool);
  });
});

describe('the host, where nobody chose one', () => {
  const choice = (hosts: readonly CandidateHost[], datastore: ManagedRef | null = null): string | undefined => {
    const away = cluster('b', hosts);
    return planMove(facts('cluster', away.ref, away), { host: null, datastore }).relocate?.host?.value;
  };

  it('is the one with the most memory left', () => {
    expect(choice([host('small', { freeMemoryBytes: 5 }), host('big', { freeMemoryBytes: 50 })])).toBe('big');
  });

  it('is none that is disconnected or in maintenance', () => {
    expect(choice([host('big', { usable: false, freeMemoryBytes: 50 }), host('small')])).toBe('small');
  });

  it('is one that sees the datastore', () => {
    const blind = host('blind', { datastores: [there], freeMemoryBytes: 50 });
    expect(choice([blind, host('sees')])).toBe('sees');
    expect(choice([blind, host('sees', { datastores: [here] })], there)).toBe('blind');
  });

  it('is the same one every time among equals', () => {
    expect(choice([host('b'), host('a')])).toBe('a');
    expect(choice([host('a'), host('b')])).toBe('a');
  });

  it('is left to the server when none can be told', () => {
    expect(choice([])).toBeUndefined();
    expect(choice([host('x', { usable: false })])).toBeUndefined();
    expect(choice([host('blind', { datastores: [] })])).toBe('blind');
  });
});

describe('a server that is one host', () => {
  const esxi = { singleHost: true, currentOwner: standalone.ref, currentHost: ref('HostSystem', 'alone-1') };

  it('changes the pool, which is all there is to move', () => {
    const pool = ref('ResourcePool', 'p');
    expect(planMove(facts('resource-pool', pool, standalone, esxi), free)).toEqual({ relocate: null, thenInto: pool });
    const to = ref('HostSystem', 'alone-1');
    expect(planMove(facts('host', to, standalone, esxi), free)).toEqual({
      relocate: null,
      thenInto: standalone.rootPool,
    });
  });

  it('is asked to relocate when the disks are to go elsewhere', () => {
    const pool = ref('ResourcePool', 'p');
    expect(planMove(facts('resource-pool', pool, standalone, esxi), { host: null, datastore: there }).relocate).toEqual(
      {
        datastore: there,
        pool,
        host: ref('HostSystem', 'alone-1'),
      },
    );
  });
});
