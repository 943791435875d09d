import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { siteId } from '../../../shared/domain/ids.ts';
import type { Entity } from '../../../shared/domain/inventory.ts';
import type { Destination } from '../../../shared/domain/migration.ts';
import type { PowerState, VmSummary } from '../../../shared/domain/virtual-machine.ts';
import { canDrop } from '../../../shared/planning/drop.ts';
import {
  aCluster,
  aHost,
  aPool,
  aVApp,
  aVmSummary,
  idOf,
  destinationOf as to,
} from '../../support/inventory-builders.ts';
import { aRuleContext } from '../../support/rule-context.ts';

const hyperv = siteId('site-b');
const rootPool = aPool({ name: 'root', isRoot: true });
const cluster = aCluster({ rootPool: rootPool.id });
const host = aHost();
const pool = aPool();
const otherPool = aPool({ name: 'pool-02' });
const vapp = aVApp();
const hypervHost = aHost({ site: hyperv, name: 'hv-01' });
const hypervCluster = aCluster({ site: hyperv, name: 'hvcl-01', rootPool: null });
const inventory: readonly Entity[] = [rootPool, cluster, host, pool, otherPool, vapp, hypervHost, hypervCluster];
const context = aRuleContext(inventory);

const codes = (vm: VmSummary, destination: Destination) =>
  canDrop([vm], destination, context).findings.map((finding) => finding.code);

describe('D1: the virtualization software stays the same', () => {
  it('refuses a VMware VM on Hyper-V and the other way round, naming both', () => {
    const [finding] = canDrop([aVmSummary()], to(hypervHost), context).findings;
    expect(finding).toMatchObject({ code: 'D1', severity: 'blocker', evidence: { from: 'vmware', to: 'hyperv' } });
    const hypervVm = aVmSummary({ site: hyperv, host: idOf('host', 'hv-02', hyperv), pool: null });
    expect(codes(hypervVm, to(otherPool))).toEqual(['D1']);
  });

  it('cannot tell when a site is not known, and says so instead of passing', () => {
    const stranger = aVmSummary({ site: siteId('site-gone') });
    const verdict = canDrop([stranger], to(otherPool), context);
    expect(verdict.verdict).toBe('blocked');
    expect(verdict.findings[0]).toMatchObject({ code: 'D1-unknown', outcome: 'undetermined' });
  });
});

describe('D2: kinds of destination (seed tables 2-18 and 2-19)', () => {
  const vm = aVmSummary();
  it.each([
    ['host', to(aHost({ name: 'esx-02' }))],
    ['resource pool', to(otherPool)],
    ['vApp', to(vapp)],
    ['cluster', to(aCluster({ name: 'cluster-02' }))],
  ])('VMware: a %s takes VMs', (_, destination) => {
    expect(codes(vm, destination)).toEqual([]);
  });

  const hypervVm = aVmSummary({ site: hyperv, host: idOf('host', 'hv-02', hyperv), pool: null });
  it.each([
    ['host', to(hypervHost), []],
    ['cluster', to(hypervCluster), []],
    ['resource pool', to(aPool({ site: hyperv })), ['D2']],
    ['vApp', to(aVApp({ site: hyperv })), ['D2']],
  ])('Hyper-V: %s', (_, destination, expected) => {
    expect(codes(hypervVm, destination)).toEqual(expected);
  });
});

describe('D3: the destination is another pool than the present one', () => {
  it.each<[string, VmSummary, Destination, string[]]>([
    ['its own resource pool', aVmSummary(), to(pool), ['D3']],
    ['another resource pool', aVmSummary(), to(otherPool), []],
    ['its own vApp', aVmSummary({ pool: vapp.id }), to(vapp), ['D3']],
    ['its own cluster, at the top', aVmSummary({ pool: rootPool.id }), to(cluster), ['D3']],
    ['its own cluster, out of a nested pool', aVmSummary(), to(cluster), []],
    ['the host it runs on', aVmSummary(), to(host), ['D3']],
    ['another host of the cluster', aVmSummary(), to(aHost({ name: 'esx-02' })), []],
    [
      'Hyper-V: its own cluster',
      aVmSummary({ site: hyperv, host: idOf('host', 'hv-02', hyperv), pool: null }),
      to(hypervCluster),
      ['D3'],
    ],
  ])('%s', (_, vm, destination, expected) => {
    const clustered = aHost({ site: hyperv, name: 'hv-02', cluster: hypervCluster.id });
    const found = canDrop([vm], destination, aRuleContext([...inventory, clustered])).findings;
    expect(found.map((finding) => finding.code)).toEqual(expected);
  });

  it('a host outside any cluster: from its nested pool to its top is a move, from its top it is not', () => {
    const top = aPool({ name: 'standalone-root', isRoot: true });
    const standalone = aHost({ name: 'esx-alone', cluster: null, rootPool: top.id });
    const own = aRuleContext([top, standalone, pool]);
    const nested = aVmSummary({ host: standalone.id, pool: pool.id });
    expect(canDrop([nested], to(standalone), own).findings).toEqual([]);
    expect(canDrop([{ ...nested, pool: top.id }], to(standalone), own).findings[0]?.code).toBe('D3');
  });
});

