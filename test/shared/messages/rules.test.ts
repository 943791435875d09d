import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../shared/domain/finding.ts';
import { finding } from '../../../shared/domain/finding.ts';
import { findingText } from '../../../shared/messages/rules.ts';
import { idOf } from '../../support/inventory-builders.ts';

const frame = {
  ruleId: 'D1',
  severity: 'blocker',
  vm: idOf('vm', 'web-01'),
  destination: idOf('pool', 'pool-01'),
  factReadAt: null,
} as const;

const everyKind: readonly Finding[] = [
  finding(frame, 'D1', { vm: 'web-01', destination: 'HVCL01', from: 'vmware', to: 'hyperv' }),
  finding(frame, 'D1-unknown', { vm: 'web-01', destination: 'HVCL01' }),
  finding(frame, 'D2', { vm: 'web-01', destination: 'pool-01', kind: 'vapp', platform: 'hyperv' }),
  finding(frame, 'D3', { vm: 'web-01', destination: 'pool-01' }),
  finding(frame, 'D5', { vm: 'web-01', powerState: 'suspended' }),
  finding(frame, 'D5-template', { vm: 'web-01' }),
  finding(frame, 'D5-busy', { vm: 'web-01', busyWith: 'Clone' }),
  finding(frame, 'D5-unknown', { vm: 'web-01' }),
  finding(frame, 'X11-pool-memory', { pool: 'rp-batch', neededBytes: 2e9, limitBytes: 1e9, usedBytes: 3e9 }),
  finding(frame, 'X11-pool-cpu', { pool: 'rp-batch', usedMhz: 23_000, limitMhz: 24_000 }),
  finding(frame, 'D5-method', { vm: 'web-01', method: 'cold-evacuate', powerState: 'on' }),
  finding(frame, 'X20', { vm: 'web-01', fault: 'RDMNotSupported', message: 'Disk 2 is an RDM.', host: 'esx-01' }),
  finding(frame, 'X20-unavailable', { vm: 'web-01', reason: 'offline' }),
];

describe('findings in words', () => {
  it.each(everyKind.map((each) => [each.code, each] as const))('%s says what, why and what to do', (_, each) => {
    for (const language of ['en', 'ja'] as const) {
      const { title, evidence, consequence, remedy } = findingText(each, language);
      for (const part of [title, evidence, consequence, ...remedy])
        expect(part).not.toMatch(/^$|undefined|null|\[object/);
      expect(remedy.length).toBeGreaterThan(0);
    }
    expect(findingText(each, 'ja').consequence).toMatch(/[ぁ-んァ-ン]/);
  });

  it('shows the code and the evidence of a finding it has no words for', () => {
    const newer = { ...everyKind[0], code: 'Z9', evidence: { disk: 'Hard disk 2' } } as unknown as Finding;
    expect(findingText(newer, 'en')).toMatchObject({ title: 'Z9', evidence: expect.stringContaining('Hard disk 2') });
  });
});
