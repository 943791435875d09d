import type { EntityId } from '../../../../shared/domain/ids.ts';
import type { Host, HostPortGroup } from '../../../../shared/domain/inventory.ts';
import type { ManagedRef } from '../managed-ref.ts';
import type { XmlValue } from '../xml/xml-node.ts';
import { asList, numberAt, textAt } from '../xml/xml-values.ts';
import { newestHardwareVersion } from './hardware-version.ts';
import { isCluster, type Lookup } from './lookup.ts';
import { type Facts, flag, number, type Readers, refs, text, told, treeReaders } from './readers.ts';

const readPortGroups = (value: XmlValue): readonly HostPortGroup[] =>
  asList(value).flatMap((group) => {
    const name = textAt(group, 'spec', 'name');
    const vlanId = numberAt(group, 'spec', 'vlanId');
    return name === undefined || vlanId === undefined
      ? []
      : [{ name, switchName: textAt(group, 'spec', 'vswitchName') ?? '', vlanId }];
  });

export const hostReaders = {
  ...treeReaders,
  'runtime.connectionState': text,
  'runtime.inMaintenanceMode': flag,
  'summary.config.product.version': text,
  'summary.config.product.build': text,
  'summary.config.vmotionEnabled': flag,
  'summary.hardware.cpuMhz': number,
  'summary.hardware.numCpuCores': number,
  'summary.hardware.memorySize': number,
  'summary.quickStats.overallCpuUsage': number,
  'summary.quickStats.overallMemoryUsage': number,
  'summary.maxEVCModeKey': text,
  datastore: refs,
  network: refs,
  'config.network.portgroup': readPortGroups,
} satisfies Readers;

/** Null while it is not known what it is a part of. */
export const hostEntity = (
  self: ManagedRef,
  id: EntityId,
  facts: Facts<typeof hostReaders>,
  lookup: Lookup,
): Host | null => {
  const compute = facts.parent;
  const inCluster = compute !== undefined && isCluster(compute);
  const around = compute === undefined || inCluster ? undefined : lookup.computeResource(compute);
  if (compute !== undefined && !inCluster && around === undefined) return null;
  const hangsUnder = inCluster ? compute : around?.parent;
  const rootPool = around?.resourcePool;
  return {
    kind: 'host',
    id,
    site: lookup.site,
    name: facts.name ?? self.value,
    parent: hangsUnder ? (lookup.entity(hangsUnder) ?? null) : null,
    cluster: inCluster ? (lookup.entity(compute) ?? null) : null,
    rootPool: rootPool ? (lookup.entity(rootPool) ?? null) : null,
    connection: connections[facts['runtime.connectionState'] ?? ''] ?? 'not-responding',
    inMaintenance: facts['runtime.inMaintenanceMode'] ?? false,
    datastores: entities(facts.datastore, lookup),
    networks: entities(facts.network, lookup),
    ...hardware(facts),
  };
};

const connections: Readonly<Record<string, Host['connection']>> = {
  connected: 'connected',
  disconnected: 'disconnected',
  notResponding: 'not-responding',
};

const mebibyte = 1024 * 1024;

const hardware = (facts: Facts<typeof hostReaders>): object => {
  const version = facts['summary.config.product.version'];
  const mhz = facts['summary.hardware.cpuMhz'];
  const cores = facts['summary.hardware.numCpuCores'];
  const memoryUsed = facts['summary.quickStats.overallMemoryUsage'];
  return told({
    version,
    cpuCores: cores,
    cpuTotalMhz: mhz === undefined || cores === undefined ? undefined : mhz * cores,
    cpuUsedMhz: facts['summary.quickStats.overallCpuUsage'],
    memoryTotalBytes: facts['summary.hardware.memorySize'],
    memoryUsedBytes: memoryUsed === undefined ? undefined : memoryUsed * mebibyte,
    portGroups: facts['config.network.portgroup'],
    liveMigrationEnabled: facts['summary.config.vmotionEnabled'],
    newestHardwareVersion:
      version === undefined ? undefined : newestHardwareVersion(version, facts['summary.config.product.build']),
    cpuFeatureLevel: facts['summary.maxEVCModeKey'],
  });
};

const entities = (refs: readonly ManagedRef[] | undefined, lookup: Lookup): readonly EntityId[] =>
  (refs ?? []).map((each) => lookup.entity(each)).filter((id) => id !== undefined && id !== null);
