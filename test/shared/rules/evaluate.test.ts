import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verdictOf } from '../../../shared/domain/finding.ts';
import type { VirtualMachine } from '../../../shared/domain/virtual-machine.ts';
import { findingText } from '../../../shared/messages/rules.ts';
import { precautions } from '../../../shared/rules/registry.ts';
import { anEvacuationPlan } from '../../support/cold-moves.ts';
import { aHost, aVm, destinationOf, GIB, idOf, without } from '../../support/inventory-builders.ts';
import { ask } from '../../support/precautions.ts';

const otherDevices = fc.array(
  fc.record({
    key: fc.string(),
    label: fc.constantFrom('USB 1', 'PCI 1', 'TPM 1'),
    type: fc.constantFrom('usb' as const, 'pci-pass-through' as const, 'virtual-gpu' as const, 'tpm' as const),
  }),
  { maxLength: 4 },
);
const disks = fc.array(
  fc.record({
    key: fc.string(),
    label: fc.constantFrom('Hard disk 1', 'Hard disk 2'),
    capacityBytes: fc.nat(100 * GIB),
    backing: fc.constantFrom('file' as const, 'raw-device-mapping' as const, 'pass-through' as const),
    mode: fc.constantFrom('dependent' as const, 'independent' as const),
    shared: fc.boolean(),
    datastore: fc.constant(idOf('datastore', 'ds-01')),
  }),
  { maxLength: 4 },
);
const aStoppedVm = fc
  .record({
    otherDevices,
    disks,
    encrypted: fc.boolean(),
    faultTolerance: fc.boolean(),
    consolidationNeeded: fc.boolean(),
  })
  .map((facts) => aVm({ powerState: 'off', ...facts }));

const optionalFacts = [
  'disks',
  'adapters',
  'cdroms',
  'floppies',
  'otherDevices',
  'checkpoints',
  'encrypted',
  'faultTolerance',
  'consolidationNeeded',
  'hardwareVersion',
] as const;

/** What the platform's own check covers: that it is not told is said for information only. */
const optionalFactsOfThePlatform = ['placementRules', 'cpuAffinity'] as const;

const blockersOf = (vm: VirtualMachine): readonly string[] =>
  ask({ vms: [vm] })
    .filter((finding) => finding.severity === 'blocker')
    .map((finding) => finding.code);

