import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ByteSink } from '../../../../../electron/hypervisors/transfer.ts';
import { AppError } from '../../../../../shared/errors/app-error.ts';
import { collected } from '../../../../support/byte-streams.ts';
import { fakeCertificate } from '../fake-certificate.ts';
import { cookie, cutOff, fault, methodsOf, raw } from '../fake-server.ts';
import { refusal } from '../refusal.ts';
import { faulting, returning } from '../server-answers.ts';
import { unaborted } from '../vcsim-site.ts';
import { type FakeFileHost, thumbprint } from './fake-file-host.ts';
import { firstFile, forEver, type LeaseBench, readFirst, startLeaseBench, ticket, vm } from './lease-bench.ts';
import { failedLease, initializing, ready } from './lease-scene.ts';

let bench: LeaseBench;

beforeEach(async () => {
  bench = await startLeaseBench();
});

afterEach(() => bench.close());

const MIB = 1024 ** 2;

describe('opening an export', () => {
  it('waits until the lease is ready', async () => {
    bench.scene.tellLease(initializing, initializing, ready([bench.onHost({ thumbprint })]));
    const lease = await bench.session.openExport(vm, unaborted());
    expect(lease.files).toEqual([
      {
        key: '/vm-1/disk:0',
        kind: 'disk',
        label: 'Disk 1',
        extension: 'vmdk',
        capacityBytes: null,
        expectedBytes: null,
      },
    ]);
    await lease.abort();
  });

  it.each([
    ['TaskInProgress', 'Another task is already in progress.', 'platform-fault'],
    ['InvalidPowerState', 'Powered on.', 'platform-fault'],
    ['NoPermission', 'no', 'no-privilege'],
  ])('fails with the fault %s as it is', async (name, sentence, code) => {
    bench.server.on('ExportVm', fault(faulting(name, sentence)));
    expect((await refusal(bench.session.openExport(vm, unaborted()))).code).toBe(code);
    expect(methodsOf(bench.server)).not.toContain('HttpNfcLeaseAbort');
  });

  it('fails with what the lease failed with, and gives the lease up', async () => {
    bench.scene.tellLease(initializing, failedLease('FileLocked', 'The disk is in use.'));
    expect(await refusal(bench.session.openExport(vm, unaborted()))).toMatchObject({
      code: 'platform-fault',
      data: { fault: 'FileLocked', message: 'The disk is in use.', operation: 'ExportVm' },
    });
    expect(methodsOf(bench.server)).toContain('HttpNfcLeaseAbort');
  });

  it('gives the lease up when nobody waits for it any more', async () => {
    bench.scene.tellLease(initializing);
    bench.pause = forEver;
    const giveUp = new AbortController();
    const opening = refusal(bench.session.openExport(vm, giveUp.signal));
    await bench.server.seen('ExportVm', 1);
    giveUp.abort();
    expect((await opening).code).toBe('cancelled');
    await bench.server.seen('HttpNfcLeaseAbort', 1);
  });

  it('is asked for once, also when the answer is lost', async () => {
    bench.server.on('ExportVm', cutOff);
    expect((await refusal(bench.session.openExport(vm, unaborted()))).code).toBe('connection-lost');
    expect(methodsOf(bench.server).filter((method) => method === 'ExportVm')).toHaveLength(1);
  });
});

describe('the host of a file', () => {
  beforeEach(() => bench.host.answer((response) => response.end('bytes')));

  it('is known by the thumbprint the server tells, and gets the ticket but not the session', async () => {
    const lease = await bench.open(bench.onHost({ thumbprint: thumbprint.toLowerCase() }));
    expect(await readFirst(lease)).toBe('bytes');
    expect(bench.host.requests).toMatchObject([{ method: 'GET', path: `/nfc/${ticket}/disk-0.vmdk` }]);
    expect(bench.host.requests[0]?.headers).not.toHaveProperty('cookie');
    await lease.abort();
  });

  it('is known by its certificate where the server tells that, whatever the thumbprint', async () => {
    const lease = await bench.open(bench.onHost({ thumbprint: 'AA:BB', certificate: fakeCertificate }));
    expect(await readFirst(lease)).toBe('bytes');
    await lease.abort();
  });

  it.each([
    ['another one than the thumbprint says', { thumbprint: thumbprint.replace(/^../, '00') }, 'certificate-changed'],
    ['one the server told nothing of', {}, 'certificate-unknown'],
    ['one with a certificate that is none', { certificate: 'nonsense' }, 'certificate-unknown'],
  ])('is sent nothing when it is %s', async (_what, facts, code) => {
    const lease = await bench.open(bench.onHost(facts));
    expect((await refusal(readFirst(lease))).code).toBe(code);
    expect(bench.host.requests).toEqual([]);
    await lease.abort();
  });

  it('is the server itself where there is an asterisk, with the session and the pinned certificate', async () => {
    bench.server.on('', raw('from the server'));
    const lease = await bench.open({ url: `https://*/nfc/${ticket}/disk-0.vmdk?a=b` });
    expect(await readFirst(lease)).toBe('from the server');
    expect(bench.server.calls.find(({ method }) => method === '')?.headers.cookie).toBe(cookie.split(';')[0]);
    await lease.abort();
  });

  it('has to be an address, over TLS', async () => {
    for (const url of [`http://127.0.0.1/nfc/${ticket}`, `${ticket} is no address`]) {
      const lease = await bench.open({ url });
      const error = await refusal(readFirst(lease));
      expect(error.code).toBe('unexpected-answer');
      expect(JSON.stringify([error.data, String(error), error.cause])).not.toContain(ticket);
      await lease.abort();
    }
  });
});

