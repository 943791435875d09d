import { describe, expect, it } from 'vitest';
import { createLabFaults, type MoveIncident } from '../../../../electron/hypervisors/lab/lab-faults.ts';
import { siteId } from '../../../../shared/domain/ids.ts';
import { type LabBench, labSite, openLab, unaborted } from './lab-bench.ts';

const moveWith = async (lab: LabBench, ...incidents: readonly MoveIncident[]) => {
  lab.adapter.faults.arm({ kind: 'next-move', incidents });
  const ref = await lab.session.startRelocation(lab.hot('web-01', 'host', 'esx06'), unaborted());
  const percents: number[] = [];
  const outcome = lab.session.followTask(
    ref,
    (percent) => {
      if (percent !== null) percents.push(percent);
    },
    unaborted(),
  );
  return { ref, percents, outcome };
};

describe('faults on demand', () => {
  it('let a move fail at a percent, once', async () => {
    const lab = await openLab('vmware');
    const { percents, outcome } = await moveWith(lab, {
      kind: 'fails',
      atPercent: 60,
      fault: 'Timedout',
      message: 'Operation timed out.',
    });
    expect(await lab.pass(outcome)).toMatchObject({
      kind: 'failed',
      error: { code: 'platform-fault', data: { fault: 'Timedout', message: 'Operation timed out.' } },
    });
    expect(Math.max(...percents)).toBeLessThan(60);
    expect(lab.adapter.faults.armed()).toEqual([]);
    const again = await lab.session.startRelocation(lab.hot('web-01', 'host', 'esx06'), unaborted());
    expect(await lab.pass(lab.session.followTask(again, () => undefined, unaborted()))).toEqual({ kind: 'succeeded' });
  });

  it('can wait for one VM', async () => {
    const lab = await openLab('vmware');
    const incidents = [{ kind: 'fails', atPercent: 10, fault: 'Timedout', message: '' }] as const;
    lab.adapter.faults.arm({ kind: 'next-move', vm: lab.vm('web-02').id, incidents });
    const first = await lab.session.startRelocation(lab.hot('web-01', 'host', 'esx06'), unaborted());
    expect(await lab.pass(lab.session.followTask(first, () => undefined, unaborted()))).toEqual({ kind: 'succeeded' });
    const second = await lab.session.startRelocation(lab.hot('web-02', 'host', 'esx06'), unaborted());
    expect((await lab.pass(lab.session.followTask(second, () => undefined, unaborted()))).kind).toBe('failed');
  });

  it('cut the connection in the middle, and it comes back by itself', async () => {
    const lab = await openLab('vmware');
    const { ref, outcome } = await moveWith(lab, { kind: 'connection-drops', atPercent: 40, backAfterMs: 5000 });
    await expect(lab.pass(outcome)).rejects.toMatchObject({ code: 'connection-lost' });
    await expect(lab.session.locate({ id: lab.vm('web-01').id }, unaborted())).rejects.toMatchObject({
      code: 'connection-lost',
    });
    await expect(lab.adapter.connect(lab.site, '', unaborted())).rejects.toMatchObject({
      code: 'site-unreachable',
      data: { address: 'lab' },
    });
    lab.clock.advance(5000);
    const again = await lab.connect();
    expect(await lab.pass(again.followTask(ref, () => undefined, unaborted()))).toEqual({ kind: 'succeeded' });
    expect(lab.vm('web-01').host).toBe(lab.find('host', 'esx06').id);
  });

  it('let the session expire in the middle without harm', async () => {
    const lab = await openLab('vmware');
    const { outcome } = await moveWith(lab, { kind: 'sessions-expire', atPercent: 40 });
    expect(await lab.pass(outcome)).toEqual({ kind: 'succeeded' });
  });

  it('refuse the log-in after a session has expired, which is then told', async () => {
    const lab = await openLab('vmware');
    lab.server.link.expireSessions();
    lab.adapter.faults.arm({ kind: 'login-refused' });
    const reading = lab.session.readEntities([lab.vm('web-01').id], unaborted());
    await expect(reading).rejects.toMatchObject({ code: 'session-expired' });
  });

  it('let somebody else destroy the VM', async () => {
    const lab = await openLab('vmware');
    const { outcome } = await moveWith(lab, { kind: 'vm-destroyed', atPercent: 40 });
    expect(await lab.pass(outcome)).toMatchObject({
      kind: 'failed',
      error: { code: 'vm-gone', data: { vmName: 'web-01' } },
    });
  });

  it('let somebody else rename the VM, and it still arrives', async () => {
    const lab = await openLab('vmware');
    const { outcome } = await moveWith(lab, { kind: 'vm-renamed', atPercent: 40, name: 'web-01-old' });
    expect(await lab.pass(outcome)).toEqual({ kind: 'succeeded' });
    expect(lab.vm('web-01-old').host).toBe(lab.find('host', 'esx06').id);
  });

  it('let somebody else move the VM, and the move fails', async () => {
    const lab = await openLab('vmware');
    const { host } = lab.vm('web-01');
    const { outcome } = await moveWith(lab, { kind: 'vm-moved', atPercent: 40 });
    expect(await lab.pass(outcome)).toMatchObject({ kind: 'failed', error: { data: { fault: 'ConcurrentAccess' } } });
    const now = lab.vm('web-01').host;
    expect(now).not.toBe(host);
    expect(now).not.toBe(lab.find('host', 'esx06').id);
  });

  it('meet a move in the order of their percents', async () => {
    const lab = await openLab('vmware');
    const { outcome } = await moveWith(
      lab,
      { kind: 'fails', atPercent: 70, fault: 'Timedout', message: '' },
      { kind: 'vm-renamed', atPercent: 20, name: 'first-renamed' },
    );
    expect((await lab.pass(outcome)).kind).toBe('failed');
    expect(lab.vm('first-renamed').busyWith).toBeNull();
  });

  it('make answers slow', async () => {
    const lab = await openLab('vmware');
    lab.adapter.faults.arm({ kind: 'slow-answers', delayMs: 4000 });
    const before = lab.clock.now();
    await lab.pass(lab.session.readEntities([], unaborted()));
    expect(lab.clock.now() - before).toBeGreaterThanOrEqual(4000);
  });

  it('make answers so slow that the console gives up, though the move was started', async () => {
    const lab = await openLab('vmware');
    lab.adapter.faults.arm({ kind: 'slow-answers', delayMs: 60_000 });
    const start = lab.session.startRelocation(lab.hot('web-01', 'host', 'esx06'), unaborted());
    await expect(lab.pass(start)).rejects.toMatchObject({
      code: 'server-timeout',
      data: { operation: 'startRelocation', afterMs: 30_000 },
    });
    expect(lab.vm('web-01').host).toBe(lab.find('host', 'esx06').id);
  });

  it('can be left waiting for by the caller', async () => {
    const lab = await openLab('vmware');
    lab.adapter.faults.arm({ kind: 'slow-answers', delayMs: 4000 });
    const abort = new AbortController();
    const reading = lab.session.readEntities([], abort.signal);
    abort.abort();
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
    const closing = lab.session.readEntities([], unaborted());
    await lab.session.close();
    await expect(closing).rejects.toMatchObject({ code: 'site-not-connected' });
    expect(lab.clock.pending()).toBe(0);
  });

  it('happen on the site they were ordered for', () => {
    const faults = createLabFaults();
    faults.arm({ kind: 'login-refused' }, siteId('one'));
    expect(faults.take('login-refused', siteId('two'))).toBeNull();
    expect(faults.take('login-refused', siteId('one'))).toEqual({ kind: 'login-refused' });
    expect(faults.take('login-refused', siteId('one'))).toBeNull();
  });

  it('can be taken back', () => {
    const faults = createLabFaults();
    faults.arm({ kind: 'slow-answers', delayMs: 10 });
    faults.arm({ kind: 'answer-lost' });
    faults.disarm('slow-answers');
    expect(faults.armed()).toEqual([{ kind: 'answer-lost' }]);
    faults.clear();
    expect(faults.armed()).toEqual([]);
  });

  it('are no concern of a site that is no lab', async () => {
    const lab = await openLab('vmware');
    const other = { ...labSite('vmware'), kind: 'vsphere' } as const;
    await expect(lab.adapter.connect(other, '', unaborted())).rejects.toMatchObject({ code: 'site-kind-unavailable' });
    await expect(lab.adapter.probe(other, unaborted())).rejects.toMatchObject({ code: 'site-kind-unavailable' });
  });
});