describe('all rules together', () => {
  it('a device or a disk more never removes a blocker', () => {
    fc.assert(
      fc.property(aStoppedVm, otherDevices, disks, (vm, moreDevices, moreDisks) => {
        const fuller: VirtualMachine = {
          ...vm,
          otherDevices: [...(vm.otherDevices ?? []), ...moreDevices],
          disks: [...(vm.disks ?? []), ...moreDisks],
        };
        const after = blockersOf(fuller);
        for (const code of blockersOf(vm)) expect(after).toContain(code);
      }),
    );
  });

  it('a fact that is not told never makes a VM clear: what was found stays, or becomes "could not be determined"', () => {
    fc.assert(
      fc.property(aStoppedVm, fc.constantFrom(...optionalFacts), (vm, fact) => {
        const untold = ask({ vms: [without(vm, fact) as VirtualMachine] });
        const answered = new Set(untold.map((finding) => finding.ruleId));
        for (const finding of ask({ vms: [vm] })) expect(answered).toContain(finding.ruleId);
        expect(verdictOf(untold)).not.toBe('clear');
      }),
    );
  });

  it('a fact that the platform checks by itself is not passed over in silence either', () => {
    fc.assert(
      fc.property(aStoppedVm, fc.constantFrom(...optionalFactsOfThePlatform), (vm, fact) => {
        const untold = ask({ vms: [without(vm, fact) as VirtualMachine] });
        const answered = new Set(untold.map((finding) => finding.ruleId));
        for (const finding of ask({ vms: [vm] })) expect(answered).toContain(finding.ruleId);
        expect(untold).toContainEqual(expect.objectContaining({ ruleId: 'X7', outcome: 'undetermined' }));
      }),
    );
  });

  it('the order of VMs changes neither verdict nor findings', () => {
    fc.assert(
      fc.property(fc.array(aStoppedVm, { minLength: 1, maxLength: 5 }), (vms) => {
        const named = vms.map((vm, index) => ({ ...vm, name: `vm-${index}`, id: idOf('vm', `vm-${index}`) }));
        const key = (finding: { code: string; vm: unknown; evidence: unknown }) =>
          JSON.stringify([finding.code, finding.vm, finding.evidence]);
        const forwards = ask({ vms: named }).map(key).sort();
        const backwards = ask({ vms: [...named].reverse() })
          .map(key)
          .sort();
        expect(backwards).toEqual(forwards);
      }),
    );
  });

  it('an ordinary stopped VM has no finding at all', () => {
    expect(ask({ vms: [aVm({ powerState: 'off' })] })).toEqual([]);
  });

  it('findings come worst first', () => {
    const vm = aVm({ powerState: 'off', encrypted: true, consolidationNeeded: true, placementRules: ['rule'] });
    const ranks = ask({ vms: [vm] }).map((finding) => ['blocker', 'warning', 'info'].indexOf(finding.severity));
    expect(ranks.length).toBeGreaterThan(2);
    expect(ranks).toEqual([...ranks].sort());
  });

  it('for a destination of the other software nothing but that is said of the pair', () => {
    const other = destinationOf(aHost({ site: 'site-b' as never, name: 'hv-01', cluster: null }));
    const findings = ask({ vms: [aVm({ powerState: 'off' })], destination: other });
    expect(findings.filter((finding) => finding.vm !== null).map((finding) => finding.code)).toEqual(['D1']);
  });

  it('has S1 to S14 and X1 to X19, each once, each with a source', () => {
    const ids = precautions.map((rule) => rule.id);
    const expected = [
      ...Array.from({ length: 14 }, (_, index) => `S${index + 1}`),
      ...Array.from({ length: 19 }, (_, index) => `X${index + 1}`),
    ];
    expect(ids).toEqual(expected);
    for (const rule of precautions) expect(rule.source.length).toBeGreaterThan(10);
  });

  it('every finding reads whole in both languages', () => {
    const everything = aVm({
      powerState: 'suspended',
      condition: 'orphaned',
      encrypted: true,
      faultTolerance: true,
      consolidationNeeded: true,
      cpuAffinity: true,
      placementRules: ['web-separate'],
      hardwareVersion: 99,
      checkpoints: [{ id: '1', name: 'pre-upgrade', parent: null }],
      cdroms: [{ key: '1', label: 'CD/DVD drive 1', media: 'image', fileName: '[iso] a.iso', connected: true }],
      floppies: [{ key: '2', label: 'Floppy drive 1', media: 'image', fileName: '[iso] b.flp', connected: true }],
      otherDevices: [
        { key: '3', label: 'USB 1', type: 'usb' },
        { key: '4', label: 'PCI 1', type: 'pci-pass-through' },
      ],
      disks: [
        {
          key: '5',
          label: 'Hard disk 1',
          capacityBytes: GIB,
          backing: 'raw-device-mapping',
          mode: 'independent',
          shared: true,
          datastore: null,
        },
      ],
      storedBytes: 9_000 * GIB,
      memoryBytes: 9_000 * GIB,
    });
    const findings = ask({
      vms: [everything],
      move: { evacuation: anEvacuationPlan({ sourcePolicy: 'delete-before-restore' }) },
      context: {
        lockOf: () => ({ by: 'k.sato', reason: 'audit' }),
        vmsNamed: () => [idOf('vm', 'twin')],
        vmsWithMac: () => [idOf('vm', 'twin')],
        now: 10_000_000,
      },
    });
    expect(findings.length).toBeGreaterThan(15);
    for (const finding of findings) {
      for (const language of ['en', 'ja'] as const) {
        const { title, evidence, consequence, remedy } = findingText(finding, language);
        for (const part of [title, evidence, consequence, ...remedy]) {
          expect(part).not.toMatch(/^$|undefined|NaN|null|\[object/);
        }
      }
    }
  });
});
