import { describe, expect, test } from 'vitest';
import { InventoryIndex, type TreeView } from '../../../renderer/stores/inventory-index.ts';
import { type EntityId, siteId } from '../../../shared/domain/ids.ts';
import type { InfrastructureEntity } from '../../../shared/domain/inventory.ts';
import type { VmSummary } from '../../../shared/domain/virtual-machine.ts';
import {
  aCluster,
  aDatacenter,
  aDatastore,
  aFolder,
  aHost,
  aPool,
  aVApp,
  aVmSummary,
  defaultSite,
} from '../../support/inventory-builders.ts';

const batch = (
  infrastructure: readonly InfrastructureEntity[],
  vms: readonly VmSummary[] = [],
  facts: { reset?: boolean; removals?: readonly EntityId[] } = {},
) => ({
  site: defaultSite,
  reset: facts.reset ?? false,
  infrastructure,
  vms,
  removals: facts.removals ?? [],
  complete: true,
});

/** The inventory as an indented outline, as a person would read the tree with everything open. */
const outline = (index: InventoryIndex, view: TreeView): string[] => {
  const lines: string[] = [];
  const walk = (parent: Parameters<InventoryIndex['content']>[1], depth: number) => {
    const { places, vms } = index.content(view, parent);
    for (const id of places) {
      lines.push(`${'  '.repeat(depth)}${index.place(id)?.name}`);
      walk(id, depth + 1);
    }
    for (const id of vms) lines.push(`${'  '.repeat(depth)}${index.vm(id)?.name}`);
  };
  walk(defaultSite, 0);
  return lines;
};

const root = aFolder({ name: 'Datacenters', content: 'mixed' });
const datacenter = aDatacenter({ name: 'TYO-1', parent: root.id });
const hostFolder = aFolder({ name: 'host', content: 'host', parent: datacenter.id });
const vmFolder = aFolder({ name: 'vm', content: 'vm', parent: datacenter.id });
const rootPool = aPool({ name: 'Resources', isRoot: true });
const cluster = aCluster({ name: 'CL-01', parent: hostFolder.id, rootPool: rootPool.id });
const top = { ...rootPool, parent: cluster.id, owner: cluster.id };
const esx1 = aHost({ name: 'esx01', parent: cluster.id, cluster: cluster.id });
const esx2 = aHost({ name: 'esx02', parent: cluster.id, cluster: cluster.id });
const web = aPool({ name: 'rp-web', parent: top.id, owner: cluster.id });
const nested = aPool({ name: 'rp-cache', parent: web.id, owner: cluster.id });
const app = aVApp({ name: 'vapp-crm', parent: top.id, owner: cluster.id });
const infrastructure = [
  root,
  datacenter,
  hostFolder,
  vmFolder,
  cluster,
  top,
  esx1,
  esx2,
  web,
  nested,
  app,
  aDatastore(),
];
const inPool = (name: string, pool: EntityId | null, host: EntityId | null = esx1.id) =>
  aVmSummary({ name, pool, host, parent: vmFolder.id });
const vms = [
  inPool('web-10', web.id),
  inPool('web-2', web.id, esx2.id),
  inPool('cache-1', nested.id),
  inPool('crm-1', app.id),
  inPool('loose-1', top.id),
  inPool('golden-image', null),
];

const loaded = () => {
  const index = new InventoryIndex();
  index.apply(batch(infrastructure, vms));
  return index;
};