describe('a file that does not come whole', () => {
  it.each<readonly [string, Parameters<FakeFileHost['answer']>[0]]>([
    [
      'shorter than promised',
      (response) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('half');
        setImmediate(() => response.destroy());
      },
    ],
    [
      'without its last chunk',
      (response) => {
        response.write('half');
        setImmediate(() => response.destroy());
      },
    ],
  ])('is told to have lost its connection when it is %s', async (_what, behaviour) => {
    bench.host.answer(behaviour);
    const lease = await bench.open(bench.onHost({ thumbprint }));
    const error = await refusal(readFirst(lease));
    expect(error).toMatchObject({ code: 'connection-lost', data: { address: '127.0.0.1', reason: 'ECONNRESET' } });
    expect(JSON.stringify([error.data, String(error)])).not.toContain(ticket);
    bench.host.answer((response) => response.end('whole'));
    expect(await readFirst(lease)).toBe('whole');
    await lease.complete(unaborted());
  });

  it('is broken when the host speaks something else', async () => {
    bench.host.answer((response) => response.socket?.end('220 files ready\r\n'));
    const lease = await bench.open(bench.onHost({ thumbprint }));
    expect(await refusal(readFirst(lease))).toMatchObject({
      code: 'transfer-broken',
      data: { reason: 'not HTTP: a status line "220 files ready"' },
    });
    await lease.abort();
  });

  it('waits while the sink is full, and fails with what the sink fails with', async () => {
    const whole = Buffer.alloc(8 * MIB, 'bytes');
    bench.host.answer((response) => response.end(whole));
    const lease = await bench.open(bench.onHost({ thumbprint }));
    let taken = 0;
    let full: { resolve(): void; reject(error: Error): void } | null = null;
    let wake: () => void = () => undefined;
    const sink: ByteSink = {
      take: (bytes) => {
        taken += bytes.length;
        if (taken < MIB || full !== null) return null;
        return new Promise((resolve, reject) => {
          full = { resolve, reject };
          wake();
        });
      },
    };
    const isFull = (): Promise<void> =>
      new Promise((resolve) => {
        wake = resolve;
      });
    const someTurns = async (): Promise<void> => {
      for (let turns = 0; turns < 300; turns += 1) await turn();
    };
    const reading = lease.read(firstFile(lease), sink, unaborted());
    await isFull();
    await someTurns();
    expect(taken).toBeLessThan(1.25 * MIB);
    (full as unknown as { resolve(): void }).resolve();
    await reading;
    expect(taken).toBe(whole.length);
    [taken, full] = [0, null];
    const failing = refusal(lease.read(firstFile(lease), sink, unaborted()));
    await isFull();
    const trouble = new AppError('folder-full', { folder: '/evacuation', missingBytes: 1 });
    (full as unknown as { reject(error: Error): void }).reject(trouble);
    expect(await failing).toBe(trouble);
    await someTurns();
    expect(taken).toBeLessThan(1.25 * MIB);
    await lease.abort();
  });

  it('is broken when the host refuses it though the lease lives, and lost when it does not', async () => {
    bench.host.answer((response) => {
      response.statusCode = 404;
      response.end();
    });
    const lease = await bench.open(bench.onHost({ thumbprint }));
    expect(await refusal(readFirst(lease))).toMatchObject({ code: 'transfer-broken', data: { reason: 'HTTP 404' } });
    bench.scene.tellLease(failedLease('Timedout', 'The lease has timed out.'));
    expect(await refusal(readFirst(lease))).toMatchObject({
      code: 'lease-lost',
      data: { vmName: 'web-01', reason: 'The lease has timed out.' },
    });
    expect((await refusal(lease.complete(unaborted()))).code).toBe('lease-lost');
  });

  it('times out when the host says nothing', async () => {
    bench.host.answer(() => undefined);
    const lease = await bench.open(bench.onHost({ thumbprint }));
    expect(await refusal(readFirst(lease))).toMatchObject({ code: 'server-timeout', data: { operation: 'GET' } });
    await lease.abort();
  });

  it('tells that the host cannot be reached', async () => {
    const lease = await bench.open({ url: `https://127.0.0.1:1/nfc/${ticket}/disk`, thumbprint });
    expect(await refusal(readFirst(lease))).toMatchObject({
      code: 'connection-lost',
      data: { address: '127.0.0.1', reason: 'ECONNREFUSED' },
    });
    await lease.abort();
  });

  it('is not read any more when nobody wants it, before and after its first byte', async () => {
    bench.host.answer((response) => void response.write('begun'));
    const lease = await bench.open(bench.onHost({ thumbprint }));
    const gone = new AbortController();
    gone.abort();
    expect((await refusal(readFirst(lease, gone.signal))).code).toBe('cancelled');
    const giveUp = new AbortController();
    const reading = collected(
      (sink) => lease.read(firstFile(lease), sink, giveUp.signal),
      () => giveUp.abort(),
    );
    expect((await refusal(reading)).code).toBe('cancelled');
    await lease.abort();
  });
});

