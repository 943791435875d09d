import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cutOff, fault, methodsOf } from '../fake-server.ts';
import { refusal } from '../refusal.ts';
import { faulting, returning } from '../server-answers.ts';
import { unaborted } from '../vcsim-site.ts';
import { thumbprint } from './fake-file-host.ts';
import { type LeaseBench, readFirst, startLeaseBench, vm } from './lease-bench.ts';
import { failedLease, forgottenLease, ready } from './lease-scene.ts';

let bench: LeaseBench;

beforeEach(async () => {
  bench = await startLeaseBench();
});

afterEach(() => bench.close());

describe('a lease', () => {
  it.each([
    [300, 30_000],
    [60, 10_000],
  ])('of %s s is kept alive every %s ms, with the percentage there is', async (timeoutSeconds, ms) => {
    bench.scene.tellLease(ready([bench.onHost({ thumbprint })], timeoutSeconds));
    let release: () => void = () => undefined;
    bench.pause = () =>
      new Promise((resolve) => {
        release = resolve;
      });
    const lease = await bench.session.openExport(vm, unaborted());
    expect(bench.pauses).toEqual([ms]);
    lease.report(41.7);
    release();
    await bench.server.seen('HttpNfcLeaseProgress', 1);
    lease.report(700);
    await expect.poll(() => bench.pauses).toEqual([ms, ms]);
    release();
    await bench.server.seen('HttpNfcLeaseProgress', 2);
    const told = bench.server.calls.flatMap(({ body }) => /<percent>\d+<\/percent>/.exec(body) ?? []);
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
    bench.host.answer((response) => void response.write('begun'));
    bench.scene.tellLease(ready([bench.onHost({ thumbprint })]));
    let release: () => void = () => undefined;
    bench.pause = () =>
      new Promise((resolve) => {
        release = resolve;
      });
    const lease = await bench.session.openExport(vm, unaborted());
    const reading = refusal(readFirst(lease));
    await expect.poll(() => bench.host.requests.length).toBe(1);
    bench.server.on('HttpNfcLeaseProgress', answer);
    bench.scene.tellLease(state);
    release();
    expect(await reading).toMatchObject({ code: 'lease-lost', data: { vmName: 'web-01', reason } });
    expect((await refusal(readFirst(lease))).code).toBe('lease-lost');
  });

  it('outlives signs of life that got lost and faults that pass, but not for ever', async () => {
    bench.server.on(
      'HttpNfcLeaseProgress',
      cutOff,
      fault(faulting('RuntimeFault', 'Try again.')),
      returning('HttpNfcLeaseProgress', ''),
      cutOff,
    );
    bench.host.answer((response) => void response.write('begun'));
    bench.scene.tellLease(ready([bench.onHost({ thumbprint })], 6));
    const lease = await bench.session.openExport(vm, unaborted());
    const reading = refusal(readFirst(lease));
    expect(await reading).toMatchObject({ code: 'lease-lost', data: { reason: 'no answer' } });
    expect(methodsOf(bench.server).filter((method) => method === 'HttpNfcLeaseProgress')).toHaveLength(9);
  });

  it('is aborted when the console leaves the server, and never after it was asked to complete', async () => {
    const lease = await bench.open(bench.onHost({ thumbprint }));
    expect(lease.files).toHaveLength(1);
    await bench.session.close();
    expect(methodsOf(bench.server).filter((method) => method.startsWith('HttpNfc'))).toEqual([
      'HttpNfcLeaseSetManifestChecksumType',
      'HttpNfcLeaseAbort',
    ]);
    expect((await refusal(readFirst(lease))).code).toBe('site-not-connected');
    bench.session = await bench.connect();
    const other = await bench.open(bench.onHost({ thumbprint }));
    bench.server.on('HttpNfcLeaseComplete', cutOff);
    expect((await refusal(other.complete(unaborted()))).code).toBe('connection-lost');
    await bench.session.close();
    expect(methodsOf(bench.server).filter((method) => method === 'HttpNfcLeaseAbort')).toHaveLength(1);
    expect(methodsOf(bench.server).filter((method) => method === 'HttpNfcLeaseComplete')).toHaveLength(1);
  });

  it('is aborted without a complaint, also when the server cannot be reached', async () => {
    const lease = await bench.open(bench.onHost({ thumbprint }));
    bench.server.on('HttpNfcLeaseAbort', cutOff);
    await lease.abort();
    const asked = bench.server.calls.length;
    await lease.abort();
    expect(bench.server.calls).toHaveLength(asked);
    expect(methodsOf(bench.server)).toContain('HttpNfcLeaseAbort');
  });
});
