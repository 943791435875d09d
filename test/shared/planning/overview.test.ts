import { describe, expect, it } from 'vitest';
import type { Waiver } from '../../../shared/domain/annotation.ts';
import type { VirtualMachine } from '../../../shared/domain/virtual-machine.ts';
import { parseFindingWords } from '../../../shared/planning/finding-query.ts';
import { byVerdict, holdsNow, narrowed, overviewOf, type VmOverview } from '../../../shared/planning/overview.ts';
import type { PrecautionContext } from '../../../shared/rules/precaution.ts';
import { aVm, defaultSite, GIB, without } from '../../support/inventory-builders.ts';
import { aPrecautionContext, smallSite, withObjects } from '../../support/precautions.ts';

const rdmDisk = { key: '2001', label: 'Hard disk 2', capacityBytes: GIB, backing: 'raw-device-mapping' } as const;
const withRdm = (facts: Partial<VirtualMachine> = {}): VirtualMachine =>
  aVm({ disks: [...(aVm().disks ?? []), { ...rdmDisk, mode: 'dependent', shared: false }], ...facts });

const look = (
  vm: VirtualMachine,
  context: Partial<PrecautionContext> = {},
  waivers: readonly Waiver[] = [],
): VmOverview => overviewOf(vm, aPrecautionContext(withObjects(smallSite(), vm), context), waivers);

const told = ({ findings }: VmOverview): readonly string[] =>
  findings.map(({ finding, methods }) => `${finding.severity} ${finding.code} ${methods.join('+')}`);

const narrowedTo = (overview: VmOverview, ...words: readonly string[]): readonly string[] | null => {
  const part = narrowed(overview, parseFindingWords(words));
  return part === null ? null : told(part);
};

const lock = { lockOf: () => ({ by: 'sato', reason: 'audit' }) };

describe('what stands against moving a VM anywhere', () => {
  it('nothing, for a harmless running VM', () => {
    const overview = look(aVm());
    expect(overview).toMatchObject({ vmName: 'web-01', method: 'hot', verdict: 'clear' });
    expect(overview.findings.filter((one) => holdsNow(one, 'hot'))).toEqual([]);
    expect(narrowed(overview, parseFindingWords([]))).toBeNull();
  });

  it('a raw device mapping: in the way of a stopped VM, and to be found with a running one', () => {
    const stopped = look(withRdm({ powerState: 'off' }));
    expect(stopped.verdict).toBe('blocked');
    expect(told(stopped)).toContain('blocker S12 cold-evacuate');
    expect(narrowedTo(stopped)).toEqual(['blocker S12 cold-evacuate']);

    const running = look(withRdm());
    expect(running.verdict).toBe('clear');
    expect(narrowedTo(running)).toBeNull();
    expect(narrowedTo(running, 'rdm')).toEqual(['blocker S12 cold-evacuate']);
    expect(narrowedTo(running, 's12', 'blocker')).toEqual(['blocker S12 cold-evacuate']);
    expect(narrowedTo(running, 'usb')).toBeNull();
    expect(narrowedTo(running, 'nonsense')).toBeNull();
  });

  it('what holds for both methods is told once', () => {
    const overview = look(aVm({ faultTolerance: true }), lock);
    expect(told(overview)).toEqual(
      expect.arrayContaining(['blocker X6 hot+cold-evacuate', 'blocker X19 hot+cold-evacuate']),
    );
    expect(narrowedTo(overview)).toHaveLength(2);
  });

  it.each([
    ['suspended', { powerState: 'suspended' }, 'blocker D5 hot+cold-evacuate', null],
    ['a template', { powerState: 'off', isTemplate: true }, 'blocker D5-template cold-evacuate', 'cold-evacuate'],
    ['held by a task', { busyWith: 'Clone' }, 'blocker D5-busy hot', 'hot'],
    ['in no known state', { powerState: 'unknown' }, 'blocker D5-unknown hot+cold-evacuate', null],
  ] as const)('its state: %s', (_, facts, expected, method) => {
    const overview = look(aVm(facts));
    expect(overview).toMatchObject({ verdict: 'blocked', method });
    expect(narrowedTo(overview)).toContain(expected);
  });

  it('what could not be determined is a warning and never clear', () => {
    const bare = look(without(aVm(), 'disks', 'otherDevices', 'faultTolerance') as VirtualMachine);
    expect(bare.verdict).toBe('warnings');
    expect(narrowedTo(bare)).toBeNull();
    expect(narrowedTo(bare, 'undetermined', 'ft')).toEqual(['warning undetermined hot+cold-evacuate']);
  });

  it('waived warnings are marked and still told', () => {
    const waiver: Waiver = {
      site: defaultSite,
      vm: null,
      vmName: null,
      ruleId: 'X15',
      by: 'sato',
      reason: 'agreed',
      at: 0,
      until: 9_000_000,
    };
    const vm = aVm({ consolidationNeeded: true });
    const overview = look(vm, {}, [waiver]);
    expect(overview.verdict).toBe('warnings');
    expect(narrowed(overview, parseFindingWords(['waived']))?.findings[0]?.finding).toMatchObject({
      ruleId: 'X15',
      waiver: { by: 'sato' },
    });
    expect(narrowed(look(vm), parseFindingWords(['waived']))).toBeNull();
  });

  it('a VM of an unknown site is told of its state alone', () => {
    expect(look(aVm({ powerState: 'suspended' }), { platformOf: () => undefined })).toMatchObject({
      verdict: 'blocked',
      findings: [{ finding: { code: 'D5' } }],
    });
  });

  it('blocked ones come first, then by name as people count', () => {
    const names = ['vm-10', 'vm-2'].map((name) => look(aVm({ name })));
    const blocked = look(aVm({ name: 'zz' }), lock);
    expect([...names, blocked].sort(byVerdict).map(({ vmName }) => vmName)).toEqual(['zz', 'vm-2', 'vm-10']);
  });
});
