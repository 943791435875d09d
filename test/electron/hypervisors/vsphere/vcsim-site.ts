import type { HypervisorSession } from '../../../../electron/hypervisors/port.ts';
import type { Timing } from '../../../../electron/hypervisors/vsphere/timing.ts';
import { createVsphereAdapter } from '../../../../electron/hypervisors/vsphere/vsphere-adapter.ts';
import { siteId } from '../../../../shared/domain/ids.ts';
import type { Entity, EntityKind } from '../../../../shared/domain/inventory.ts';
import type { Destination, DestinationKind, Move } from '../../../../shared/domain/migration.ts';
import type { Site } from '../../../../shared/domain/site.ts';
import { type InventoryWatch, watchInventory } from '../../../contract/inventory-watch.ts';
import type { Vcsim } from '../../../support/vcsim.ts';

export const unaborted = (): AbortSignal => new AbortController().signal;

export const siteOfVcsim = (vcsim: Vcsim): Site => ({
  id: siteId('vc'),
  name: 'Simulated vCenter',
  kind: 'vsphere',
  address: vcsim.address,
  port: vcsim.port,
  userName: vcsim.username,
  pinnedCertificate: vcsim.fingerprint,
});

const quick: Partial<Timing> = { firstTaskPollMs: 20, longestTaskPollMs: 50 };

export const connectTo = (vcsim: Vcsim, timing: Partial<Timing> = {}): Promise<HypervisorSession> =>
  createVsphereAdapter({ timing: { ...quick, ...timing } }).connect(siteOfVcsim(vcsim), vcsim.password, unaborted());

/** A connection with the inventory read and followed. */
export interface Console {
  readonly session: HypervisorSession;
  readonly watch: InventoryWatch;
  named<Kind extends EntityKind>(kind: Kind, name: string): Extract<Entity, { kind: Kind }>;
  all<Kind extends EntityKind>(kind: Kind): readonly Extract<Entity, { kind: Kind }>[];
  move(vm: string, kind: DestinationKind, place: string, facts?: Partial<Move>): Move;
  /** Starts a move and follows it to its end. */
  carryOut(move: Move): ReturnType<HypervisorSession['followTask']>;
  close(): Promise<void>;
}

export const openConsole = async (vcsim: Vcsim, timing: Partial<Timing> = {}): Promise<Console> => {
  const session = await connectTo(vcsim, timing);
  const watch = watchInventory(session);
  await watch.synced;

  const all: Console['all'] = <Kind extends EntityKind>(kind: Kind) =>
    [...watch.entities().values()].filter((entity): entity is Extract<Entity, { kind: Kind }> => entity.kind === kind);
  const named: Console['named'] = (kind, name) => {
    const found = all(kind).find((entity) => entity.name === name);
    if (found === undefined) throw new Error(`there is no ${kind} ${name}`);
    return found;
  };
  const destination = (kind: DestinationKind, name: string): Destination => ({ kind, id: named(kind, name).id, name });

  return {
    session,
    watch,
    named,
    all,
    move: (vm, kind, place, facts = {}) => ({
      vm: named('virtual-machine', vm).id,
      vmName: vm,
      method: 'hot',
      destination: destination(kind, place),
      host: null,
      datastore: null,
      networkMap: {},
      ...facts,
    }),
    carryOut: async (move) =>
      session.followTask(await session.startRelocation(move, unaborted()), () => undefined, unaborted()),
    close: async () => {
      await watch.stop();
      await session.close();
    },
  };
};

/** What govc, a client that knows nothing of the console, says of a VM. */
export interface Witnessed {
  readonly host: string;
  readonly pool: string | null;
  readonly datastores: readonly string[];
  readonly power: string;
}

interface GovcRef {
  readonly type: string;
  readonly value: string;
}

interface GovcVm {
  readonly name: string;
  readonly runtime: { readonly host: GovcRef; readonly powerState: string };
  /** A template is in no pool. */
  readonly resourcePool: GovcRef | null;
  readonly datastore: readonly GovcRef[];
}

export const witnessAll = async (vcsim: Vcsim): Promise<ReadonlyMap<string, Witnessed>> => {
  const { virtualMachines } = await vcsim.govc<{ readonly virtualMachines: readonly GovcVm[] }>('vm.info', '*');
  const id = ({ type, value }: GovcRef): string => `vc/${type}:${value}`;
  return new Map(
    virtualMachines.map((vm) => [
      vm.name,
      {
        host: id(vm.runtime.host),
        pool: vm.resourcePool && id(vm.resourcePool),
        datastores: vm.datastore.map(id),
        power: vm.runtime.powerState,
      },
    ]),
  );
};

export const witness = async (vcsim: Vcsim, vm: string): Promise<Witnessed | undefined> =>
  (await witnessAll(vcsim)).get(vm);
