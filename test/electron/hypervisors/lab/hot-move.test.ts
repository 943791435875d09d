import { describe, expect, it } from 'vitest';
import { renameVm } from '../../../../electron/hypervisors/lab/world-acts.ts';
import type { PlatformTaskOutcome } from '../../../../electron/hypervisors/port.ts';
import type { Move } from '../../../../shared/domain/migration.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { type LabBench, openLab, unaborted } from './lab-bench.ts';

const run = async (lab: LabBench, move: Move): Promise<PlatformTaskOutcome> => {
  const ref = await lab.pass(lab.session.startRelocation(move, unaborted()));
  return lab.pass(lab.session.followTask(ref, () => undefined, unaborted()));
};

const faultOf = (outcome: PlatformTaskOutcome): string =>
  outcome.kind === 'failed' && outcome.error.code === 'platform-fault' ? outcome.error.data.fault : outcome.kind;

const timed = async (lab: LabBench, move: Move): Promise<number> => {
  const before = lab.clock.now();
  expect(await run(lab, move)).toEqual({ kind: 'succeeded' });
  return lab.clock.now() - before;
};

describe('a hot move in the lab', () => {
  it('takes longer for more memory, and hardly any time when only the pool changes', async () => {
    const lab = await openLab('vmware');
    const poolOnly = await timed(lab, lab.hot('web-01', 'resource-pool', 'rp-app'));
    const small = await timed(lab, lab.hot('proxy-01', 'host', 'esx06'));
    const large = await timed(lab, lab.hot('mem-db-01', 'host', 'esx06'));
    expect(poolOnly).toBeLessThan(2000);
    expect(small).toBeGreaterThan(3000);
    expect(large).toBeGreaterThan(small);
    expect(large).toBeLessThan(13_000);
  });

  it('goes faster when the lab is told to', async () => {
    const slow = await openLab('vmware');
    const fast = await openLab('vmware', { speed: 10 });
    const atSpeedOne = await timed(slow, slow.hot('mem-db-01', 'host', 'esx06'));
    const atSpeedTen = await timed(fast, fast.hot('mem-db-01', 'host', 'esx06'));
    expect(atSpeedOne / atSpeedTen).toBeGreaterThan(8);
  });

  it('holds the VM while it runs', async () => {
    const lab = await openLab('vmware');
    const ref = await lab.session.startRelocation(lab.hot('web-01', 'host', 'esx06'), unaborted());
    expect(lab.vm('web-01').busyWith).toBe('Relocate virtual machine');
    const second = lab.session.startRelocation(lab.hot('web-01', 'host', 'esx05'), unaborted());
    await expect(second).rejects.toMatchObject({ code: 'platform-fault', data: { fault: 'TaskInProgress' } });
    await lab.pass(lab.session.followTask(ref, () => undefined, unaborted()));
    expect(lab.vm('web-01').busyWith).toBeNull();
  });

  it('takes what the VM uses from one host to the other', async () => {
    const lab = await openLab('vmware');
    const used = (host: string): number => lab.find('host', host).memoryUsedBytes ?? 0;
    const before = [used('esx03'), used('esx06')] as const;
    await run(lab, lab.hot('mem-db-01', 'host', 'esx06'));
    const taken = before[0] - used('esx03');
    expect(taken).toBeGreaterThan(0);
    expect(used('esx06') - before[1]).toBe(taken);
  });

  it('takes the files along where the storage is not shared, and the free space follows', async () => {
    const lab = await openLab('hyperv');
    const free = (name: string): number => lab.find('datastore', name).freeBytes ?? 0;
    const before = [free('CSV-OSA-01'), free('CSV-TYO-01')] as const;
    const stored = lab.vm('hr-web-01').storedBytes ?? 0;
    await run(lab, lab.hot('hr-web-01', 'cluster', 'HVCL02'));
    const vm = lab.vm('hr-web-01');
    expect(vm.datastores).toEqual([lab.find('datastore', 'CSV-TYO-01').id]);
    expect(vm.disks?.[0]?.fileName).toContain('CSV-TYO-01');
    expect(free('CSV-OSA-01') - before[0]).toBe(stored);
    expect(before[1] - free('CSV-TYO-01')).toBe(stored);
    expect(vm.parent).toBe(lab.find('folder', 'Tokyo').id);
  });

  it('goes to the host with most free memory when the platform may choose', async () => {
    const lab = await openLab('vmware');
    await run(lab, lab.hot('stg-web-01', 'cluster', 'CL-PROD-01'));
    const chosen = lab.vm('stg-web-01').host;
    const free = (host: string): number => {
      const { memoryTotalBytes = 0, memoryUsedBytes = 0 } = lab.find('host', host);
      return memoryTotalBytes - memoryUsedBytes;
    };
    const best = ['esx01', 'esx03', 'esx04', 'esx05', 'esx06'].sort((one, other) => free(other) - free(one))[0] ?? '';
    expect(chosen).toBe(lab.find('host', best).id);
  });

  it('goes to the host that was named inside the destination', async () => {
    const lab = await openLab('vmware');
    const host = lab.find('host', 'esx05').id;
    await run(lab, lab.hot('web-01', 'resource-pool', 'rp-batch', { host }));
    expect(lab.vm('web-01')).toMatchObject({ host, pool: lab.find('resource-pool', 'rp-batch').id });
  });

  it('keeps its pool when it changes the host inside its cluster, and gets the top one of another', async () => {
    const lab = await openLab('vmware');
    const { pool } = lab.vm('crm-app-01');
    await run(lab, lab.hot('crm-app-01', 'host', 'esx06'));
    expect(lab.vm('crm-app-01').pool).toBe(pool);
    await run(lab, lab.hot('crm-app-01', 'host', 'esx12'));
    expect(lab.vm('crm-app-01').pool).toBe(lab.find('cluster', 'CL-STG-01').rootPool);
  });

  it('leaves the folder for the one of the other data center', async () => {
    const lab = await openLab('vmware');
    const map = { '4000': lab.find('network', 'osa-app').id };
    expect(await run(lab, lab.hot('crm-app-01', 'cluster', 'CL-OSA-01', { networkMap: map }))).toEqual({
      kind: 'succeeded',
    });
    const vm = lab.vm('crm-app-01');
    expect(vm.parent).toBe(lab.find('datacenter', 'OSA-1').vmFolder);
    expect(vm.adapters?.[0]).toMatchObject({ network: lab.find('network', 'osa-app').id, networkName: 'osa-app' });
  });

  it('cannot be cancelled any longer while the VM is switched over', async () => {
    const lab = await openLab('vmware');
    lab.adapter.faults.arm({ kind: 'moves-held', atPercent: 98 });
    const ref = await lab.session.startRelocation(lab.hot('mem-db-01', 'host', 'esx06'), unaborted());
    const late = new Promise<void>((resolve, reject) => {
      const told = (percent: number | null): void => {
        if ((percent ?? 0) >= 96) resolve();
      };
      lab.session.followTask(ref, told, unaborted()).catch(reject);
    });
    await lab.pass(late);
    expect(await lab.session.cancelTask(ref, unaborted())).toBe('not-cancellable');
    lab.adapter.faults.disarm('moves-held');
    expect(await lab.pass(lab.session.followTask(ref, () => undefined, unaborted()))).toEqual({ kind: 'succeeded' });
  });
});

