import {
  createLabAdapter,
  type LabAdapter,
  type LabOptions,
} from '../../../../electron/hypervisors/lab/lab-adapter.ts';
import { createManualClock, type ManualClock } from '../../../../electron/hypervisors/lab/lab-clock.ts';
import type { LabServer } from '../../../../electron/hypervisors/lab/lab-server.ts';
import type { HypervisorSession } from '../../../../electron/hypervisors/port.ts';
import { siteId } from '../../../../shared/domain/ids.ts';
import type { Entity } from '../../../../shared/domain/inventory.ts';
import type { Destination, Move } from '../../../../shared/domain/migration.ts';
import type { Platform } from '../../../../shared/domain/platform.ts';
import type { Site } from '../../../../shared/domain/site.ts';
import type { VirtualMachine } from '../../../../shared/domain/virtual-machine.ts';
import { whileClockRuns } from '../../../support/manual-time.ts';

export const unaborted = (): AbortSignal => new AbortController().signal;

export const labSite = (platform: Platform, name = 'lab'): Site => ({
  id: siteId(name),
  name,
  kind: platform === 'vmware' ? 'lab-vmware' : 'lab-hyperv',
  address: '',
  port: 443,
  userName: 'demo',
  pinnedCertificate: null,
});

type Place = 'host' | 'cluster' | 'resource-pool' | 'vapp';

/** A lab, a session and names for its objects. */
export interface LabBench {
  readonly clock: ManualClock;
  readonly adapter: LabAdapter;
  readonly site: Site;
  readonly server: LabServer;
  readonly session: HypervisorSession;
  connect(): Promise<HypervisorSession>;
  pass<Value>(promise: Promise<Value>): Promise<Value>;
  find<Kind extends Entity['kind']>(kind: Kind, name: string): Extract<Entity, { kind: Kind }>;
  vm(name: string): VirtualMachine;
  hot(vm: string, kind: Place, name: string, facts?: Partial<Move>): Move;
}

export const openLab = async (platform: Platform, options: Partial<LabOptions> = {}): Promise<LabBench> => {
  const clock = createManualClock();
  const adapter = createLabAdapter({ clock, speed: 1, ...options });
  const site = labSite(platform);
  const server = adapter.server(site);

  const find: LabBench['find'] = (kind, name) => {
    for (const entity of server.world.entities()) {
      if (entity.kind === kind && entity.name === name) return entity as Extract<Entity, { kind: typeof kind }>;
    }
    throw new Error(`the lab has no ${kind} ${name}`);
  };
  const pass: LabBench['pass'] = (promise) => whileClockRuns(clock, promise);
  const connect = (): Promise<HypervisorSession> => pass(adapter.connect(site, 'anything', unaborted()));

  return {
    clock,
    adapter,
    site,
    server,
    session: await connect(),
    connect,
    pass,
    find,
    vm: (name) => find('virtual-machine', name),
    hot: (vmName, kind, name, facts = {}) => {
      const vm = find('virtual-machine', vmName);
      const destination: Destination = { kind, id: find(kind, name).id, name };
      return {
        vm: vm.id,
        vmName,
        method: 'hot',
        destination,
        host: null,
        datastore: null,
        networkMap: {},
        ...facts,
      };
    },
  };
};
