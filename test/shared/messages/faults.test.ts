import { describe, expect, test } from 'vitest';
import { errorText } from '../../../shared/messages/errors.ts';
import { faultWords } from '../../../shared/messages/faults.ts';

/** The names that a hot migration of vCenter can end with (vSphere Web Services API reference). */
const wellKnown = [
  'InsufficientResourcesFault',
  'InvalidDatastore',
  'FileFault',
  'DisallowedMigrationDeviceAttached',
  'VMotionNotConfigured',
  'NonHomeRDMVMotionNotSupported',
  'RDMNotSupported',
  'RawDiskNotSupported',
  'RemoteDeviceNotSupported',
  'CannotAccessNetwork',
  'CpuIncompatible',
  'NotSupported',
  'Timedout',
  'TaskInProgress',
  'InvalidState',
  'InvalidArgument',
];

describe('faults of the platform in words', () => {
  test.each(wellKnown)('%s has words and a remedy of its own in both languages', (name) => {
    const unknown = faultWords('SomethingNew', 'en');
    const [en, ja] = [faultWords(name, 'en'), faultWords(name, 'ja')];
    expect(en.title).not.toBe(unknown.title);
    expect(en.remedy.length).toBeGreaterThan(0);
    expect(ja.remedy.length).toBe(en.remedy.length);
    expect(ja.title).toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/);
  });

  test('a fault nobody foresaw still gets a remedy', () => {
    expect(faultWords('SomethingNew', 'en').remedy.length).toBeGreaterThan(0);
    expect(faultWords('constructor', 'en')).toEqual(faultWords('SomethingNew', 'en'));
  });

  test('the error shows the platform’s own name and sentence beside the words', () => {
    const data = { fault: 'RDMNotSupported', message: 'Device “Hard disk 2” is an RDM.', operation: 'Relocate' };
    const text = errorText({ code: 'platform-fault', data }, 'en');
    expect(text.cause).toContain('RDMNotSupported');
    expect(text.cause).toContain('Device “Hard disk 2” is an RDM.');
    expect(text.remedy).toEqual(faultWords('RDMNotSupported', 'en').remedy);
  });
});
