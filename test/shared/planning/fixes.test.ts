import { describe, expect, test } from 'vitest';
import { type Finding, finding } from '../../../shared/domain/finding.ts';
import { type FixEvent, type FixRecord, needsFollowUp, withFixEvent } from '../../../shared/domain/fix.ts';
import type { VirtualMachine } from '../../../shared/domain/virtual-machine.ts';
import { fixesFor } from '../../../shared/planning/fixes.ts';
import { aVm } from '../../support/inventory-builders.ts';

const iso = { key: '3000', label: 'CD/DVD drive 1', media: 'image', fileName: '[lib] x.iso', connected: true } as const;
const floppy = { key: '8000', label: 'Floppy drive 1', media: 'host-device', connected: true } as const;
const usb = { key: '14000', label: 'USB 1', type: 'usb' } as const;
const tpm = { key: '11000', label: 'TPM', type: 'tpm' } as const;

const stopped = (facts: Partial<VirtualMachine> = {}): VirtualMachine =>
  aVm({ name: 'web-01', powerState: 'off', cdroms: [iso], floppies: [floppy], otherDevices: [usb, tpm], ...facts });

const frame = (vm: VirtualMachine, ruleId: string) =>
  ({ ruleId, severity: 'warning', vm: vm.id, destination: null, factReadAt: null }) as const;
const found = (vm: VirtualMachine, ruleId: 'S2' | 'S6' | 'S7' | 'S14'): Finding => ({
  ...finding(frame(vm, ruleId), 'S14', { vm: vm.name }),
  code: ruleId,
});

describe('what can be offered for a finding', () => {
  test.each([
    ['S6', 'eject-iso', '3000'],
    ['S7', 'empty-floppy', '8000'],
    ['S2', 'remove-usb', '14000'],
  ] as const)('%s: %s', (rule, kind, key) => {
    const vm = stopped();
    expect(fixesFor(found(vm, rule), vm)).toEqual([{ kind, vm: vm.id, vmName: 'web-01', deviceKeys: [key] }]);
  });

  test.each<[string, Partial<VirtualMachine>]>([
    ['runs', { powerState: 'on' }],
    ['is suspended', { powerState: 'suspended' }],
    ['is in an unknown state', { powerState: 'unknown' }],
    ['is a template', { isTemplate: true }],
    ['is held by a task', { busyWith: 'Relocate virtual machine' }],
    ['has an empty drive', { cdroms: [{ key: '3000', label: 'CD/DVD drive 1', media: 'none', connected: false }] }],
    ['has an image that is not connected', { cdroms: [{ ...iso, connected: false }] }],
  ])('nothing for a VM that %s', (_, facts) => {
    const vm = stopped(facts);
    expect(fixesFor(found(vm, 'S6'), vm)).toEqual([]);
  });

  test('nothing for a VM whose drives nobody told, for another VM and for none', () => {
    const { cdroms: _, ...untold } = stopped();
    expect(fixesFor(found(untold, 'S6'), untold)).toEqual([]);
    expect(fixesFor(found(stopped(), 'S6'), aVm({ name: 'web-02', powerState: 'off', cdroms: [iso] }))).toEqual([]);
    expect(fixesFor(found(stopped(), 'S6'), undefined)).toEqual([]);
  });

  test('nothing for other rules, and for what could not be determined', () => {
    const vm = stopped();
    expect(fixesFor(found(vm, 'S14'), vm)).toEqual([]);
    expect(fixesFor({ ...found(vm, 'S6'), outcome: 'undetermined' }, vm)).toEqual([]);
    expect(fixesFor({ ...found(vm, 'S6'), ruleId: 'constructor' }, vm)).toEqual([]);
  });
});

describe('the record of a fix', () => {
  const vm = stopped();
  const fix = { kind: 'eject-iso', vm: vm.id, vmName: 'web-01', deviceKeys: ['3000'] } as const;
  const event = (body: FixEvent['body']): FixEvent => ({ number: 1, at: 5, by: 'sato', body });
  const told = (...bodies: readonly FixEvent['body'][]): FixRecord | null =>
    bodies.map(event).reduce<FixRecord | null>(withFixEvent, null);
  const error = { code: 'cancelled', data: {} } as const;
  const asked = { kind: 'asked', fix, before: [] } as const;

  test('is left to follow up unless it failed or is done', () => {
    const left = (...bodies: readonly FixEvent['body'][]): boolean => {
      const record = told(asked, ...bodies);
      return record !== null && needsFollowUp(record);
    };
    expect(left()).toBe(true);
    expect(left({ kind: 'applied' })).toBe(true);
    expect(left({ kind: 'lost', error })).toBe(true);
    expect(left({ kind: 'failed', error })).toBe(false);
    expect(left({ kind: 'applied' }, { kind: 'done' })).toBe(false);
  });

  test('does not begin with anything else than what was asked for', () => {
    expect(told({ kind: 'applied' })).toBeNull();
  });
});
