import { describe, expect, test } from 'vitest';
import { searchInventory } from '../../../renderer/features/inventory-tree/search-inventory.ts';
import { type RowId, type TreeRow, treeRows } from '../../../renderer/features/inventory-tree/tree-rows.ts';
import { expansion } from '../../../renderer/features/inventory-tree/tree-state.ts';
import { isEntity, type TreeView } from '../../../renderer/stores/inventory-index.ts';
import { parseSearch } from '../../../shared/planning/search-query.ts';
import { defaultSite } from '../../support/inventory-builders.ts';
import { cluster, crmDb, sampleIndex, web, web1 } from './sample-site.ts';

const index = sampleIndex();
const siteNames = new Map([[defaultSite, 'vc-tokyo']]);

interface Scene {
  readonly typed?: string;
  readonly view?: TreeView;
  readonly toggled?: readonly (readonly [RowId, boolean])[];
  readonly collapsed?: boolean;
}

const rowsOf = ({ typed = '', view = 'by-pool', toggled = [], collapsed = false }: Scene = {}): readonly TreeRow[] => {
  const search = searchInventory(parseSearch(typed), index, siteNames, view, null);
  const opened = new Map(toggled);
  const isExpanded = expansion({ toggled: opened, toggledInSearch: opened, collapsed }, index, search);
  return treeRows({ index, sites: [defaultSite], view, isExpanded, search });
};

const nameOf = (id: RowId): string => (isEntity(id) ? (index.get(id)?.name ?? '') : (siteNames.get(id) ?? ''));
const outline = (scene: Scene = {}): string[] =>
  rowsOf(scene).map(
    (row) => `${'  '.repeat(row.level - 1)}${nameOf(row.id)}${row.expandable && !row.expanded ? ' +' : ''}`,
  );

describe('the lines of the tree', () => {
  test('what leads to the pools is open from the start, pools are closed', () => {
    expect(outline()).toEqual([
      'vc-tokyo',
      '  TYO-1',
      '    CL-01',
      '      esx01',
      '      esx02',
      '      rp-prod +',
      '      rp-staging +',
      '      vapp-crm +',
    ]);
  });

  test('each line knows its place among its siblings, VMs after pools', () => {
    const rows = rowsOf({ toggled: [[web.id, true]] });
    const placed = rows.filter((row) => row.level === 4).map((row) => [nameOf(row.id), row.position, row.siblings]);
    expect(placed).toEqual([
      ['esx01', 1, 5],
      ['esx02', 2, 5],
      ['rp-prod', 3, 5],
      ['rp-staging', 4, 5],
      ['vapp-crm', 5, 5],
    ]);
  });

  test('a person closes and opens rows', () => {
    expect(outline({ toggled: [[cluster.id, false]] })).toEqual(['vc-tokyo', '  TYO-1', '    CL-01 +']);
    expect(outline({ collapsed: true })).toEqual(['vc-tokyo +']);
    expect(outline({ collapsed: true, toggled: [[defaultSite, true]] })).toEqual(['vc-tokyo', '  TYO-1 +']);
  });
});

describe('a search', () => {
  test('shows hits with what leads to them, numbers in their order', () => {
    expect(outline({ typed: 'web-' })).toEqual([
      'vc-tokyo',
      '  TYO-1',
      '    CL-01',
      '      rp-prod',
      '        rp-web',
      '          web-01',
      '          web-02',
      '          web-10',
    ]);
  });

  test('a pool that was searched for keeps all it holds, closed until asked', () => {
    expect(outline({ typed: 'vapp' }).at(-1)).toBe('      vapp-crm +');
    expect(
      outline({ typed: 'vapp', toggled: [[rowsOf({ typed: 'vapp' }).at(-1)?.id ?? defaultSite, true]] }).at(-1),
    ).toBe('        crm-db');
  });

  test.each([
    ['pool:rp-prod kind:vm', ['proxy-01', 'web-01', 'web-02', 'web-10']],
    ['pool:vapp kind:vm', ['crm-db']],
    ['host:esx02 kind:vm', ['web-10']],
    ['cluster:cl-01 state:off', ['web-02']],
    ['state:suspended', ['proxy-01']],
    ['kind:host', ['esx01', 'esx02']],
    ['kind:pool', ['rp-prod', 'rp-web', 'rp-staging', 'vapp-crm']],
    ['kind:site', ['vc-tokyo']],
    ['site:osaka', []],
    ['web-01 colour:red', []],
  ])('%s', (typed, expected) => {
    const search = searchInventory(parseSearch(typed), index, siteNames, 'by-pool', null);
    const all = rowsOf({ typed, toggled: [] }).filter((row) => search?.hits.has(row.id));
    expect(all.map((row) => nameOf(row.id)).sort()).toEqual([...expected].sort());
  });

  test.each([
    ['', [web1, crmDb], ['crm-db', 'web-01']],
    ['web', [web1, crmDb], ['web-01']],
    // Places are no hits, although their names match: a finding is of a VM.
    ['vapp', [crmDb], []],
    ['pool:vapp', [web1, crmDb], ['crm-db']],
    ['', [], []],
  ])('%j among those a finding is of', (typed, among, expected) => {
    const ids = new Set(among.map(({ id }) => id));
    const search = searchInventory(parseSearch(typed), index, siteNames, 'by-pool', ids);
    expect([...(search?.hits ?? [])].map(nameOf).sort()).toEqual(expected);
  });

  test('by host, pools are no hits, because no row shows them', () => {
    expect(outline({ typed: 'rp-', view: 'by-host' })).toEqual([]);
    expect(outline({ typed: 'web-10', view: 'by-host' }).at(-1)).toBe('        web-10');
  });
});
