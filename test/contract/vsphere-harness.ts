import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { createVsphereAdapter } from '../../electron/hypervisors/vsphere/vsphere-adapter.ts';
import { type EntityId, entityId, nativeIdOf, siteId } from '../../shared/domain/ids.ts';
import type { Destination, DestinationKind } from '../../shared/domain/migration.ts';
import type { Site } from '../../shared/domain/site.ts';
import { startVcsim, type Vcsim } from '../support/vcsim.ts';
import { hotMove } from './contract-bench.ts';
import type { ContractHarness, ContractStage, KnownVm, PlatformControl, UnfitEvacuation } from './contract-harness.ts';
import { openLine } from './cuttable-line.ts';

interface MachineState {
  readonly name: string;
  readonly ref: string;
  readonly instanceUuid: string;
  readonly host: string;
  readonly compute: string;
  readonly poolRef: string;
  readonly vApp: string | null;
  readonly power: string;
  readonly datastores: readonly string[];
}

interface Place {
  readonly kind: string;
  readonly name: string;
  readonly ref: string;
}

const site = siteId('vc');
const id = (type: string, ref: string): EntityId => entityId(site, `${type}:${ref}`);
/** The part of an id the simulator knows an object by. */
const refOf = (entity: EntityId): string => nativeIdOf(entity).slice(nativeIdOf(entity).indexOf(':') + 1);

const placeTypes: Readonly<Record<DestinationKind, string>> = {
  host: 'HostSystem',
  'resource-pool': 'ResourcePool',
  vapp: 'VirtualApp',
  cluster: 'ClusterComputeResource',
};

/** Leases that run out soon, so that this can be waited for. */
const quickTransfers = { diskBytes: 300_000, leaseTimeoutSeconds: 3 };

const unfitParts = [
  ['scenario-usb', 'OvfUnsupportedDeviceExport', 'error'],
  ['scenario-rdm', 'OvfUnableToExportDisk', 'error'],
  ['scenario-iso', 'OvfConnectedDeviceIso', 'warning'],
  ['scenario-floppy', 'OvfConnectedDeviceFloppy', 'warning'],
] as const;

