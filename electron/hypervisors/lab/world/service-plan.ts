import type { VmChange } from './devices.ts';
import type { VmPlan } from './vm-plan.ts';

/** Several VMs of one service, spread over hosts and datastores in turn. */
export interface ServicePlan {
  readonly prefix: string;
  readonly count: number;
  readonly hosts: readonly string[];
  readonly pool: VmPlan['pool'];
  readonly folder: string;
  readonly datastores: readonly string[];
  readonly networks: readonly string[];
  readonly size: { readonly cpuCount: number; readonly memoryGib: number; readonly disksGib: readonly number[] };
  readonly guestOs: string;
  readonly hardwareVersion: number;
  readonly cpuFeatureLevel: string;
  /** Numbers (1, 2, …) of those that are switched off. */
  readonly off?: readonly number[];
  /** What makes single ones special, by number. */
  readonly changes?: Readonly<Record<number, VmChange>>;
}

const numbered = (prefix: string, number: number): string => `${prefix}${String(number).padStart(2, '0')}`;

/** The item at that place of a list that is gone round and round. */
const inTurn = (items: readonly string[], index: number): string => items[index % items.length] ?? '';

/** The VMs of a service, named `web-01`, `web-02`, … */
export const planService = (service: ServicePlan): readonly VmPlan[] =>
  Array.from({ length: service.count }, (_, index): VmPlan => {
    const change = service.changes?.[index + 1];
    return {
      key: numbered(service.prefix, index + 1),
      host: inTurn(service.hosts, index),
      pool: service.pool,
      folder: service.folder,
      datastore: inTurn(service.datastores, index),
      networks: service.networks,
      ...service.size,
      guestOs: service.guestOs,
      hardwareVersion: service.hardwareVersion,
      cpuFeatureLevel: service.cpuFeatureLevel,
      powerState: service.off?.includes(index + 1) ? 'off' : 'on',
      ...(change === undefined ? {} : { change }),
    };
  });
