import { digestOf } from '../../electron/hypervisors/lab/cold/disk-content.ts';
import type { LabLease } from '../../electron/hypervisors/lab/cold/leases.ts';
import type { LabServer } from '../../electron/hypervisors/lab/lab-server.ts';
import type { VirtualMachine } from '../../shared/domain/virtual-machine.ts';

/** A VM of a lab as a witness sees it who asks neither console nor adapter. */
export interface WitnessedVm {
  readonly vm: VirtualMachine;
  /** The identity of the VM that was there first: its own, or that of the one it was restored from. */
  readonly origin: string;
  readonly parked: boolean;
  /** Powered on and not kept from booting. */
  readonly guestRuns: boolean;
  readonly lease: Pick<LabLease, 'kind' | 'state'> | null;
  /** SHA-256 of what lies in the disks, in their order. Reckoned when asked for. */
  disks(): readonly string[];
}

export const witnessVm = ({ hidden, leases }: LabServer, vm: VirtualMachine): WitnessedVm => {
  const parked = hidden.isParked(vm);
  return {
    vm,
    origin: hidden.originOf(vm),
    parked,
    guestRuns: vm.powerState === 'on' && !parked,
    lease: leases.all().find((lease) => lease.vm === vm.id) ?? null,
    disks: () => (vm.disks ?? []).map(({ key }) => digestOf(hidden.content(vm, key)).sha256),
  };
};

export const witnessLab = (server: LabServer): readonly WitnessedVm[] => {
  const vms = [...server.world.entities()].filter((entity) => entity.kind === 'virtual-machine');
  return vms.map((vm) => witnessVm(server, vm));
};

/** Origins of which more than one guest runs; empty as long as all is well. */
export const runningTwice = (...servers: readonly LabServer[]): readonly string[] => {
  const running = servers.flatMap((server) => witnessLab(server).filter(({ guestRuns }) => guestRuns));
  const origins = running.map(({ origin }) => origin);
  return [...new Set(origins.filter((origin, at) => origins.indexOf(origin) !== at))];
};

/** Looks after every change of a lab. @returns the origins of which two guests ran at any time */
export const watchForTwins = (server: LabServer): (() => readonly string[]) => {
  const seen = new Set<string>();
  server.world.subscribe(() => {
    for (const origin of runningTwice(server)) seen.add(origin);
  });
  return () => [...seen];
};
