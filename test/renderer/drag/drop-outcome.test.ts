import { beforeEach, describe, expect, test } from 'vitest';
import { dropOutcome, freshOutcome, opensDialog } from '../../../renderer/features/drag/drop-outcome.ts';
import { dropWords } from '../../../renderer/features/drag/drop-words.ts';
import type { Drag } from '../../../renderer/stores/drag.ts';
import { useInventory } from '../../../renderer/stores/inventory.ts';
import { useSites } from '../../../renderer/stores/sites.ts';
import type { SiteConnection } from '../../../shared/domain/site.ts';
import type { VmSummary } from '../../../shared/domain/virtual-machine.ts';
import { catalog } from '../../../shared/messages/catalog.ts';
import { aSiteStatus } from '../../support/fake-bridge.ts';
import { aVmSummary, defaultSite } from '../../support/inventory-builders.ts';
import {
  batch,
  cluster,
  datacenter,
  esx1,
  esx2,
  infrastructure,
  proxy,
  staging,
  vms,
  web,
  web1,
  web2,
} from '../inventory-tree/sample-site.ts';

const held = (...dragged: readonly VmSummary[]): Drag => ({
  by: 'mouse',
  vms: dragged,
  ids: new Set(dragged.map((vm) => vm.id)),
  facts: null,
});

const connect = (connection: SiteConnection) =>
  useSites.setState({ loaded: true, sites: [aSiteStatus({ name: 'vc-tokyo' }, connection)] });

beforeEach(() => {
  connect({ kind: 'connected', since: 0 });
  const { index } = useInventory.getState();
  index.apply({ site: defaultSite, reset: true, infrastructure, vms, removals: [], complete: true });
});

describe('what a row says while VMs are dragged', () => {
  test.each([
    ['allowed', [web1], staging, 'allowed', true],
    ['a powered-off VM may go too', [web2], staging, 'allowed', true],
    ['where they are already', [web1, web2], web, 'current', false],
    ['where they are already, though one could not move either', [web1, proxy], web, 'current', false],
    ['one of them cannot', [web1, proxy], staging, 'some-blocked', true],
    ['none of them can', [proxy, batch], staging, 'refused', false],
    ['one is there already, the other not', [web1, batch], web, 'refused', false],
  ] as const)('%s', (_name, dragged, place, kind, opens) => {
    const outcome = dropOutcome(held(...dragged), place);
    expect(outcome?.kind).toBe(kind);
    expect(outcome !== null && opensDialog(outcome)).toBe(opens);
  });

  test('a data center is no destination at all', () => {
    expect(dropOutcome(held(web1), datacenter)).toBeNull();
  });

  test('a cluster takes a VM of one of its nested pools, its own host does not', () => {
    expect(dropOutcome(held(web1), cluster)?.kind).toBe('allowed');
    expect(dropOutcome(held(web1), esx1)?.kind).toBe('current');
  });

  test('a host in maintenance mode refuses at once, with the reason, also before the facts of the VMs are there', () => {
    const outcome = dropOutcome(held(web1), esx2);
    expect(outcome).toMatchObject({ kind: 'refused', findings: [{ ruleId: 'X10' }] });
    if (outcome === null) return;
    expect(dropWords(outcome, 'esx02', catalog.en, 'en').reasons.join()).toContain('maintenance mode');
    expect(dropWords(outcome, 'esx02', catalog.ja, 'ja').reasons).toEqual([
      'esx02：メンテナンスモード。仮想マシンを受け入れられません。',
    ]);
  });

  test('a host that left maintenance mode takes VMs at the next look', () => {
    const drag = held(web1);
    expect(dropOutcome(drag, esx2)?.kind).toBe('refused');
    const back = { ...esx2, inMaintenance: false };
    const { index } = useInventory.getState();
    index.apply({ site: defaultSite, reset: false, infrastructure: [back], vms: [], removals: [], complete: true });
    expect(freshOutcome(drag, back)?.kind).toBe('allowed');
  });

  test('an operation has a limit', () => {
    const many = Array.from({ length: 501 }, (_, at) => aVmSummary({ name: `vm-${at}`, pool: web.id }));
    expect(dropOutcome(held(...many), staging)).toEqual({ kind: 'too-many', limit: 500 });
    expect(dropOutcome(held(...many.slice(0, 500)), staging)?.kind).toBe('allowed');
  });

  test.each([
    [{ kind: 'offline' } as const, 'site-offline'],
    [{ kind: 'connecting' } as const, 'site-offline'],
    [{ kind: 'syncing', loaded: 1, total: null } as const, 'allowed'],
  ])('with the site %o: %s', (connection, kind) => {
    connect(connection);
    expect(dropOutcome(held(web1), staging)?.kind).toBe(kind);
  });

  test('is decided once per drag, and anew at the drop', () => {
    const drag = held(web1);
    expect(dropOutcome(drag, staging)?.kind).toBe('allowed');
    connect({ kind: 'offline' });
    expect(dropOutcome(drag, staging)?.kind).toBe('allowed');
    expect(freshOutcome(drag, staging)?.kind).toBe('site-offline');
  });
});

describe('the words for it', () => {
  const words = (dragged: readonly VmSummary[], language: 'en' | 'ja' = 'en') => {
    const outcome = dropOutcome(held(...dragged), staging);
    if (outcome === null) throw new Error('staging takes VMs');
    return dropWords(outcome, 'rp-staging', catalog[language], language);
  };

  test('nothing to explain where it is allowed', () => {
    expect(words([web1])).toMatchObject({ tone: 'ok', badge: 'Allowed', reasons: [] });
  });

  test('a reason that many share is said once', () => {
    const others = ['a', 'b'].map((name) => aVmSummary({ name, pool: web.id, powerState: 'suspended' }));
    const { title, reasons } = words([proxy, ...others]);
    expect(title).toBe('Not allowed on rp-staging');
    expect(reasons).toEqual([
      'proxy-01 is neither running nor powered off. Only a running VM moves hot, only a powered-off VM moves cold. (and 2 more VMs)',
    ]);
  });

  test('different reasons are all said', () => {
    expect(words([proxy, { ...batch, pool: web.id }]).reasons).toHaveLength(2);
  });

  test('Japanese sentences stand without gaps', () => {
    const { badge, reasons } = words([proxy], 'ja');
    expect(badge).toBe('移動不可');
    expect(reasons[0]).not.toMatch(/。 /u);
  });
});