const startStage = async (): Promise<ContractStage> => {
  const vcsim = await startVcsim({ vms: 27, clusters: 2, hosts: 2, standaloneHosts: 1, scenarios: true });
  const line = await openLine(vcsim);
  const webServer = createServer((_request, response) => response.end('<html>'));
  webServer.listen(0, '127.0.0.1');
  await once(webServer, 'listening');

  const places = await vcsim.control<readonly Place[]>('/places');
  const place = (kind: string, name: string): Place => {
    const found = places.find((each) => each.kind === kind && each.name === name);
    if (found === undefined) throw new Error(`the simulator has no ${kind} ${name}`);
    return found;
  };
  const machines = await allMachines(vcsim);
  const cast = (power: string): MachineState => {
    const found = machines.find((each) => each.power === power && each.compute === 'cluster-1' && each.vApp === null);
    if (found === undefined) throw new Error(`no machine of cluster-1 is ${power}`);
    return found;
  };
  const running = cast('poweredOn');
  const runningVm = known(running);

  const destination = (kind: DestinationKind): Destination => {
    const names = {
      host: 'esx-2-1.example',
      'resource-pool': 'production-2-a',
      vapp: 'vapp-2-1',
      cluster: 'cluster-2',
    };
    const type = placeTypes[kind];
    return { kind, id: id(type, place(type, names[kind]).ref), name: names[kind] };
  };

  const otherDatastore = places.find((each) => each.kind === 'Datastore' && !running.datastores.includes(each.name));
  const adapterKey = await firstAdapterKey(vcsim, running.ref);
  const networkRef = await otherNetwork(vcsim);

  const objectionable = machines.find((each) => each.power === 'poweredOn' && each.ref !== running.ref);
  if (objectionable === undefined || otherDatastore === undefined) throw new Error('the simulator is too small');
  await vcsim.control('/check', {
    vm: objectionable.name,
    errors: [{ fault: 'CannotAccessNetwork', message: 'Network dvpg-vlan-201 is not accessible.' }],
  });

  await vcsim.control('/transfers', quickTransfers);
  const unfit = ([name, fault, severity]: (typeof unfitParts)[number]): Promise<UnfitEvacuation> =>
    stateOf(vcsim, name).then((vm) => ({
      move: { ...hotMove(known(vm), destination('host')), method: 'cold-evacuate' },
      fault,
      severity,
    }));

  return {
    adapter: createVsphereAdapter({ timing: { firstTaskPollMs: 20, longestTaskPollMs: 100 } }),
    site: siteAt(vcsim, line.port),
    password: vcsim.password,
    runningVm,
    stoppedVm: known(cast('poweredOff')),
    destination,
    objectionableMove: hotMove(known(objectionable), destination('host')),
    datastoreMove: {
      ...hotMove(runningVm, destination('host')),
      datastore: id('Datastore', otherDatastore.ref),
    },
    networkMove: {
      ...hotMove(runningVm, destination('host')),
      networkMap: { [adapterKey]: id('DistributedVirtualPortgroup', networkRef) },
    },
    unfitEvacuations: await Promise.all(unfitParts.map(unfit)),
    unreachable: { kind: 'vsphere', address: '127.0.0.1', port: 1 },
    otherServer: {
      kind: 'vsphere',
      address: '127.0.0.1',
      port: (webServer.address() as AddressInfo).port,
    },
    fixable: {
      'eject-iso': await scenario(vcsim, 'scenario-iso'),
      'empty-floppy': await scenario(vcsim, 'scenario-floppy'),
      'remove-usb': await scenario(vcsim, 'scenario-usb'),
    },
    control: controlOf(vcsim, line, place),
    stop: async () => {
      await line.close();
      webServer.close();
      await vcsim.stop();
    },
  };
};

const siteAt = (vcsim: Vcsim, port: number): Site => ({
  id: site,
  name: 'Simulated vCenter',
  kind: 'vsphere',
  address: '127.0.0.1',
  port,
  userName: vcsim.username,
  pinnedCertificate: vcsim.fingerprint,
});

const known = ({ ref, name, instanceUuid }: MachineState): KnownVm => ({
  id: id('VirtualMachine', ref),
  name,
  instanceUuid,
});

const stateOf = (vcsim: Vcsim, ref: string): Promise<MachineState> =>
  vcsim.control<MachineState>(`/state?vm=${encodeURIComponent(ref)}`);

const scenario = async (vcsim: Vcsim, name: string): Promise<EntityId> =>
  id('VirtualMachine', (await stateOf(vcsim, name)).ref);

const allMachines = (vcsim: Vcsim): Promise<readonly MachineState[]> =>
  Promise.all(Array.from({ length: 12 }, (_, i) => stateOf(vcsim, `vm-${String(i + 1).padStart(4, '0')}`)));

const firstMatch = (answer: unknown, pattern: RegExp): string => {
  const [, found] = pattern.exec(JSON.stringify(answer)) ?? [];
  if (found === undefined) throw new Error(`govc told nothing like ${pattern}`);
  return found;
};

/** A port group that no machine is attached to at first. */
const otherNetwork = async (vcsim: Vcsim): Promise<string> =>
  firstMatch(await vcsim.govc('ls', '-l', '/dc-1/network/*pvlan*'), /"value":"(dvportgroup-\d+)"/i);

const firstAdapterKey = async (vcsim: Vcsim, ref: string): Promise<string> =>
  firstMatch(await vcsim.govc('device.info', '-vm', `VirtualMachine:${ref}`, 'ethernet-*'), /"key":(\d+)/i);

