import { describe, expect, test } from 'vitest';
import { createObjectPaths, findDestination, findVm } from '../../electron/cli/object-paths.ts';
import { aCluster, aDatacenter, aFolder, aHost, aPool, aVm, idOf, inventoryOf } from '../support/inventory-builders.ts';

const datacenter = aDatacenter({ name: 'DC0' });
const hostFolder = aFolder({ name: 'host', content: 'host', parent: datacenter.id });
const root = aPool({ name: 'Resources', isRoot: true, parent: idOf('cluster', 'Cluster0') });
const cluster = aCluster({ name: 'Cluster0', parent: hostFolder.id, rootPool: root.id });
const host = aHost({ name: 'esx-01', cluster: cluster.id, parent: cluster.id });
const web = aPool({ name: 'web', parent: root.id, owner: cluster.id });
const nested = aPool({ name: 'pool-a', parent: web.id, owner: cluster.id });
const other = {
  ...aPool({ name: 'other', parent: root.id, owner: cluster.id }),
  name: 'pool-a',
  id: idOf('pool', 'x'),
};
const vm = aVm({ name: 'web-01', pool: nested.id, host: host.id });
const twin = { ...aVm({ name: 'twin', pool: other.id, host: host.id }), name: 'web-01' };
const slashed = aVm({ name: 'a/b', pool: root.id, host: host.id });
const onHost = aVm({ name: 'on-host', pool: null, host: host.id });
const lost = aVm({ name: 'lost', pool: idOf('pool', 'nobody-sees-it'), host: null });
const all = [datacenter, hostFolder, root, cluster, host, web, nested, other, vm, twin, slashed, onHost, lost];
const inventory = inventoryOf(...all);
const paths = createObjectPaths(inventory, () => 'vc-tokyo');
const vms = [vm, twin, slashed, onHost, lost];

describe('a path', () => {
  test('leads through what people see: no hidden pool, no hidden folder', () => {
    expect(paths.text(vm)).toBe('vc-tokyo/DC0/Cluster0/web/pool-a/web-01');
    expect(paths.text(slashed)).toBe('vc-tokyo/DC0/Cluster0/a/b');
    expect(paths.text(onHost)).toBe('vc-tokyo/DC0/Cluster0/esx-01/on-host');
    expect(paths.text(lost)).toBe('vc-tokyo/lost');
  });

  test('ends also where two objects claim to be in each other', () => {
    const one = aPool({ name: 'one', parent: idOf('pool', 'two') });
    const two = aPool({ name: 'two', parent: one.id });
    const odd = createObjectPaths(inventoryOf(one, two), () => 'site');
    expect(odd.text(one)).toBe('site/two/one');
  });
});

describe('a name', () => {
  test.each([
    ['web/pool-a/web-01', vm],
    ['Cluster0/web/web-01', vm],
    ['VC-TOKYO/cluster0/WEB/web-01', vm],
    ['vc-tokyo/DC0/Cluster0/web/pool-a/web-01', vm],
    ['a/b', slashed],
    ['ON-HOST', onHost],
    ['esx-01/on-host', onHost],
    [vm.id, vm],
  ])('%s finds its VM', (text, wanted) => {
    expect(findVm(text, vms, paths).id).toBe(wanted.id);
  });

  test('that fits several names the candidates with their whole paths', () => {
    expect(() => findVm('web-01', vms, paths)).toThrow(
      expect.objectContaining({
        code: 'ambiguous-name',
        data: {
          name: 'web-01',
          candidates: ['vc-tokyo/DC0/Cluster0/pool-a/web-01', 'vc-tokyo/DC0/Cluster0/web/pool-a/web-01'],
        },
      }),
    );
  });

  test.each(['web-02', 'pool-a/esx-01/web-01', 'other-site/web-01', '', '/'])('%j finds nothing', (text) => {
    expect(() => findVm(text, vms, paths)).toThrow(expect.objectContaining({ code: 'not-found' }));
  });

  test('finds pools that VMs can be moved to, and nothing else', () => {
    expect(findDestination('web/pool-a', inventory, paths)).toEqual({
      kind: 'resource-pool',
      id: nested.id,
      name: 'pool-a',
    });
    expect(findDestination('esx-01', inventory, paths).kind).toBe('host');
    expect(findDestination('Cluster0', inventory, paths).kind).toBe('cluster');
    for (const text of ['DC0', 'Resources', 'host']) {
      expect(() => findDestination(text, inventory, paths)).toThrow(expect.objectContaining({ code: 'not-found' }));
    }
    expect(() => findDestination('pool-a', inventory, paths)).toThrow(
      expect.objectContaining({ code: 'ambiguous-name' }),
    );
  });
});
