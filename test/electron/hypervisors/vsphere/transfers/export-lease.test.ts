import type { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HypervisorSession } from '../../../../../electron/hypervisors/port.ts';
import type { ExportFile, ExportLease } from '../../../../../electron/hypervisors/transfer.ts';
import type { Timing } from '../../../../../electron/hypervisors/vsphere/timing.ts';
import { createVsphereAdapter } from '../../../../../electron/hypervisors/vsphere/vsphere-adapter.ts';
import { asEntityId } from '../../../../../shared/domain/ids.ts';
import type { AppError } from '../../../../../shared/errors/app-error.ts';
import { fakeCertificate } from '../fake-certificate.ts';
import { cookie, cutOff, type FakeServer, fault, methodsOf, raw, startFakeServer } from '../fake-server.ts';
import { faulting, returning } from '../server-answers.ts';
import { type FakeFileHost, startFakeFileHost, thumbprint } from './fake-file-host.ts';
import { failedLease, forgottenLease, initializing, type LeaseScene, leaseScene, ready } from './lease-scene.ts';

const vm = asEntityId('fake/VirtualMachine:vm-1');
const unaborted = (): AbortSignal => new AbortController().signal;

const refusal = async (promise: Promise<unknown>): Promise<AppError> => {
  const error = await promise.then(
    () => null,
    (caught: unknown) => caught,
  );
  expect(error).toMatchObject({ name: 'AppError' });
  return error as AppError;
};

const bytesOf = async (stream: Readable): Promise<string> => {
  let bytes = '';
  for await (const chunk of stream) bytes += String(chunk);
  return bytes;
};

let server: FakeServer;
let host: FakeFileHost;
let session: HypervisorSession;
let scene: LeaseScene;
/** Pauses that were asked for. */
let pauses: number[];
/** How long a pause takes; none by default, and then nothing but the calls themselves is waited for. */
let pause: (signal: AbortSignal) => Promise<void>;

const connect = async (timing: Partial<Timing> = {}): Promise<HypervisorSession> =>
  createVsphereAdapter({
    timing: {
      callDeadlineMs: 500,
      transferAnswerMs: 500,
      logoutDeadlineMs: 200,
      wait: async (ms, signal) => {
        pauses.push(ms);
        await pause(signal);
        signal.throwIfAborted();
      },
      ...timing,
    },
  }).connect(server.site, 'x', unaborted());

/** As long as nothing aborts. */
const forEver = (signal: AbortSignal): Promise<void> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

beforeEach(async () => {
  server = await startFakeServer();
  host = await startFakeFileHost();
  scene = leaseScene(server);
  pauses = [];
  pause = () => turn();
  session = await connect();
});

afterEach(async () => {
  await session.close();
  await host.close();
  await server.close();
});

const ticket = '52f5c0de-ticket';
const onHost = (facts: object = {}) => ({ url: `https://${host.address}/nfc/${ticket}/disk-0.vmdk`, ...facts });

const open = async (...files: Parameters<typeof ready>[0]): Promise<ExportLease> => {
  scene.tellLease(ready(files));
  pause = forEver;
  return session.openExport(vm, unaborted());
};
const first = ({ files: [file] }: ExportLease): ExportFile => {
  if (file === undefined) throw new Error('the lease has no file');
  return file;
};
const read = async (lease: ExportLease, signal = unaborted()): Promise<string> =>
  bytesOf(await lease.read(first(lease), signal));

describe('opening an export', () => {
  it('waits until the lease is ready', async () => {
    scene.tellLease(initializing, initializing, ready([onHost({ thumbprint })]));
    const lease = await session.openExport(vm, unaborted());
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
    server.on('ExportVm', fault(faulting(name, sentence)));
    expect((await refusal(session.openExport(vm, unaborted()))).code).toBe(code);
    expect(methodsOf(server)).not.toContain('HttpNfcLeaseAbort');
  });

  it('fails with what the lease failed with, and gives the lease up', async () => {
    scene.tellLease(initializing, failedLease('FileLocked', 'The disk is in use.'));
    expect(await refusal(session.openExport(vm, unaborted()))).toMatchObject({
      code: 'platform-fault',
      data: { fault: 'FileLocked', message: 'The disk is in use.', operation: 'ExportVm' },
    });
    expect(methodsOf(server)).toContain('HttpNfcLeaseAbort');
  });

  it('gives the lease up when nobody waits for it any more', async () => {
    scene.tellLease(initializing);
    pause = forEver;
    const giveUp = new AbortController();
    const opening = refusal(session.openExport(vm, giveUp.signal));
    await server.seen('ExportVm', 1);
    giveUp.abort();
    expect((await opening).code).toBe('cancelled');
    await server.seen('HttpNfcLeaseAbort', 1);
  });

  it('is asked for once, also when the answer is lost', async () => {
    server.on('ExportVm', cutOff);
    expect((await refusal(session.openExport(vm, unaborted()))).code).toBe('connection-lost');
    expect(methodsOf(server).filter((method) => method === 'ExportVm')).toHaveLength(1);
  });
});

