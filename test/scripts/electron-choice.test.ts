import { describe, expect, it } from 'vitest';
import { chooseElectron, type ElectronFacts, FAILURE_REMEMBERED_MS } from '../../scripts/lib/electron-choice.mjs';

const now = Date.UTC(2026, 0, 2);
const facts = (given: Partial<ElectronFacts>): ElectronFacts => ({
  overrideFolder: undefined,
  installedPath: undefined,
  officialVersion: '45.4.1',
  failedDownload: undefined,
  officialOnly: false,
  platform: 'linux',
  arch: 'x64',
  nowMs: now,
  ...given,
});
const failed = { version: '45.4.1', atMs: now - 60_000, reason: 'unreachable' };

describe('chooseElectron', () => {
  it('takes the folder that the person names before anything else', () => {
    const choice = chooseElectron(facts({ overrideFolder: '/opt/electron', installedPath: '/x/electron' }));
    expect(choice).toEqual({ kind: 'override', folder: '/opt/electron' });
  });

  it('takes the official binary when it is there, even after a failed download', () => {
    const choice = chooseElectron(facts({ installedPath: '/x/electron', failedDownload: failed }));
    expect(choice).toEqual({ kind: 'official', executablePath: '/x/electron' });
  });

  it('downloads at the first start and names the evaluation runtime as the way out', () => {
    expect(chooseElectron(facts({}))).toEqual({ kind: 'download', thenEvaluation: true });
  });

  it('does not try again within a day of a failure', () => {
    expect(chooseElectron(facts({ failedDownload: failed }))).toEqual({ kind: 'evaluation', failed });
  });

  it.each([
    ['a day has passed', facts({ failedDownload: { ...failed, atMs: now - FAILURE_REMEMBERED_MS } })],
    ['the failure was with another version', facts({ failedDownload: { ...failed, version: '45.0.0' } })],
    ['the clock was set back since', facts({ failedDownload: { ...failed, atMs: now + 1 } })],
  ])('tries again when %s', (_, given) => {
    expect(chooseElectron(given)).toEqual({ kind: 'download', thenEvaluation: true });
  });

  it('tries again when told to, and then takes nothing else', () => {
    const choice = chooseElectron(facts({ failedDownload: failed, officialOnly: true }));
    expect(choice).toEqual({ kind: 'download', thenEvaluation: false });
  });

  it.each([
    ['win32', 'x64'],
    ['darwin', 'arm64'],
    ['linux', 'arm64'],
  ] as const)('offers no evaluation runtime on %s %s, where there is none', (platform, arch) => {
    const choice = chooseElectron(facts({ platform, arch, failedDownload: failed }));
    expect(choice).toEqual({ kind: 'download', thenEvaluation: false });
  });
});
