import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../electron/clock.ts';
import { type ConsoleServices, composeConsole } from '../../electron/compose.ts';
import { createVsphereAdapter } from '../../electron/hypervisors/vsphere/vsphere-adapter.ts';
import { createMemoryCredentialStore } from '../../electron/secrets/credential-store.ts';
import { operationId, siteId } from '../../shared/domain/ids.ts';
import type { Destination, MigrationMethod, Move } from '../../shared/domain/migration.ts';
import type { VirtualMachine, VmSummary } from '../../shared/domain/virtual-machine.ts';
import { describeWithVcsim, startVcsim, type Vcsim } from '../support/vcsim.ts';

const site = siteId('vc');
const unaborted = new AbortController().signal;

/*
 * The same precautions on a server that speaks the vCenter API: configured there, read by the real adapter, judged by
 * the guard the window and the command line ask.
 */
describeWithVcsim('the precautions on a simulated vCenter', () => {
  let vcsim: Vcsim;
  let services: ConsoleServices;
  const directory = mkdtempSync(join(tmpdir(), 'vm-console-seed-'));

  beforeAll(async () => {
    vcsim = await startVcsim({ vms: 40 });
    services = composeConsole({
      directory,
      adapters: [createVsphereAdapter()],
      credentials: createMemoryCredentialStore(),
      clock: systemClock,
      processId: process.pid,
      onTask: () => undefined,
      onProgress: () => undefined,
      onFault: () => undefined,
      remembersOffline: false,
    });
    await services.sites.start();
    await services.sites.add(
      {
        site: {
          id: site,
          name: 'vc',
          kind: 'vsphere',
          address: vcsim.address,
          port: vcsim.port,
          userName: vcsim.username,
          pinnedCertificate: vcsim.fingerprint,
        },
        password: vcsim.password,
        rememberPassword: false,
      },
      unaborted,
    );
    await services.sites.inSync(site, unaborted);
  });

  afterAll(async () => {
    await services.close();
    await vcsim.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  const place = (kind: Destination['kind'], name: string): Destination => {
    for (const entity of services.inventory.view().infrastructure()) {
      if (entity.kind === kind && entity.name === name) return { kind, id: entity.id, name };
    }
    throw new Error(`no ${kind} ${name}`);
  };

  const vmNamed = (name: string): VmSummary => {
    const vm = [...services.inventory.site(site).vms.values()].find((each) => each.name === name);
    if (vm === undefined) throw new Error(`no VM ${name}`);
    return vm;
  };

  const rulesAgainst = async (
    vmName: string,
    method: MigrationMethod,
    destination: Destination,
    toNetwork: (vm: VirtualMachine) => Move['networkMap'] = () => ({}),
  ) => {
    const vm = vmNamed(vmName);
    const [facts] = services.inventory.facts([vm.id]);
    const networkMap = facts === undefined ? {} : toNetwork(facts.vm);
    const move: Move = { vm: vm.id, vmName, method, destination, host: null, datastore: null, networkMap };
    const { findings } = await services.guard.check([move], 1, unaborted);
    return findings.filter((each) => each.outcome === 'violated').map((each) => `${each.severity} ${each.code}`);
  };

  it.each([
    ['scenario-usb', 'blocker S2'],
    ['scenario-iso', 'warning S6'],
    ['scenario-floppy', 'blocker S7'],
    ['scenario-pvlan-without-portgroup', 'blocker S11'],
    ['scenario-rdm', 'blocker S12'],
    ['scenario-snapshots', 'warning X1'],
    ['scenario-independent-disk', 'warning X2'],
    ['scenario-shared-bus', 'blocker X3'],
    ['scenario-pci-passthrough', 'blocker X4'],
    ['scenario-tpm', 'blocker X5'],
    ['scenario-disconnected', 'blocker X16'],
    ['scenario-template', 'blocker D5-template'],
  ])('%s: %s', async (vmName, expected) => {
    expect(await rulesAgainst(vmName, 'cold-evacuate', place('cluster', 'cluster-2'))).toContain(expected);
  });

  it('scenario-vlan-4095: S10 on a distributed port group, nothing on the standard one of the same name', async () => {
    const there = place('cluster', 'cluster-2');
    const distributed = [...services.inventory.view().infrastructure()].find(
      (each) => each.kind === 'network' && each.variant === 'distributed' && each.vlan?.kind === 'vlan',
    );
    const mapped = await rulesAgainst('scenario-vlan-4095', 'cold-evacuate', there, (vm) =>
      Object.fromEntries((vm.adapters ?? []).flatMap(({ key }) => (distributed ? [[key, distributed.id]] : []))),
    );
    expect(mapped).toContain('blocker S10');
    expect(await rulesAgainst('scenario-vlan-4095', 'cold-evacuate', there)).not.toContain('blocker S10');
  });

  it('a secondary private VLAN with its port group, and an ordinary VM, provoke none of them', async () => {
    const there = place('cluster', 'cluster-2');
    const seedRules = /blocker S\d|warning S6/;
    for (const name of ['scenario-pvlan-with-portgroup', 'vm-0001', 'vm-0002']) {
      expect((await rulesAgainst(name, 'cold-evacuate', there)).filter((code) => seedRules.test(code))).not.toContain(
        'blocker S11',
      );
    }
    const ordinary = await rulesAgainst('vm-0002', 'cold-evacuate', there);
    expect(ordinary.filter((code) => /S2|S6|S7|S10|S11|S12/.test(code))).toEqual([]);
  });

  describe('a full datastore', () => {
    const gigabyte = 1024 ** 3;
    const datastores = () =>
      [...services.inventory.view().infrastructure()].filter((each) => each.kind === 'datastore');
    const freeBytes = () => datastores().map((each) => each.freeBytes);
    const fill = async (bytes: number): Promise<void> => {
      for (const { name } of datastores()) await vcsim.setSpace(name, { freeBytes: bytes });
    };
    /** A VM that runs, and a datastore it has nothing on. */
    const runningVm = () => {
      for (const vm of services.inventory.site(site).vms.values()) {
        const [known] = services.inventory.facts([vm.id]);
        const other = datastores().find(({ id }) => known?.vm.datastores?.includes(id) === false);
        if (vm.powerState === 'on' && other !== undefined) return { vm, other };
      }
      throw new Error('no VM that runs');
    };
    const spaceFindings = async (move: Move) =>
      (await services.guard.check([move], 1, unaborted)).findings.filter((each) => each.ruleId === 'X9');
    const moveOf = (vm: VmSummary, facts: Pick<Move, 'method'> & Partial<Move>): Move => {
      const destination = place('cluster', 'cluster-2');
      return { vm: vm.id, vmName: vm.name, destination, host: null, datastore: null, networkMap: {}, ...facts };
    };

    afterAll(() => fill(4_096 * gigabyte));

    it('is heard of, and X9 forbids what would be copied there until there is room again', async () => {
      const evacuated = moveOf(vmNamed('vm-0002'), { method: 'cold-evacuate' });
      expect(await spaceFindings(evacuated)).toEqual([]);
      await fill(1);
      await expect.poll(freeBytes, { timeout: 20_000 }).toEqual(datastores().map(() => 1));
      const [found, ...others] = await spaceFindings(evacuated);
      expect(found).toMatchObject({ severity: 'blocker', outcome: 'violated', evidence: { freeBytes: 1 } });
      expect(found?.evidence.missingBytes).toBe((found?.evidence.neededBytes as number) - 1);
      expect(others).toEqual([]);
      await fill(500 * gigabyte);
      expect(await spaceFindings(evacuated)).toEqual([]);
    });

    it('that was chosen: X9 for a running VM, which the last check before its start refuses', async () => {
      const { vm, other } = runningVm();
      const move = moveOf(vm, { method: 'hot', datastore: other.id });
      expect(await spaceFindings(move)).toEqual([]);
      await vcsim.setSpace(other.name, { freeBytes: 1 });
      expect(await spaceFindings(move)).toMatchObject([{ severity: 'blocker', evidence: { datastore: other.name } }]);
      expect(await spaceFindings({ ...move, datastore: null })).toEqual([]);
      const before = await vcsim.state(vm.name);
      const { destination } = move;
      const [task] = services.runner.submit({
        id: operationId('full'),
        destination,
        moves: [move],
        acknowledgements: [],
        atATime: 1,
      });
      if (task === undefined) throw new Error('no task');
      await expect
        .poll(() => services.runner.log.view(task.id), { timeout: 20_000 })
        .toMatchObject({ state: 'failed', error: { code: 'blocked-by-precautions', data: { ruleIds: ['X9'] } } });
      expect(await vcsim.state(vm.name)).toEqual(before);
    });
  });

  it('what the server itself objects to is told as X20', async () => {
    await vcsim.control('/check', {
      vm: 'vm-0001',
      errors: [{ fault: 'RDMNotSupported', message: 'Disk 2 is an RDM.' }],
    });
    expect(await rulesAgainst('vm-0001', 'hot', place('cluster', 'cluster-2'))).toContain('blocker X20');
  });
});