describe('the host of a file', () => {
  beforeEach(() => host.answer((response) => response.end('bytes')));

  it('is known by the thumbprint the server tells, and gets the ticket but not the session', async () => {
    const lease = await open(onHost({ thumbprint: thumbprint.toLowerCase() }));
    expect(await read(lease)).toBe('bytes');
    expect(host.requests).toMatchObject([{ method: 'GET', path: `/nfc/${ticket}/disk-0.vmdk` }]);
    expect(host.requests[0]?.headers).not.toHaveProperty('cookie');
    await lease.abort();
  });

  it('is known by its certificate where the server tells that, whatever the thumbprint', async () => {
    const lease = await open(onHost({ thumbprint: 'AA:BB', certificate: fakeCertificate }));
    expect(await read(lease)).toBe('bytes');
    await lease.abort();
  });

  it.each([
    ['another one than the thumbprint says', { thumbprint: thumbprint.replace(/^../, '00') }, 'certificate-changed'],
    ['one the server told nothing of', {}, 'certificate-unknown'],
    ['one with a certificate that is none', { certificate: 'nonsense' }, 'certificate-unknown'],
  ])('is sent nothing when it is %s', async (_what, facts, code) => {
    const lease = await open(onHost(facts));
    expect((await refusal(read(lease))).code).toBe(code);
    expect(host.requests).toEqual([]);
    await lease.abort();
  });

  it('is the server itself where there is an asterisk, with the session and the pinned certificate', async () => {
    server.on('', raw('from the server'));
    const lease = await open({ url: `https://*/nfc/${ticket}/disk-0.vmdk?a=b` });
    expect(await read(lease)).toBe('from the server');
    expect(server.calls.find(({ method }) => method === '')?.headers.cookie).toBe(cookie.split(';')[0]);
    await lease.abort();
  });

  it('has to be an address, over TLS', async () => {
    for (const url of [`http://127.0.0.1/nfc/${ticket}`, `${ticket} is no address`]) {
      const lease = await open({ url });
      const error = await refusal(read(lease));
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
    host.answer(behaviour);
    const lease = await open(onHost({ thumbprint }));
    const error = await refusal(read(lease));
    expect(error).toMatchObject({ code: 'connection-lost', data: { address: '127.0.0.1', reason: 'ECONNRESET' } });
    expect(JSON.stringify([error.data, String(error)])).not.toContain(ticket);
    host.answer((response) => response.end('whole'));
    expect(await read(lease)).toBe('whole');
    await lease.complete(unaborted());
  });

  it('is broken when the host refuses it though the lease lives, and lost when it does not', async () => {
    host.answer((response) => {
      response.statusCode = 404;
      response.end();
    });
    const lease = await open(onHost({ thumbprint }));
    expect(await refusal(read(lease))).toMatchObject({ code: 'transfer-broken', data: { reason: 'HTTP 404' } });
    scene.tellLease(failedLease('Timedout', 'The lease has timed out.'));
    expect(await refusal(read(lease))).toMatchObject({
      code: 'lease-lost',
      data: { vmName: 'web-01', reason: 'The lease has timed out.' },
    });
    expect((await refusal(lease.complete(unaborted()))).code).toBe('lease-lost');
  });

  it('times out when the host says nothing', async () => {
    host.answer(() => undefined);
    const lease = await open(onHost({ thumbprint }));
    expect(await refusal(read(lease))).toMatchObject({ code: 'server-timeout', data: { operation: 'GET' } });
    await lease.abort();
  });

  it('tells that the host cannot be reached', async () => {
    const lease = await open({ url: `https://127.0.0.1:1/nfc/${ticket}/disk`, thumbprint });
    expect(await refusal(read(lease))).toMatchObject({
      code: 'connection-lost',
      data: { address: '127.0.0.1', reason: 'ECONNREFUSED' },
    });
    await lease.abort();
  });

  it('is not read any more when nobody wants it, before and after its first byte', async () => {
    host.answer((response) => void response.write('begun'));
    const lease = await open(onHost({ thumbprint }));
    const gone = new AbortController();
    gone.abort();
    expect((await refusal(read(lease, gone.signal))).code).toBe('cancelled');
    const giveUp = new AbortController();
    const stream = await lease.read(first(lease), giveUp.signal);
    giveUp.abort();
    expect((await refusal(bytesOf(stream))).code).toBe('cancelled');
    await lease.abort();
  });
});

describe('a lease', () => {
  it.each([
    [300, 30_000],
    [60, 10_000],
  ])('of %s s is kept alive every %s ms, with the percentage there is', async (timeoutSeconds, ms) => {
    scene.tellLease(ready([onHost({ thumbprint })], timeoutSeconds));
    let release: () => void = () => undefined;
    pause = () =>
      new Promise((resolve) => {
        release = resolve;
      });
    const lease = await session.openExport(vm, unaborted());
    expect(pauses).toEqual([ms]);
    lease.report(41.7);
    release();
    await server.seen('HttpNfcLeaseProgress', 1);
    lease.report(700);
    await expect.poll(() => pauses).toEqual([ms, ms]);
    release();
    await server.seen('HttpNfcLeaseProgress', 2);
    const told = server.calls.flatMap(({ body }) => /<percent>\d+<\/percent>/.exec(body) ?? []);
    expect(told).toEqual(['<percent>41</percent>', '<percent>100</percent>']);
    await lease.abort();
    release();
  });

  it.each([
    [
      'has timed out',
      fault(faulting('Timedout', 'Timed out.')),
      failedLease('Timedout', 'The lease has timed out.'),
      'The lease has timed out.',
    ],
    ['is forgotten', fault(faulting('ManagedObjectNotFound', 'It is gone.')), forgottenLease, 'It is gone.'],
    [
      'belongs to a log-in that ended',
      fault(faulting('NotAuthenticated', 'Not logged in.')),
      forgottenLease,
      'Not logged in.',
    ],
  ])('that %s takes its streams along', async (_what, answer, state, reason) => {
    host.answer((response) => void response.write('begun'));
    scene.tellLease(ready([onHost({ thumbprint })]));
    let release: () => void = () => undefined;
    pause = () =>
      new Promise((resolve) => {
        release = resolve;
      });
    const lease = await session.openExport(vm, unaborted());
    const reading = refusal(read(lease));
    await expect.poll(() => host.requests.length).toBe(1);
    server.on('HttpNfcLeaseProgress', answer);
    scene.tellLease(state);
    release();
    expect(await reading).toMatchObject({ code: 'lease-lost', data: { vmName: 'web-01', reason } });
    expect((await refusal(read(lease))).code).toBe('lease-lost');
  });

  it('outlives signs of life that got lost and faults that pass, but not for ever', async () => {
    server.on(
      'HttpNfcLeaseProgress',
      cutOff,
      fault(faulting('RuntimeFault', 'Try again.')),
      returning('HttpNfcLeaseProgress', ''),
      cutOff,
    );
    host.answer((response) => void response.write('begun'));
    scene.tellLease(ready([onHost({ thumbprint })], 6));
    const lease = await session.openExport(vm, unaborted());
    const reading = refusal(read(lease));
    expect(await reading).toMatchObject({ code: 'lease-lost', data: { reason: 'no answer' } });
    expect(methodsOf(server).filter((method) => method === 'HttpNfcLeaseProgress')).toHaveLength(9);
  });

  it('is aborted when the console leaves the server, and never after it was asked to complete', async () => {
    const lease = await open(onHost({ thumbprint }));
    expect(lease.files).toHaveLength(1);
    await session.close();
    expect(methodsOf(server).filter((method) => method.startsWith('HttpNfc'))).toEqual(['HttpNfcLeaseAbort']);
    expect((await refusal(read(lease))).code).toBe('site-not-connected');
    session = await connect();
    const other = await open(onHost({ thumbprint }));
    server.on('HttpNfcLeaseComplete', cutOff);
    expect((await refusal(other.complete(unaborted()))).code).toBe('connection-lost');
    await session.close();
    expect(methodsOf(server).filter((method) => method === 'HttpNfcLeaseAbort')).toHaveLength(1);
    expect(methodsOf(server).filter((method) => method === 'HttpNfcLeaseComplete')).toHaveLength(1);
  });

  it('is aborted without a complaint, also when the server cannot be reached', async () => {
    const lease = await open(onHost({ thumbprint }));
    server.on('HttpNfcLeaseAbort', cutOff);
    await lease.abort();
    const asked = server.calls.length;
    await lease.abort();
    expect(server.calls).toHaveLength(asked);
    expect(methodsOf(server)).toContain('HttpNfcLeaseAbort');
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
    const lease = await open(onHost({ thumbprint }));
    server.on('HttpNfcLeaseGetManifest', manifest(entries));
    expect(await lease.counts(unaborted())).toEqual(counts);
    await lease.abort();
  });

  it('is nothing from a server that does not count', async () => {
    const lease = await open(onHost({ thumbprint }));
    server.on('HttpNfcLeaseGetManifest', fault(faulting('MethodNotFound', 'no such method')));
    expect(await lease.counts(unaborted())).toEqual([]);
    await lease.abort();
  });
});

describe('the descriptor', () => {
  const written = { key: '/vm-1/disk:0', name: 'disk-1.vmdk', bytes: 7, capacityBytes: 9, sha1: '', sha256: '' };
  const describeWith = async (result: string) => {
    const lease = await open(onHost({ thumbprint }));
    server.on('CreateDescriptor', returning('CreateDescriptor', `<returnval>${result}</returnval>`));
    return lease.describe([written], unaborted());
  };

  it('speaks of the files as they were written, with the particulars the server offers', async () => {
    const warning = '<warning><fault xsi:type="OvfSerialPort"/><localizedMessage>w</localizedMessage></warning>';
    expect(await describeWith(`<ovfDescriptor>&lt;Envelope/></ovfDescriptor>${warning}`)).toEqual({
      extension: 'ovf',
      text: '<Envelope/>',
    });
    const body = server.calls.find(({ method }) => method === 'CreateDescriptor')?.body ?? '';
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
