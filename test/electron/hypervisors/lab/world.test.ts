import { describe, expect, it } from 'vitest';
import { createLabWorld } from '../../../../electron/hypervisors/lab/lab-world.ts';
import { hyperVWorld } from '../../../../electron/hypervisors/lab/world/hyperv-world.ts';
import { vmwareWorld } from '../../../../electron/hypervisors/lab/world/vmware-world.ts';
import type { WorldState } from '../../../../electron/hypervisors/lab/world/world-state.ts';
import { nativeIdOf, siteId } from '../../../../shared/domain/ids.ts';
import type { Entity } from '../../../../shared/domain/inventory.ts';
import { danglingReferences } from '../../../contract/dangling-references.ts';

const site = siteId('lab');
const vmware = vmwareWorld(site);
const hyperV = hyperVWorld(site);

const of = <Kind extends Entity['kind']>(world: WorldState, kind: Kind): readonly Extract<Entity, { kind: Kind }>[] =>
  world.entities.filter((entity): entity is Extract<Entity, { kind: Kind }> => entity.kind === kind);

const named = <Kind extends Entity['kind']>(world: WorldState, kind: Kind, name: string) => {
  const entity = of(world, kind).find((each) => each.name === name);
  if (entity === undefined) throw new Error(`no ${kind} ${name}`);
  return entity;
};

describe("the lab's worlds", () => {
  it('hold about two hundred VMs together', () => {
    const counts = [vmware, hyperV].map((world) => of(world, 'virtual-machine').length);
    expect(counts).toEqual([132, 69]);
  });

  for (const [name, world, build] of [
    ['VMware', vmware, vmwareWorld],
    ['Hyper-V', hyperV, hyperVWorld],
  ] as const) {
    it(`are the same every time: ${name}`, () => {
      expect(build(site)).toEqual(world);
    });

    it(`keep their ids on every site: ${name}`, () => {
      const elsewhere = build(siteId('other'));
      expect(elsewhere.entities.map(({ id }) => nativeIdOf(id))).toEqual(
        world.entities.map(({ id }) => nativeIdOf(id)),
      );
    });

    it(`have no two objects of one id and no reference that leads nowhere: ${name}`, () => {
      const byId = new Map(world.entities.map((entity) => [entity.id, entity]));
      expect(byId.size).toBe(world.entities.length);
      expect(danglingReferences(byId)).toEqual([]);
    });

    it(`put every VM on a host that has its datastores and its networks: ${name}`, () => {
      for (const vm of of(world, 'virtual-machine')) {
        const host = of(world, 'host').find(({ id }) => id === vm.host);
        expect(host?.datastores, vm.name).toEqual(expect.arrayContaining([...(vm.datastores ?? [])]));
        const networks = (vm.adapters ?? []).map(({ network }) => network);
        expect(host?.networks, vm.name).toEqual(expect.arrayContaining(networks));
      }
    });

    it(`give no host more than it has: ${name}`, () => {
      for (const entity of createLabWorld(world).entities()) {
        if (entity.kind !== 'host') continue;
        expect(entity.memoryUsedBytes, entity.name).toBeLessThan(entity.memoryTotalBytes ?? 0);
        expect(entity.cpuUsedMhz, entity.name).toBeLessThan(entity.cpuTotalMhz ?? 0);
      }
    });

    it(`give VMs that lie together in a folder different names: ${name}`, () => {
      const places = of(world, 'virtual-machine').map(({ parent, name: vm }) => `${parent} ${vm}`);
      expect(new Set(places).size).toBe(places.length);
    });
  }

  it('count what a pool uses over the pools below it', () => {
    const world = createLabWorld(vmware);
    const pools = [...world.entities()].filter((entity) => entity.kind === 'resource-pool' || entity.kind === 'vapp');
    const used = (name: string): number => pools.find((pool) => pool.name === name)?.memoryUsedBytes ?? 0;
    const below = ['rp-web', 'rp-app', 'rp-db', 'vapp-crm', 'vapp-erp'].map(used);
    expect(used('rp-web')).toBeGreaterThan(0);
    expect(used('rp-prod')).toBe(below.reduce((sum, bytes) => sum + bytes, 0));
  });

  it('have the VMware places that are worth practising with', () => {
    expect(of(vmware, 'datacenter').map(({ name }) => name)).toEqual(['TYO-1', 'OSA-1']);
    const clusters = of(vmware, 'cluster');
    expect(clusters.map(({ name }) => name)).toEqual(['CL-PROD-01', 'CL-STG-01', 'CL-OSA-01']);
    expect(clusters.filter(({ drsEnabled }) => drsEnabled).map(({ name }) => name)).toEqual(['CL-PROD-01']);
    expect(named(vmware, 'host', 'esx02').inMaintenance).toBe(true);
    expect(named(vmware, 'host', 'esx13').connection).toBe('disconnected');
    expect(named(vmware, 'host', 'esx31').cluster).toBeNull();
    expect(named(vmware, 'host', 'esx31').portGroups).toContainEqual({
      name: 'trunk-all',
      switchName: 'vSwitch1',
      vlanId: 4095,
    });
    const dvs = named(vmware, 'switch', 'dvs-tyo');
    const secondaries = dvs.privateVlans
      ?.filter(({ type }) => type !== 'promiscuous')
      .map(({ secondaryId }) => secondaryId);
    expect(secondaries).toEqual([101, 102]);
    const privateGroups = of(vmware, 'network').flatMap(({ vlan }) =>
      vlan?.kind === 'private' ? [vlan.secondaryId] : [],
    );
    expect(privateGroups).toEqual([101]);
    const nearlyFull = of(vmware, 'datastore').filter(
      ({ freeBytes = 0, capacityBytes = 1, accessible }) => accessible && freeBytes / capacityBytes < 0.05,
    );
    expect(nearlyFull.map(({ name }) => name)).toContain('esx31-local');
  });

  it('give one name another VLAN on another host', () => {
    const vlanOn = (host: string): number | undefined =>
      named(vmware, 'host', host).portGroups?.find(({ name }) => name === 'backup-lan')?.vlanId;
    expect([vlanOn('esx11'), vlanOn('esx12')]).toEqual([300, 310]);
  });

  it('have the Hyper-V places that are worth practising with', () => {
    expect(of(hyperV, 'folder').map(({ content }) => content)).toEqual(Array(4).fill('host-group'));
    expect(of(hyperV, 'cluster').map(({ name }) => name)).toEqual(['HVCL01', 'HVCL02']);
    expect(named(hyperV, 'host', 'hv09').dynamicMemorySupported).toBe(false);
    expect(of(hyperV, 'datastore').filter(({ type }) => type === 'CSV').length).toBe(3);
    expect(of(hyperV, 'virtual-machine').every(({ pool }) => pool === null)).toBe(true);
  });

  it('hold VMs of which not everything is told', () => {
    const unread = named(vmware, 'virtual-machine', 'unread-01');
    expect('disks' in unread).toBe(false);
    expect('otherDevices' in named(vmware, 'virtual-machine', 'edge-gw-01')).toBe(false);
  });
});
