import type { EntityId } from '../../../../shared/domain/ids.ts';
import type { ResourcePool, VApp } from '../../../../shared/domain/inventory.ts';
import type { ManagedRef } from '../managed-ref.ts';
import type { XmlValue } from '../xml/xml-node.ts';
import { numberAt } from '../xml/xml-values.ts';
import type { Lookup } from './lookup.ts';
import { type Facts, number, type Readers, ref, told, treeReaders } from './readers.ts';

interface Allocation {
  readonly reservation: number | undefined;
  readonly limit: number | undefined;
}

const readAllocation = (value: XmlValue): Allocation => ({
  reservation: numberAt(value, 'reservation'),
  limit: numberAt(value, 'limit'),
});

/** For resource pools and vApps, which to the API are pools, too. */
export const poolReaders = {
  ...treeReaders,
  owner: ref,
  'config.cpuAllocation': readAllocation,
  'config.memoryAllocation': readAllocation,
  'runtime.cpu.overallUsage': number,
  'runtime.memory.overallUsage': number,
} satisfies Readers;

/** Null while it is not known whose resources it shares out. */
export const poolEntity = (
  self: ManagedRef,
  id: EntityId,
  facts: Facts<typeof poolReaders>,
  lookup: Lookup,
): ResourcePool | VApp | null => {
  const owner = facts.owner ? lookup.entity(facts.owner) : undefined;
  if (owner === undefined || owner === null) return null;
  const shared = {
    id,
    site: lookup.site,
    name: facts.name ?? self.value,
    parent: facts.parent ? (lookup.entity(facts.parent) ?? null) : null,
    owner,
    ...resources(facts),
  };
  if (self.type === 'VirtualApp') return { kind: 'vapp', ...shared };
  const hangsUnderPool = facts.parent?.type === 'ResourcePool' || facts.parent?.type === 'VirtualApp';
  return { kind: 'resource-pool', ...shared, isRoot: !hangsUnderPool };
};

const mebibyte = 1024 * 1024;

/** The API counts CPU in MHz, allocated memory in MiB, and used memory in bytes. A limit of -1 is none. */
const resources = (facts: Facts<typeof poolReaders>): object => {
  const cpu = facts['config.cpuAllocation'];
  const memory = facts['config.memoryAllocation'];
  return told({
    cpuReservedMhz: cpu?.reservation,
    cpuLimitMhz: limit(cpu?.limit, 1),
    cpuUsedMhz: facts['runtime.cpu.overallUsage'],
    memoryReservedBytes: memory?.reservation === undefined ? undefined : memory.reservation * mebibyte,
    memoryLimitBytes: limit(memory?.limit, mebibyte),
    memoryUsedBytes: facts['runtime.memory.overallUsage'],
  });
};

const limit = (value: number | undefined, unit: number): number | null | undefined => {
  if (value === undefined) return undefined;
  return value < 0 ? null : value * unit;
};
