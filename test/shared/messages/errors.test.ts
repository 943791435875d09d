import { describe, expect, test } from 'vitest';
import type { ErrorData, WireError } from '../../../shared/errors/app-error.ts';
import { errorText } from '../../../shared/messages/errors.ts';

const fingerprint = Array.from({ length: 32 }, () => 'AB').join(':');
const certificate = {
  subject: 'CN=vc-tokyo',
  issuer: 'CN=CA',
  fingerprintSha256: fingerprint,
  fingerprintSha1: 'AB:CD',
  validFrom: 0,
  validTo: 1,
  subjectAltNames: [],
  trusted: false,
};

/** One example of every error: a new code does not compile until it is here. */
const samples: ErrorData = {
  'site-unreachable': { address: 'vc-tokyo', port: 443, reason: 'ECONNREFUSED' },
  'not-a-management-server': { address: 'vc-tokyo', port: 443, answer: 'HTTP 404' },
  'certificate-unknown': { address: 'vc-tokyo', certificate },
  'certificate-changed': { address: 'vc-tokyo', pinned: fingerprint, certificate },
  'login-refused': { address: 'vc-tokyo', userName: 'k.sato' },
  'password-needed': { siteName: 'vc-tokyo' },
  'site-not-connected': { siteName: 'vc-tokyo' },
  'site-unknown': { site: 'site-1' },
  'site-kind-unavailable': { kind: 'scvmm' },
  'connection-lost': { address: 'vc-tokyo', reason: 'reset' },
  'session-expired': { address: 'vc-tokyo' },
  'server-timeout': { address: 'vc-tokyo', operation: 'Login', afterMs: 30_000 },
  'unexpected-answer': { address: 'vc-tokyo', operation: 'Login', detail: 'cut off' },
  'vm-gone': { vmName: 'web-01' },
  'vm-changed': { vmName: 'web-01', what: 'moved', now: 'rp-batch' },
  'destination-gone': { name: 'rp-staging' },
  'platform-fault': { fault: 'InsufficientResourcesFault', message: 'Not enough memory.', operation: 'RelocateVM' },
  'no-privilege': { privilege: 'Resource.HotMigrate', object: 'web-01' },
  'moved-elsewhere': { vmName: 'web-01', expected: 'rp-staging', found: 'rp-batch' },
  'outcome-unknown': { vmName: 'web-01', reason: 'connection lost' },
  'blocked-by-precautions': { vmName: 'web-01', ruleIds: ['S8'] },
  'warnings-not-acknowledged': { vmName: 'web-01', ruleIds: ['S1'] },
  'not-cancellable': { vmName: 'web-01' },
  'method-unavailable': { method: 'cold-evacuate' },
  'fix-not-possible': { vmName: 'web-01', why: 'not-stopped' },
  'folder-unusable': { folder: '/evacuation', problem: 'read-only' },
  'folder-full': { folder: '/evacuation', missingBytes: 41 * 1024 ** 3 },
  'folder-in-use': { folder: '/evacuation' },
  'folder-exists': { folder: '/evacuation' },
  'folder-list-damaged': {},
  'image-not-found': { folder: '/evacuation', image: 'web-01 T-12' },
  'image-damaged': { image: 'web-01 T-12', problem: { kind: 'wrong-content', file: 'disk-1.vmdk' } },
  'image-in-use': { image: 'web-01 T-12', task: 'T-12' },
  'transfer-differs': { vmName: 'web-01', file: 'disk-1.vmdk' },
  'transfer-broken': { vmName: 'web-01', file: 'disk-1.vmdk', reason: 'ECONNRESET' },
  'lease-lost': { vmName: 'web-01', reason: 'Timedout' },
  'restored-differs': {
    vmName: 'web-01',
    differences: [{ what: 'memory', wanted: 8 * 1024 ** 3, found: 4 * 1024 ** 3 }],
  },
  'source-changed': { vmName: 'web-01' },
  'source-running': { vmName: 'web-01' },
  'source-used': { vmName: 'web-01', disks: ['Hard disk 1', 'Hard disk 3'], part: 'whole' },
  'recovery-not-safe': { action: 'roll-back', obstacle: 'source-gone' },
  'storage-newer': { file: 'journal.sqlite', fileVersion: 9, programVersion: 1 },
  'storage-damaged': { file: 'cache.sqlite', setAside: 'cache.damaged.sqlite' },
  'storage-locked': { file: 'journal.sqlite' },
  'storage-failed': { file: 'journal.sqlite', reason: 'disk full' },
  'secret-store-unavailable': { reason: 'no keyring' },
  'invalid-input': { issues: [{ path: 'port', message: 'too large' }] },
  'not-found': { what: 'vm', name: 'web-99' },
  'ambiguous-name': { name: 'web', candidates: ['web-01', 'web-02'] },
  cancelled: {},
  internal: { detail: 'boom' },
};

const errors = Object.entries(samples).map(([code, data]) => ({ code, data }) as WireError);
const japanese = /[\u3040-\u30ff\u4e00-\u9fff]/;

describe('every error in words', () => {
  test.each(errors)('$code says cause and remedy in both languages', (error) => {
    const [en, ja] = [errorText(error, 'en'), errorText(error, 'ja')];
    expect(en.cause).toMatch(/^\S.*\S$/);
    expect(ja.cause).toMatch(japanese);
    expect(en.remedy.length).toBe(ja.remedy.length);
    if (error.code !== 'cancelled') expect(en.remedy.length).toBeGreaterThan(0);
    for (const line of [en.cause, en.consequence, ...en.remedy]) expect(line).not.toMatch(/undefined|\[object|\.\.$/);
    for (const line of [ja.consequence, ...ja.remedy]) expect(line === '' || japanese.test(line)).toBe(true);
  });

  test('what a person must act on is named', () => {
    const { cause } = errorText({ code: 'site-unreachable', data: samples['site-unreachable'] }, 'en');
    expect(cause).toBe('vc-tokyo, port 443, could not be reached: the connection was refused (ECONNREFUSED).');
    const fault = errorText({ code: 'platform-fault', data: samples['platform-fault'] }, 'en');
    expect(fault.cause).toContain('InsufficientResourcesFault');
  });

  test('a reason that brings its own full stop does not end twice', () => {
    const error = { code: 'connection-lost', data: { address: 'vc-tokyo', reason: 'Socket closed.' } } as const;
    expect(errorText(error, 'en').cause).toBe('The connection to vc-tokyo was lost: Socket closed.');
  });

  test('a code of the network is said in words, one that nobody foresaw as it is', () => {
    const lost = (reason: string) => ({ code: 'connection-lost', data: { address: 'vc', reason } }) as const;
    expect(errorText(lost('ECONNRESET'), 'ja').cause).toBe(
      'vc との接続が切れました：接続が切断されました（ECONNRESET）',
    );
    expect(errorText(lost('EWHATEVER'), 'en').cause).toBe('The connection to vc was lost: EWHATEVER.');
    expect(errorText(lost('toString'), 'en').cause).toBe('The connection to vc was lost: toString.');
  });

  test('a code of a newer version is shown, not hidden', () => {
    const error = { code: 'from-the-future', data: { detail: 'x' } } as unknown as WireError;
    expect(errorText(error, 'en').cause).toContain('from-the-future');
  });
});
