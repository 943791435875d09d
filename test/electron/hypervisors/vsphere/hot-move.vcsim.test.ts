import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PlatformTaskOutcome } from '../../../../electron/hypervisors/port.ts';
import { describeWithVcsim, startVcsim, type Vcsim } from '../../../support/vcsim.ts';
import { refusal } from './refusal.ts';
import { type Console, openConsole, unaborted, witness } from './vcsim-site.ts';

const succeeded: PlatformTaskOutcome = { kind: 'succeeded' };

describeWithVcsim('moving running VMs of a vCenter', () => {
  let vcsim: Vcsim;
  let site: Console;
  /** Runs in cluster-1, in a pool none of the tests moves it to. */
  let vm: string;

  beforeEach(async () => {
    vcsim = await startVcsim({ vms: 40, clusters: 2, hosts: 2, scenarios: false });
    site = await openConsole(vcsim);
    const pools = ['development-1', 'development-1-a', 'production-1-b'].map(
      (name) => site.named('resource-pool', name).id,
    );
    const running = site.all('virtual-machine').filter(({ powerState }) => powerState === 'on');
    vm = running.find(({ pool }) => pool !== null && pools.includes(pool))?.name ?? '';
  });

  afterEach(async () => {
    await site?.close();
    await vcsim?.stop();
  });

  const hostsOf = (cluster: string): readonly string[] => {
    const { id } = site.named('cluster', cluster);
    return site
      .all('host')
      .filter((host) => host.cluster === id)
      .map((host) => host.id);
  };

  it('brings them to a host of the same cluster, where they keep their pool', async () => {
    const before = await witness(vcsim, vm);
    const other = site.all('host').find((host) => hostsOf('cluster-1').includes(host.id) && host.id !== before?.host);
    expect(await site.carryOut(site.move(vm, 'host', other?.name ?? ''))).toEqual(succeeded);
    expect(await witness(vcsim, vm)).toEqual({ ...before, host: other?.id, power: 'poweredOn' });
  });

  it('brings them to a nested pool of the same cluster, where they keep their host', async () => {
    const before = await witness(vcsim, vm);
    expect(await site.carryOut(site.move(vm, 'resource-pool', 'development-1-b'))).toEqual(succeeded);
    expect(await witness(vcsim, vm)).toEqual({ ...before, pool: site.named('resource-pool', 'development-1-b').id });
  });

  it('brings them to a pool of another cluster, whether it chooses hosts by itself or not', async () => {
    await vcsim.control('/drs', { cluster: 'cluster-2', enabled: false });
    expect(await site.carryOut(site.move(vm, 'resource-pool', 'production-2-a'))).toEqual(succeeded);
    const there = await witness(vcsim, vm);
    expect(there?.pool).toBe(site.named('resource-pool', 'production-2-a').id);
    expect(hostsOf('cluster-2')).toContain(there?.host);
  });

  it('brings them to a cluster, to a host without one, and back', async () => {
    expect(await site.carryOut(site.move(vm, 'cluster', 'cluster-2'))).toEqual(succeeded);
    expect((await witness(vcsim, vm))?.pool).toBe(site.named('cluster', 'cluster-2').rootPool);
    expect(await site.carryOut(site.move(vm, 'host', 'esx-alone-1.example'))).toEqual(succeeded);
    const alone = site.named('host', 'esx-alone-1.example');
    expect(await witness(vcsim, vm)).toMatchObject({ host: alone.id, pool: alone.rootPool, power: 'poweredOn' });
    expect(await site.carryOut(site.move(vm, 'resource-pool', 'production-1'))).toEqual(succeeded);
    expect((await witness(vcsim, vm))?.pool).toBe(site.named('resource-pool', 'production-1').id);
  });

  it('brings them into a vApp of the same cluster, out of it, and into one of another cluster', async () => {
    const before = await witness(vcsim, vm);
    const vapp = site.named('vapp', 'vapp-1-1').id;
    expect(await site.carryOut(site.move(vm, 'vapp', 'vapp-1-1'))).toEqual(succeeded);
    expect(await witness(vcsim, vm)).toEqual({ ...before, pool: vapp });
    await site.watch.until(() => site.named('virtual-machine', vm).pool === vapp);

    expect(await site.carryOut(site.move(vm, 'resource-pool', 'production-1-a'))).toEqual(succeeded);
    expect((await witness(vcsim, vm))?.pool).toBe(site.named('resource-pool', 'production-1-a').id);

    expect(await site.carryOut(site.move(vm, 'vapp', 'vapp-2-1'))).toEqual(succeeded);
    const there = await witness(vcsim, vm);
    expect(there).toMatchObject({ pool: site.named('vapp', 'vapp-2-1').id, power: 'poweredOn' });
    expect(hostsOf('cluster-2')).toContain(there?.host);
  });

  it('passes by a host that is in maintenance', async () => {
    const [first] = hostsOf('cluster-2');
    const name = site.all('host').find((host) => host.id === first)?.name ?? '';
    await vcsim.govc('host.maintenance.enter', name);
    expect(await site.carryOut(site.move(vm, 'cluster', 'cluster-2'))).toEqual(succeeded);
    expect((await witness(vcsim, vm))?.host).toBe(hostsOf('cluster-2')[1]);
  });

  it('refuses a second move of a VM that is moving', async () => {
    await vcsim.control('/relocate', { mode: 'manual' });
    await site.session.startRelocation(site.move(vm, 'cluster', 'cluster-2'), unaborted());
    expect(await site.carryOut(site.move(vm, 'host', 'esx-alone-1.example'))).toMatchObject({
      kind: 'failed',
      error: { code: 'platform-fault', data: { fault: 'TaskInProgress' } },
    });
  });

  it('tells the privilege that is missing', async () => {
    const { value, type } = { type: 'VirtualMachine', value: site.named('virtual-machine', vm).id.replace(/.*:/, '') };
    await vcsim.control('/fault', {
      method: 'RelocateVM_Task',
      fault: 'NoPermission',
      properties: { object: { type, value }, privilegeId: 'Resource.HotMigrate' },
      count: 1,
    });
    expect(await refusal(site.carryOut(site.move(vm, 'cluster', 'cluster-2')))).toMatchObject({
      code: 'no-privilege',
      data: { privilege: 'Resource.HotMigrate', object: vm },
    });
  });

  it('does not cancel a move the server does not let go of, and tells how it really ended', async () => {
    await vcsim.control('/relocate', { mode: 'manual', cancelable: false });
    const stuck = await site.session.startRelocation(site.move(vm, 'cluster', 'cluster-2'), unaborted());
    expect(await site.session.cancelTask(stuck, unaborted())).toBe('not-cancellable');
    await vcsim.control('/relocate/step', { finish: true });
    expect(await site.session.followTask(stuck, () => undefined, unaborted())).toEqual(succeeded);

    await vcsim.control('/relocate', { mode: 'manual', cancel: 'ignore' });
    const switched = await site.session.startRelocation(site.move(vm, 'cluster', 'cluster-1'), unaborted());
    expect(await site.session.cancelTask(switched, unaborted())).toBe('asked');
    await vcsim.control('/relocate/step', { finish: true });
    expect(await site.session.followTask(switched, () => undefined, unaborted())).toEqual(succeeded);
    expect((await witness(vcsim, vm))?.pool).toBe(site.named('cluster', 'cluster-1').rootPool);
  });

  it('keeps its eyes on a move when the server ends the sessions in the middle of it', async () => {
    await vcsim.control('/relocate', { mode: 'manual' });
    const ref = await site.session.startRelocation(site.move(vm, 'cluster', 'cluster-2'), unaborted());
    await vcsim.control('/relocate/step', { percent: 30 });
    let tellUnderWay: () => void = () => undefined;
    const underWay = new Promise<void>((resolve) => {
      tellUnderWay = resolve;
    });
    const outcome = site.session.followTask(ref, () => tellUnderWay(), unaborted());
    await underWay;
    await vcsim.control('/sessions/expire', {});
    expect((await refusal(site.watch.ended)).code).toBe('session-expired');
    await vcsim.control('/relocate/step', { finish: true });
    expect(await outcome).toEqual(succeeded);
  });

  it('says that it lost sight when the server dies in the middle of a move, not that the move failed', async () => {
    await vcsim.control('/relocate', { mode: 'manual' });
    const ref = await site.session.startRelocation(site.move(vm, 'cluster', 'cluster-2'), unaborted());
    const outcome = refusal(site.session.followTask(ref, () => undefined, unaborted()));
    await vcsim.kill();
    expect((await outcome).code).toBe('connection-lost');
    expect((await refusal(site.watch.ended)).code).toBe('connection-lost');
    expect((await refusal(site.session.locate(site.named('virtual-machine', vm), unaborted()))).code).toBe(
      'connection-lost',
    );
  });

  it('says that it lost sight when the server hangs', async () => {
    await site.close();
    site = await openConsole(vcsim, { callDeadlineMs: 400, logoutDeadlineMs: 100 });
    await vcsim.control('/relocate', { mode: 'manual' });
    const ref = await site.session.startRelocation(site.move(vm, 'cluster', 'cluster-2'), unaborted());
    vcsim.freeze();
    const error = await refusal(site.session.followTask(ref, () => undefined, unaborted()));
    expect(error).toMatchObject({ code: 'server-timeout', data: { operation: 'RetrievePropertiesEx', afterMs: 400 } });
    await site.close();
    vcsim.thaw();
  });

  it('bears that every connection is cut while a move runs', async () => {
    await vcsim.control('/relocate', { mode: 'manual' });
    const ref = await site.session.startRelocation(site.move(vm, 'cluster', 'cluster-2'), unaborted());
    const outcome = site.session.followTask(ref, () => undefined, unaborted());
    await vcsim.control('/drop-connections', {});
    await vcsim.control('/relocate/step', { finish: true });
    expect(await outcome).toEqual(succeeded);
  });
});