describe('the inventory as a tree', () => {
  test('by pool: the hidden top pool and the folders the platform made stay hidden, VMs stand in their pools', () => {
    expect(outline(loaded(), 'by-pool')).toEqual([
      'TYO-1',
      '  CL-01',
      '    esx01',
      '      golden-image',
      '    esx02',
      '    rp-web',
      '      rp-cache',
      '        cache-1',
      '      web-2',
      '      web-10',
      '    vapp-crm',
      '      crm-1',
      '    loose-1',
    ]);
  });

  test('by host: VMs stand under the host they run on, pools are not shown', () => {
    expect(outline(loaded(), 'by-host')).toEqual([
      'TYO-1',
      '  CL-01',
      '    esx01',
      '      cache-1',
      '      crm-1',
      '      golden-image',
      '      loose-1',
      '      web-10',
      '    esx02',
      '      web-2',
    ]);
  });

  test('the order in which things arrive does not matter', () => {
    const index = new InventoryIndex();
    for (const vm of vms) index.apply(batch([], [vm]));
    for (const entity of [...infrastructure].reverse()) {
      outline(index, 'by-pool');
      index.apply(batch([entity]));
    }
    expect(outline(index, 'by-pool')).toEqual(outline(loaded(), 'by-pool'));
    expect(outline(index, 'by-host')).toEqual(outline(loaded(), 'by-host'));
  });

  test('Hyper-V: host groups are shown, VMs stand under their host in both views', () => {
    const group = aFolder({ name: 'Osaka', content: 'host-group' });
    const failover = aCluster({ name: 'HVCL01', parent: group.id, rootPool: null });
    const inCluster = aHost({ name: 'hv01', parent: failover.id, cluster: failover.id });
    const alone = aHost({ name: 'hv09', parent: group.id, cluster: null });
    const index = new InventoryIndex();
    index.apply(
      batch(
        [group, failover, inCluster, alone],
        [inPool('hr-1', null, inCluster.id), inPool('files-1', null, alone.id)],
      ),
    );
    const expected = ['Osaka', '  HVCL01', '    hv01', '      hr-1', '  hv09', '    files-1'];
    expect(outline(index, 'by-pool')).toEqual(expected);
    expect(outline(index, 'by-host')).toEqual(expected);
  });

  test('a host outside any cluster shows what is in its hidden pool', () => {
    const hidden = aPool({ name: 'Resources', isRoot: true });
    const alone = aHost({ name: 'esx09', parent: hostFolder.id, cluster: null, rootPool: hidden.id });
    const index = new InventoryIndex();
    index.apply(
      batch(
        [root, datacenter, hostFolder, alone, { ...hidden, owner: alone.id, parent: alone.id }],
        [inPool('solo', hidden.id, alone.id)],
      ),
    );
    expect(outline(index, 'by-pool')).toEqual(['TYO-1', '  esx09', '    solo']);
  });

  test('a VM in a pool the account may not see is not lost', () => {
    const index = new InventoryIndex();
    index.apply(batch([root, datacenter], [inPool('orphan', web.id)]));
    expect(outline(index, 'by-pool')).toEqual(['TYO-1', 'orphan']);
    expect(index.parentOf('by-pool', inPool('orphan', web.id).id)).toBe(defaultSite);
  });
});

describe('changes', () => {
  test('a VM that moved stands in its new pool only', () => {
    const index = loaded();
    outline(index, 'by-pool');
    index.apply(batch([], [inPool('web-2', app.id, esx2.id)]));
    expect(outline(index, 'by-pool').filter((line) => line.includes('web-2'))).toEqual(['      web-2']);
    expect(index.content('by-pool', app.id).vms).toHaveLength(2);
  });

  test('a renamed pool is sorted anew', () => {
    const index = loaded();
    outline(index, 'by-pool');
    index.apply(batch([{ ...web, name: 'z-web' }]));
    expect(index.content('by-pool', cluster.id).places.map((id) => index.place(id)?.name)).toEqual([
      'esx01',
      'esx02',
      'vapp-crm',
      'z-web',
    ]);
  });

  test('what is removed is gone from both views', () => {
    const index = loaded();
    outline(index, 'by-pool');
    index.apply(batch([], [], { removals: vms.map((vm) => vm.id) }));
    index.apply(batch([], [], { removals: [nested.id] }));
    expect(outline(index, 'by-host')).toEqual(['TYO-1', '  CL-01', '    esx01', '    esx02']);
    expect(outline(index, 'by-pool')).not.toContain('      rp-cache');
    expect(index.vmCount).toBe(0);
  });

  test('a reset forgets the site it names and no other', () => {
    const index = loaded();
    const other = siteId('site-b');
    index.apply({
      ...batch([], [aVmSummary({ name: 'elsewhere', site: other, pool: null, host: null })]),
      site: other,
    });
    index.apply(batch([root], [], { reset: true }));
    expect(outline(index, 'by-pool')).toEqual([]);
    expect(index.content('by-pool', other).vms).toHaveLength(1);
  });

  test('a change that moves and renames nothing leaves the rows as they are', () => {
    const index = loaded();
    const before = index.structure;
    index.apply(batch([], [{ ...inPool('web-2', web.id, esx2.id), powerState: 'off' }]));
    expect(index.structure).toBe(before);
    expect(index.revision).toBeGreaterThan(1);
  });

  test('applying a batch twice is harmless', () => {
    const index = loaded();
    index.apply(batch(infrastructure, vms));
    expect(outline(index, 'by-pool')).toEqual(outline(loaded(), 'by-pool'));
    expect(index.vmCount).toBe(vms.length);
  });
});