const controlOf = (
  vcsim: Vcsim,
  line: Awaited<ReturnType<typeof openLine>>,
  place: (kind: string, name: string) => Place,
): PlatformControl => {
  /** What to do to a move as soon as one is under way. */
  let nextStep: object | null = null;

  const stepWhenUnderWay = async (over: AbortSignal): Promise<void> => {
    while (nextStep !== null && !over.aborted) {
      const stepped = await vcsim.control('/relocate/step', nextStep).catch(() => null);
      if (stepped !== null) nextStep = null;
      else await delay(20);
    }
  };

  return {
    whereIs: async (vm) => {
      const state = await stateOf(vcsim, refOf(vm)).catch(() => null);
      if (state === null) return null;
      return {
        host: id('HostSystem', place('HostSystem', state.host).ref),
        pool: id(state.vApp === null ? 'ResourcePool' : 'VirtualApp', state.poolRef),
        datastores: state.datastores.map((name) => id('Datastore', place('Datastore', name).ref)),
      };
    },
    whilePassing: async (promise) => {
      const over = new AbortController();
      const stepping = stepWhenUnderWay(over.signal);
      try {
        return await promise;
      } finally {
        over.abort();
        await stepping;
      }
    },
    renameVm: async (vm, name) => void (await vcsim.control('/rename', { vm: refOf(vm), name })),
    destroyVm: async (vm) => void (await vcsim.control('/destroy', { vm: refOf(vm) })),
    moveVm: async (vm, { kind, id: to }) => {
      if (kind !== 'host') throw new Error('machines are moved behind our back to hosts only');
      const compute = nativeIdOf(to) === nativeIdOf(id('HostSystem', place('HostSystem', 'esx-2-1.example').ref));
      const pool = compute ? 'cluster-2' : 'cluster-1';
      await vcsim.control('/move-by-someone-else', { vm: refOf(vm), pool, host: refOf(to) });
    },
    reregisterVm: async (vm) => {
      const { name, compute } = await stateOf(vcsim, refOf(vm));
      const told = await vcsim.govc('object.collect', `VirtualMachine:${refOf(vm)}`, 'config.files.vmPathName');
      const [, datastore = '', file = ''] = /"\[([^\]]+)\] ([^"]+)"/.exec(JSON.stringify(told)) ?? [];
      await vcsim.govc('vm.unregister', name);
      const root = `/dc-1/host/${compute}/Resources`;
      await vcsim.govc('vm.register', '-pool', root, '-ds', datastore, '-host', 'esx-1-1.example', file);
      return id('VirtualMachine', (await stateOf(vcsim, name)).ref);
    },
    wrongPassword: async () => 'not-the-password',
    holdMoves: async () => {
      await vcsim.control('/relocate', { mode: 'manual' });
      nextStep = { percent: 40 };
    },
    releaseMoves: async () => {
      nextStep = null;
      await vcsim.control('/relocate', { mode: 'auto' });
      // Refused when nothing is moving, which is as well.
      await vcsim.control('/relocate/step', { finish: true }).catch(() => undefined);
    },
    failNextMove: async (fault) => {
      await vcsim.control('/relocate', { mode: 'manual' });
      nextStep = { fail: { fault } };
    },
    loseNextMoveAnswer: async () => {
      await vcsim.control('/calls/reset', {});
      line.guard(async () => !('RelocateVM_Task' in (await vcsim.control<object>('/calls'))));
    },
    dropConnection: () => line.cut(),
    restoreConnection: () => line.mend(),
    expireSessions: async () => void (await vcsim.control('/sessions/expire', {})),
    breakNextStream: async () =>
      void (await vcsim.control('/transfers', { ...quickTransfers, breakAfterBytes: 100_000 })),
    outlastLease: () => delay(quickTransfers.leaseTimeoutSeconds * 1000 + 500),
  };
};

/** The vSphere adapter against the vCenter simulator. */
export const vsphereHarness: ContractHarness = {
  platform: 'vmware',
  destinationKinds: ['host', 'resource-pool', 'vapp', 'cluster'],
  unavailable: {},
  start: startStage,
};
