import { chunkBytes } from '../../electron/hypervisors/lab/cold/disk-content.ts';
import { leaseTimeoutMs } from '../../electron/hypervisors/lab/cold/leases.ts';
import { createLabAdapter } from '../../electron/hypervisors/lab/lab-adapter.ts';
import { createManualClock } from '../../electron/hypervisors/lab/lab-clock.ts';
import type { LabWorld } from '../../electron/hypervisors/lab/lab-world.ts';
import {
  destroyVm,
  moveToHost,
  placementOf,
  renameVm,
  reregisterVm,
} from '../../electron/hypervisors/lab/world-acts.ts';
import type { FixKind } from '../../shared/domain/fix.ts';
import { siteId } from '../../shared/domain/ids.ts';
import type { Entity } from '../../shared/domain/inventory.ts';
import type { Destination, DestinationKind, Move } from '../../shared/domain/migration.ts';
import type { Platform } from '../../shared/domain/platform.ts';
import type { VirtualMachine } from '../../shared/domain/virtual-machine.ts';
import { whileClockRuns } from '../support/manual-time.ts';
import { hotMove } from './contract-bench.ts';
import type { ContractHarness, ContractStage, KnownVm, PlatformControl, UnfitEvacuation } from './contract-harness.ts';

/** Which objects of a lab play which part, by name. */
interface Cast {
  readonly runningVm: string;
  readonly stoppedVm: string;
  readonly destinations: Readonly<Partial<Record<DestinationKind, string>>>;
  readonly objectionable: { readonly vm: string; readonly host: string };
  readonly otherDatastore: { readonly name: string; readonly host: string };
  readonly otherNetwork: string;
  readonly fixable: Readonly<Partial<Record<FixKind, string>>>;
  readonly unfit: readonly UnfitPart[];
}

/** A VM that cannot be evacuated to a place, or not whole, by names. */
interface UnfitPart extends Pick<UnfitEvacuation, 'fault' | 'severity'> {
  readonly vm: string;
  readonly destination: readonly [kind: DestinationKind, name: string];
}

const unfit = (
  vm: string,
  destination: UnfitPart['destination'],
  fault: string,
  severity: UnfitPart['severity'] = 'error',
): UnfitPart => ({ vm, destination, fault, severity });

const casts: Readonly<Record<Platform, Cast>> = {
  vmware: {
    runningVm: 'crm-app-01',
    stoppedVm: 'payroll-01',
    destinations: { host: 'esx06', 'resource-pool': 'rp-staging', vapp: 'vapp-erp', cluster: 'CL-STG-01' },
    objectionable: { vm: 'analytics-01', host: 'esx11' },
    otherDatastore: { name: 'ds-prod-02', host: 'esx06' },
    otherNetwork: 'tyo-web',
    fixable: { 'eject-iso': 'report-01', 'empty-floppy': 'legacy-dos-01', 'remove-usb': 'license-srv-01' },
    unfit: [
      unfit('license-srv-01', ['host', 'esx06'], 'OvfUnsupportedDeviceExport'),
      unfit('legacy-dos-01', ['host', 'esx06'], 'OvfConnectedDeviceFloppy'),
      unfit('report-01', ['host', 'esx06'], 'OvfConnectedDeviceIso', 'warning'),
      unfit('cache-01', ['host', 'esx06'], 'OvfUnableToExportDisk'),
      unfit('sniffer-01', ['cluster', 'CL-PROD-01'], 'CannotUseNetwork'),
      unfit('pos-gw-01', ['cluster', 'CL-PROD-01'], 'CannotUseNetwork'),
      unfit('backup-node-01', ['host', 'esx06'], 'CannotAccessNetwork'),
      unfit('archive-01', ['host', 'esx31'], 'InsufficientStorageSpace'),
    ],
  },
  hyperv: {
    runningVm: 'hr-app-01',
    stoppedVm: 'kintai-01',
    destinations: { host: 'hv03', cluster: 'HVCL02' },
    objectionable: { vm: 'hv-analytics-01', host: 'hv11' },
    otherDatastore: { name: 'CSV-TYO-01', host: 'hv12' },
    otherNetwork: 'VMN-Web',
    fixable: { 'eject-iso': 'setup-01', 'empty-floppy': 'fdd-01' },
    unfit: [
      unfit('fdd-01', ['cluster', 'HVCL02'], 'FloppyCannotBeStored'),
      unfit('setup-01', ['cluster', 'HVCL02'], 'ISOCannotBeStored', 'warning'),
      unfit('dda-01', ['cluster', 'HVCL02'], 'AssignedDeviceCannotMove'),
      unfit('dyn-01', ['host', 'hv09'], 'DynamicMemoryNotSupported'),
    ],
  },
};

