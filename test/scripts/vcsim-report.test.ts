import { describe, expect, it } from 'vitest';
import { missingVcsimRuns } from '../../scripts/lib/vcsim-report.mjs';

const suite = (name: string, ...statuses: readonly string[]) => ({
  name: `/home/me/console/${name}`,
  status: 'passed',
  assertionResults: statuses.map((status) => ({ status })),
});

describe('missingVcsimRuns', () => {
  it('is content when every suite against vcsim ran something', () => {
    const testResults = [
      suite('test/shared/rules.test.ts'),
      suite('test/vcsim/peer.test.ts', 'passed'),
      suite('test/electron/vsphere/moves.vcsim.test.ts', 'skipped', 'passed'),
    ];
    expect(missingVcsimRuns({ testResults })).toBeUndefined();
  });

  it('tells when there is no such suite', () => {
    expect(missingVcsimRuns({ testResults: [suite('test/shared/rules.test.ts', 'passed')] })).toContain('no suite');
  });

  it('names the suites of which nothing ran', () => {
    const testResults = [
      suite('test/vcsim/peer.test.ts', 'passed'),
      suite('test/electron/vsphere/moves.vcsim.test.ts', 'skipped', 'pending'),
    ];
    expect(missingVcsimRuns({ testResults })).toMatch(/nothing ran in:\n.*moves\.vcsim\.test\.ts$/);
  });
});