describe('what the server counted', () => {
  const manifest = (entries: string): string => returning('HttpNfcLeaseGetManifest', entries);
  const sha1 = 'AB'.repeat(20);
  const sha256 = 'cd'.repeat(32);

  it.each([
    [
      'SHA-1 alone, from an older server',
      `<returnval><key>k</key><sha1>${sha1}</sha1><size>7</size></returnval>`,
      [{ key: 'k', bytes: 7, sha1: sha1.toLowerCase() }],
    ],
    [
      'a checksum with its kind, from a newer one',
      `<returnval><key>k</key><sha1></sha1><checksum>${sha256}</checksum><checksumType>sha256</checksumType><size>7</size></returnval><returnval><key>l</key><checksum>${sha1}</checksum><checksumType>sha1</checksumType></returnval>`,
      [
        { key: 'k', bytes: 7, sha256 },
        { key: 'l', sha1: sha1.toLowerCase() },
      ],
    ],
    [
      'a checksum of another kind',
      '<returnval><key>k</key><checksum>00</checksum><checksumType>md5</checksumType></returnval>',
      [{ key: 'k' }],
    ],
    ['nothing', '', []],
  ])('is understood as %s', async (_what, entries, counts) => {
    const lease = await bench.open(bench.onHost({ thumbprint }));
    bench.server.on('HttpNfcLeaseGetManifest', manifest(entries));
    expect(await lease.counts(unaborted())).toEqual(counts);
    await lease.abort();
  });

  it('is SHA-256 where the server can, and SHA-1 where it refuses', async () => {
    const lease = await bench.open(bench.onHost({ thumbprint }));
    expect(lease.checksum).toBe('sha256');
    const asked = bench.server.calls.find(({ method }) => method === 'HttpNfcLeaseSetManifestChecksumType')?.body;
    expect(asked).toContain(
      '<deviceUrlsToChecksumTypes><key>/vm-1/disk:0</key><value>sha256</value></deviceUrlsToChecksumTypes>',
    );
    await lease.abort();
    bench.server.on('HttpNfcLeaseSetManifestChecksumType', fault(faulting('MethodNotFound', 'no such method')));
    const older = await bench.open(bench.onHost({ thumbprint }));
    expect(older.checksum).toBe('sha1');
    await older.abort();
  });

  it('is nothing from a server that does not count', async () => {
    const lease = await bench.open(bench.onHost({ thumbprint }));
    bench.server.on('HttpNfcLeaseGetManifest', fault(faulting('MethodNotFound', 'no such method')));
    expect(await lease.counts(unaborted())).toEqual([]);
    await lease.abort();
  });
});

describe('the descriptor', () => {
  const written = { key: '/vm-1/disk:0', name: 'disk-1.vmdk', bytes: 7, capacityBytes: 9, sha1: '', sha256: '' };
  const describeWith = async (result: string) => {
    const lease = await bench.open(bench.onHost({ thumbprint }));
    bench.server.on('CreateDescriptor', returning('CreateDescriptor', `<returnval>${result}</returnval>`));
    return lease.describe([written], unaborted());
  };

  it('speaks of the files as they were written, with the particulars the server offers', async () => {
    const warning = '<warning><fault xsi:type="OvfSerialPort"/><localizedMessage>w</localizedMessage></warning>';
    expect(await describeWith(`<ovfDescriptor>&lt;Envelope/></ovfDescriptor>${warning}`)).toEqual({
      extension: 'ovf',
      text: '<Envelope/>',
    });
    const body = bench.server.calls.find(({ method }) => method === 'CreateDescriptor')?.body ?? '';
    expect(body).toContain('<deviceId>/vm-1/disk:0</deviceId><path>disk-1.vmdk</path><size>7</size>');
    expect(body).toContain('<exportOption>mac</exportOption></cdp>');
  });

  it('is refused with the first error of the server', async () => {
    const error =
      '<error><fault xsi:type="OvfUnableToExportDisk"/><localizedMessage>Hard disk 2 cannot be exported.</localizedMessage></error>';
    expect(await refusal(describeWith(`<ovfDescriptor></ovfDescriptor>${error}`))).toMatchObject({
      code: 'platform-fault',
      data: { fault: 'OvfUnableToExportDisk', message: 'Hard disk 2 cannot be exported.' },
    });
  });
});
