import { z } from 'zod';
import type { InfrastructureEntity } from '../../domain/inventory.ts';
import { entityIdSchema, siteIdSchema } from './ids.ts';

const base = { id: entityIdSchema, site: siteIdSchema, name: z.string(), parent: entityIdSchema.nullable() };
const number = z.number().exactOptional();
const limit = z.number().nullable().exactOptional();

const poolFacts = {
  owner: entityIdSchema,
  cpuReservedMhz: number,
  cpuLimitMhz: limit,
  cpuUsedMhz: number,
  memoryReservedBytes: number,
  memoryLimitBytes: limit,
  memoryUsedBytes: number,
};

const vlanSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('vlan'), id: z.number() }),
  z.object({ kind: z.literal('trunk'), ranges: z.array(z.object({ start: z.number(), end: z.number() })).readonly() }),
  z.object({ kind: z.literal('private'), secondaryId: z.number() }),
]);

const hostSchema = z.object({
  kind: z.literal('host'),
  ...base,
  cluster: entityIdSchema.nullable(),
  rootPool: entityIdSchema.nullable(),
  connection: z.enum(['connected', 'disconnected', 'not-responding']),
  inMaintenance: z.boolean(),
  version: z.string().exactOptional(),
  cpuTotalMhz: number,
  cpuCores: number,
  cpuUsedMhz: number,
  memoryTotalBytes: number,
  memoryUsedBytes: number,
  datastores: z.array(entityIdSchema).readonly(),
  networks: z.array(entityIdSchema).readonly(),
  portGroups: z
    .array(z.object({ name: z.string(), switchName: z.string(), vlanId: z.number() }))
    .readonly()
    .exactOptional(),
  liveMigrationEnabled: z.boolean().exactOptional(),
  newestHardwareVersion: number,
  cpuFeatureLevel: z.string().exactOptional(),
  dynamicMemorySupported: z.boolean().exactOptional(),
});

const privateVlanSchema = z.object({
  primaryId: z.number(),
  secondaryId: z.number(),
  type: z.enum(['promiscuous', 'isolated', 'community']),
});

export const infrastructureSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('folder'),
    ...base,
    content: z.enum(['vm', 'host', 'datastore', 'network', 'host-group', 'mixed']),
  }),
  z.object({ kind: z.literal('datacenter'), ...base, vmFolder: entityIdSchema.exactOptional() }),
  z.object({
    kind: z.literal('cluster'),
    ...base,
    rootPool: entityIdSchema.nullable(),
    drsEnabled: z.boolean().exactOptional(),
    evcMode: z.string().nullable().exactOptional(),
  }),
  hostSchema,
  z.object({ kind: z.literal('resource-pool'), ...base, ...poolFacts, isRoot: z.boolean() }),
  z.object({ kind: z.literal('vapp'), ...base, ...poolFacts }),
  z.object({
    kind: z.literal('datastore'),
    ...base,
    type: z.string().exactOptional(),
    capacityBytes: number,
    freeBytes: number,
    accessible: z.boolean().exactOptional(),
    inMaintenance: z.boolean().exactOptional(),
    maxFileBytes: number,
  }),
  z.object({
    kind: z.literal('network'),
    ...base,
    variant: z.enum(['standard', 'distributed', 'opaque', 'vm-network']),
    vlan: vlanSchema.exactOptional(),
    switch: entityIdSchema.nullable().exactOptional(),
    isUplink: z.boolean().exactOptional(),
    accessible: z.boolean().exactOptional(),
  }),
  z.object({
    kind: z.literal('switch'),
    ...base,
    distributed: z.boolean(),
    hosts: z.array(entityIdSchema).readonly().exactOptional(),
    privateVlans: z.array(privateVlanSchema).readonly().exactOptional(),
  }),
]) satisfies z.ZodType<InfrastructureEntity>;
