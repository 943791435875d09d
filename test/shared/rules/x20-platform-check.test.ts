import { describe, expect, it } from 'vitest';
import { platformCheckFindings } from '../../../shared/rules/x20-platform-check.ts';
import { aMove } from '../../support/inventory-builders.ts';

const objection = (fault: string, severity: 'error' | 'warning' = 'warning') => ({
  fault,
  severity,
  message: `${fault} it is`,
  hostName: null,
});

const severities = (fault: string, severity: 'error' | 'warning', ...ownRules: readonly string[]): readonly string[] =>
  platformCheckFindings(aMove(), [objection(fault, severity)], 1, new Set(ownRules)).map((one) => one.severity);

describe("the platform's own check", () => {
  it('blocks by its errors and has to be accepted in its warnings', () => {
    expect(severities('RDMNotSupported', 'error')).toEqual(['blocker']);
    expect(severities('OvfConnectedDeviceIso', 'warning')).toEqual(['warning']);
  });

  it.each([
    ['OvfConnectedDeviceIso', 'S6'],
    ['OvfConnectedDeviceFloppy', 'S7'],
  ])('%s is told, and not asked about again, when %s says it already', (fault, rule) => {
    expect(severities(fault, 'warning', rule)).toEqual(['info']);
    expect(severities(fault, 'warning', 'X1')).toEqual(['warning']);
    expect(severities(fault, 'error', rule)).toEqual(['blocker']);
  });
});