const named = <Kind extends Entity['kind']>(
  world: LabWorld,
  kind: Kind,
  name: string,
): Extract<Entity, { kind: Kind }> => {
  for (const entity of world.entities()) {
    if (entity.kind === kind && entity.name === name) return entity as Extract<Entity, { kind: Kind }>;
  }
  throw new Error(`the lab has no ${kind} ${name}`);
};

const known = ({ id, name, instanceUuid }: VirtualMachine): KnownVm => ({ id, name, instanceUuid: instanceUuid ?? '' });

const startStage = (platform: Platform): ContractStage => {
  const cast = casts[platform];
  const clock = createManualClock();
  // Answers take a moment, so that every call can be interrupted half-way as on a real network.
  const adapter = createLabAdapter({ clock, speed: 1, answerMs: 20, largestImageBytes: 4 * chunkBytes });
  const site = {
    id: siteId('lab'),
    name: 'Lab',
    kind: platform === 'vmware' ? 'lab-vmware' : 'lab-hyperv',
    address: '',
    port: 443,
    userName: 'demo',
    pinnedCertificate: null,
  } as const;
  const { world, link } = adapter.server(site);
  const { faults } = adapter;

  const destination = (kind: DestinationKind): Destination => {
    const place = named(world, kind, cast.destinations[kind] ?? '');
    return { kind, id: place.id, name: place.name };
  };
  const toHost = (name: string): Destination => ({ kind: 'host', id: named(world, 'host', name).id, name });
  const runningVm = known(named(world, 'virtual-machine', cast.runningVm));
  const firstAdapter = named(world, 'virtual-machine', cast.runningVm).adapters?.[0]?.key ?? '';

  const control: PlatformControl = {
    whereIs: async (id) => {
      const vm = world.vm(id);
      return vm === undefined ? null : placementOf(vm);
    },
    whilePassing: (promise) => whileClockRuns(clock, promise),
    renameVm: async (id, name) => renameVm(world, id, name),
    destroyVm: async (id) => destroyVm(world, id),
    moveVm: async (id, { id: host }) => moveToHost(world, id, host),
    reregisterVm: async (id) => reregisterVm(world, id),
    wrongPassword: async () => {
      faults.arm({ kind: 'login-refused' }, site.id);
      return 'not-the-password';
    },
    holdMoves: async () => faults.arm({ kind: 'moves-held', atPercent: 40 }),
    releaseMoves: async () => faults.disarm('moves-held'),
    failNextMove: async (fault) =>
      faults.arm({ kind: 'next-move', incidents: [{ kind: 'fails', atPercent: 30, fault, message: 'It failed.' }] }),
    loseNextMoveAnswer: async () => faults.arm({ kind: 'answer-lost' }),
    dropConnection: async () => link.cut(null),
    restoreConnection: async () => link.restore(),
    expireSessions: async () => link.expireSessions(),
    breakNextStream: async () =>
      faults.arm({ kind: 'next-transfer', incidents: [{ kind: 'stream-breaks', atByte: chunkBytes + 100 }] }),
    outlastLease: async () => clock.advance(leaseTimeoutMs),
  };

  const inHost = (host: string, facts: Partial<Move>): Move => ({ ...hotMove(runningVm, toHost(host)), ...facts });
  return {
    adapter,
    site,
    password: '',
    runningVm,
    stoppedVm: known(named(world, 'virtual-machine', cast.stoppedVm)),
    destination,
    objectionableMove: hotMove(
      known(named(world, 'virtual-machine', cast.objectionable.vm)),
      toHost(cast.objectionable.host),
    ),
    datastoreMove: inHost(cast.otherDatastore.host, {
      datastore: named(world, 'datastore', cast.otherDatastore.name).id,
    }),
    networkMove: inHost(cast.destinations.host ?? '', {
      networkMap: { [firstAdapter]: named(world, 'network', cast.otherNetwork).id },
    }),
    unfitEvacuations: cast.unfit.map(({ vm, destination: [kind, name], fault, severity }) => {
      const { id } = named(world, kind, name);
      const move = hotMove(known(named(world, 'virtual-machine', vm)), { kind, id, name });
      return { move: { ...move, method: 'cold-evacuate' }, fault, severity };
    }),
    fixable: Object.fromEntries(
      Object.entries(cast.fixable).map(([kind, name]) => [kind, named(world, 'virtual-machine', name).id]),
    ),
    control,
    stop: async () => undefined,
  };
};

const noNetwork = 'the lab runs inside the console and needs no network';

/** The lab as a platform under test. */
export const labHarness = (platform: Platform): ContractHarness => ({
  platform,
  destinationKinds: platform === 'vmware' ? ['host', 'resource-pool', 'vapp', 'cluster'] : ['host', 'cluster'],
  unavailable: { certificate: noNetwork, 'unreachable-address': noNetwork, 'other-server': noNetwork },
  start: async () => startStage(platform),
});