describe('D5: power state decides between hot and cold', () => {
  it.each<[PowerState, string[]]>([
    ['on', []],
    ['off', []],
    ['suspended', ['D5']],
    ['saved', ['D5']],
    ['paused', ['D5']],
    ['unknown', ['D5-unknown']],
  ])('%s', (powerState, expected) => {
    expect(codes(aVmSummary({ powerState }), to(otherPool))).toEqual(expected);
  });

  it('refuses templates, and VMs another task holds', () => {
    expect(codes(aVmSummary({ isTemplate: true, powerState: 'off' }), to(otherPool))).toEqual(['D5-template']);
    expect(codes(aVmSummary({ busyWith: 'Clone virtual machine' }), to(otherPool))).toEqual(['D5-busy']);
  });
});

describe('D6: hot migration stays with one management server', () => {
  const otherVcenter = siteId('site-c');
  const there = to(aPool({ site: otherVcenter, name: 'pool-there' }));
  const both = aRuleContext(inventory, { 'site-a': 'vmware', 'site-c': 'vmware' });

  it('refuses a running VM, naming both servers, and lets a stopped one be evacuated there', () => {
    const [finding] = canDrop([aVmSummary()], there, both).findings;
    expect(finding).toMatchObject({ code: 'D6', severity: 'blocker', evidence: { from: 'site-a', to: 'site-c' } });
    expect(canDrop([aVmSummary({ powerState: 'off' })], there, both).findings).toEqual([]);
  });

  it('leaves other software to D1', () => {
    expect(codes(aVmSummary(), to(hypervHost))).toEqual(['D1']);
  });
});

describe('dropping several VMs', () => {
  const states: readonly PowerState[] = ['on', 'off', 'suspended', 'paused', 'saved', 'unknown'];
  const vms = fc.array(
    fc.record({
      name: fc.string({ minLength: 1, maxLength: 8 }),
      powerState: fc.constantFrom(...states),
      isTemplate: fc.boolean(),
      pool: fc.constantFrom(pool.id, otherPool.id, vapp.id, rootPool.id),
    }),
    { maxLength: 8 },
  );

  it('is blocked only when no VM can go, and then for a reason on each of them', () => {
    fc.assert(
      fc.property(vms, (facts) => {
        const all = facts.map((each, index) => aVmSummary({ ...each, name: `${each.name}-${index}` }));
        const { verdict, blockedVms, findings } = canDrop(all, to(otherPool), context);
        expect(verdict === 'blocked').toBe(blockedVms.length === all.length);
        for (const vm of blockedVms) expect(findings.some((finding) => finding.vm === vm)).toBe(true);
        if (verdict === 'clear') expect(findings).toEqual([]);
      }),
    );
  });

  it('the order of the VMs does not change the verdict', () => {
    fc.assert(
      fc.property(vms, (facts) => {
        const all = facts.map((each, index) => aVmSummary({ ...each, name: `${each.name}-${index}` }));
        const forwards = canDrop(all, to(otherPool), context);
        const backwards = canDrop([...all].reverse(), to(otherPool), context);
        expect(backwards.verdict).toBe(forwards.verdict);
        expect([...backwards.blockedVms].sort()).toEqual([...forwards.blockedVms].sort());
      }),
    );
  });

  it('nothing dragged is nothing allowed', () => {
    expect(canDrop([], to(otherPool), context).verdict).toBe('blocked');
  });
});

describe('X10: somewhere a host takes VMs', () => {
  const owner = aCluster({ name: 'cluster-03' });
  const inside = { parent: owner.id, cluster: owner.id };
  const resting = aHost({ name: 'esx-31', ...inside, inMaintenance: true });
  const lost = aHost({ name: 'esx-32', ...inside, connection: 'not-responding' });
  const up = aHost({ name: 'esx-33', ...inside });
  const nested = aPool({ name: 'pool-03', owner: owner.id });
  const asked = (hosts: readonly Entity[], destination: Destination) =>
    canDrop([aVmSummary()], destination, aRuleContext([...inventory, owner, nested, ...hosts]));

  it('refuses a host in maintenance mode or out of reach, and a pool of none but such hosts', () => {
    expect(asked([resting], to(resting))).toMatchObject({
      verdict: 'blocked',
      findings: [{ ruleId: 'X10', vm: null, evidence: { host: 'esx-31', state: 'maintenance' } }],
    });
    expect(asked([lost], to(lost)).findings).toMatchObject([{ evidence: { state: 'not-responding' } }]);
    expect(asked([resting, lost], to(nested))).toMatchObject({
      verdict: 'blocked',
      findings: [{ ruleId: 'X10', evidence: { host: 'pool-03', state: 'no-usable-host' } }],
    });
  });

  it('lets VMs go where one host is usable, or where nothing is known of the hosts', () => {
    expect(asked([resting, up], to(nested))).toEqual({ verdict: 'clear', findings: [], blockedVms: [] });
    expect(asked([], to(nested)).verdict).toBe('clear');
  });

  it('is no further reason where the VM cannot go anyhow', () => {
    const own = aVmSummary({ host: resting.id, pool: null });
    const found = canDrop([own], to(resting), aRuleContext([...inventory, resting])).findings;
    expect(found.map(({ ruleId }) => ruleId)).toEqual(['D3']);
  });

  it('blames no VM for it', () => {
    expect(asked([resting], to(resting)).blockedVms).toEqual([]);
  });
});