describe('the platform refuses', () => {
  it.each([
    ['proxy-02', 'host', 'esx06', 'InvalidPowerState'],
    ['payroll-01', 'host', 'esx06', 'InvalidPowerState'],
    ['far-01', 'host', 'esx11', 'InvalidState'],
    ['tmpl-rhel-9', 'host', 'esx06', 'NotSupported'],
  ] as const)('to start with %s at all', async (vm, kind, place, fault) => {
    const lab = await openLab('vmware');
    const error = await lab.session.startRelocation(lab.hot(vm, kind, place), unaborted()).catch((caught) => caught);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: 'platform-fault', data: { fault } });
    expect(lab.vm(vm).busyWith).toBeNull();
  });

  it.each([
    ['web-01', 'host', 'esx02', 'InvalidHostState'],
    ['web-01', 'host', 'esx13', 'InvalidHostConnectionState'],
    ['analytics-01', 'cluster', 'CL-STG-01', 'FeatureRequirementsNotMet'],
    ['scan-01', 'host', 'esx01', 'CannotAccessNetwork'],
    ['web-01', 'vapp', 'vapp-order', 'CannotAccessNetwork'],
    ['rac-01', 'cluster', 'CL-STG-01', 'SharedBusControllerNotSupported'],
    ['cad-01', 'host', 'esx04', 'DeviceNotSupported'],
    ['nfv-01', 'host', 'esx04', 'DeviceNotSupported'],
    ['realtime-01', 'host', 'esx04', 'AffinityConfigured'],
  ] as const)('to bring %s to %s %s, and the VM stays', async (vm, kind, place, fault) => {
    const lab = await openLab('vmware');
    const { host, pool } = lab.vm(vm);
    expect(faultOf(await run(lab, lab.hot(vm, kind, place)))).toBe(fault);
    expect(lab.vm(vm)).toMatchObject({ host, pool, busyWith: null });
  });

  it('newer hardware on an older host, a datastore without room, and one that is not there', async () => {
    const lab = await openLab('vmware');
    const osaka = { '4000': lab.find('network', 'osa-app').id };
    expect(faultOf(await run(lab, lab.hot('new-hw-01', 'cluster', 'CL-OSA-01', { networkMap: osaka })))).toBe(
      'VirtualHardwareVersionNotSupported',
    );
    const edge = { '4000': lab.find('network', 'legacy-101').id };
    expect(faultOf(await run(lab, lab.hot('media-01', 'host', 'esx31', { networkMap: edge })))).toBe(
      'InsufficientStorageSpace',
    );
    const datastore = lab.find('datastore', 'ds-stg-01').id;
    expect(faultOf(await run(lab, lab.hot('web-01', 'host', 'esx06', { datastore })))).toBe('InvalidDatastore');
    const archive = lab.find('datastore', 'ds-archive-01').id;
    expect(faultOf(await run(lab, lab.hot('web-01', 'host', 'esx06', { datastore: archive })))).toBe(
      'InvalidDatastoreState',
    );
  });

  it.each([
    ['hr-web-01', 'host', 'hv04', 'HostInMaintenanceMode'],
    ['hr-web-01', 'host', 'hv23', 'HostNotResponding'],
    ['hr-web-01', 'host', 'hv09', 'LiveMigrationNotEnabled'],
    ['dyn-03', 'host', 'hv09', 'DynamicMemoryNotSupported'],
    ['san-01', 'cluster', 'HVCL02', 'PassThroughDiskCannotMove'],
    ['sqlcl-01', 'cluster', 'HVCL02', 'SharedVHDXCannotMove'],
    ['dmz-01', 'cluster', 'HVCL02', 'VMNetworkNotAvailable'],
    ['new-cfg-01', 'cluster', 'HVCL02', 'ConfigurationVersionNotSupported'],
    ['hv-analytics-01', 'cluster', 'HVCL02', 'ProcessorNotCompatible'],
    ['hv-mem-01', 'host', 'hv21', 'InsufficientMemory'],
  ] as const)('on Hyper-V to bring %s to %s %s', async (vm, kind, place, fault) => {
    const lab = await openLab('hyperv');
    const { host } = lab.vm(vm);
    expect(faultOf(await run(lab, lab.hot(vm, kind, place)))).toBe(fault);
    expect(lab.vm(vm).host).toBe(host);
  });

  it('a name that the other folder already has', async () => {
    const lab = await openLab('vmware');
    const networkMap = { '4000': lab.find('network', 'osa-web').id };
    const second = lab.hot('web-02', 'cluster', 'CL-OSA-01', { networkMap });
    expect(await run(lab, lab.hot('web-01', 'cluster', 'CL-OSA-01', { networkMap }))).toEqual({ kind: 'succeeded' });
    renameVm(lab.server.world, second.vm, 'web-01');
    expect(faultOf(await run(lab, second))).toBe('DuplicateName');
  });

  it('what it would refuse is also what its check tells', async () => {
    const lab = await openLab('vmware');
    const move = lab.hot('analytics-01', 'host', 'esx11');
    const objections = await lab.session.checkMove(move, unaborted());
    expect(objections.map(({ fault, severity }) => [severity, fault])).toEqual([
      ['error', 'FeatureRequirementsNotMet'],
    ]);
    expect(objections[0]?.message).toContain('analytics-01');
    expect(objections[0]?.host).toBe(lab.find('host', 'esx11').id);
    const rules = await lab.session.checkMove(lab.hot('ldap-01', 'cluster', 'CL-STG-01'), unaborted());
    expect(rules.map(({ fault, severity }) => [severity, fault])).toEqual([['warning', 'RuleViolation']]);
  });
});
