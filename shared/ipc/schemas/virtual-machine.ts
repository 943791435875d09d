import { z } from 'zod';
import type { VirtualMachine, VmSummary } from '../../domain/virtual-machine.ts';
import { entityIdSchema, siteIdSchema } from './ids.ts';

const text = z.string();
const flag = z.boolean();
const count = z.number();
const bytes = z.number();

const summaryShape = {
  kind: z.literal('virtual-machine'),
  id: entityIdSchema,
  site: siteIdSchema,
  name: text,
  parent: entityIdSchema.nullable(),
  host: entityIdSchema.nullable(),
  pool: entityIdSchema.nullable(),
  powerState: z.enum(['on', 'off', 'suspended', 'paused', 'saved', 'unknown']),
  condition: z.enum(['connected', 'disconnected', 'inaccessible', 'orphaned', 'invalid']),
  isTemplate: flag,
  cpuCount: count,
  memoryBytes: bytes,
  diskBytes: bytes,
  busyWith: text.nullable(),
};

export const vmSummarySchema = z.object(summaryShape) satisfies z.ZodType<VmSummary>;

const diskSchema = z.object({
  key: text,
  label: text,
  capacityBytes: bytes,
  datastore: entityIdSchema.nullable().exactOptional(),
  fileName: text.exactOptional(),
  backing: z.enum(['file', 'raw-device-mapping', 'pass-through', 'other']),
  compatibility: z.enum(['physical', 'virtual']).exactOptional(),
  mode: z.enum(['dependent', 'independent']).exactOptional(),
  thin: flag.exactOptional(),
  shared: flag.exactOptional(),
  contentId: text.exactOptional(),
});

const adapterSchema = z.object({
  key: text,
  label: text,
  macAddress: text.exactOptional(),
  macIsStatic: flag.exactOptional(),
  network: entityIdSchema.nullable().exactOptional(),
  networkName: text.exactOptional(),
  connected: flag.exactOptional(),
  vlanId: count.exactOptional(),
  srIov: flag.exactOptional(),
});

const removableSchema = z.object({
  key: text,
  label: text,
  media: z.enum(['none', 'image', 'host-device', 'client-device']),
  fileName: text.exactOptional(),
  connected: flag.exactOptional(),
});

const otherDeviceSchema = z.object({
  key: text,
  label: text,
  type: z.enum(['usb', 'pci-pass-through', 'virtual-gpu', 'tpm']),
});

const checkpointSchema = z.object({
  id: text,
  name: text,
  createdAt: z.number().exactOptional(),
  dynamicMemory: flag.exactOptional(),
  parent: text.nullable(),
});

export const virtualMachineSchema = z.object({
  ...summaryShape,
  instanceUuid: text.exactOptional(),
  biosUuid: text.exactOptional(),
  guestOs: text.exactOptional(),
  hardwareVersion: count.exactOptional(),
  firmware: z.enum(['bios', 'efi']).exactOptional(),
  disks: z.array(diskSchema).readonly().exactOptional(),
  adapters: z.array(adapterSchema).readonly().exactOptional(),
  cdroms: z.array(removableSchema).readonly().exactOptional(),
  floppies: z.array(removableSchema).readonly().exactOptional(),
  otherDevices: z.array(otherDeviceSchema).readonly().exactOptional(),
  checkpoints: z.array(checkpointSchema).readonly().exactOptional(),
  storedBytes: bytes.exactOptional(),
  datastores: z.array(entityIdSchema).readonly().exactOptional(),
  faultTolerance: flag.exactOptional(),
  encrypted: flag.exactOptional(),
  consolidationNeeded: flag.exactOptional(),
  cpuAffinity: flag.exactOptional(),
  placementRules: z.array(text).readonly().exactOptional(),
  dynamicMemory: flag.exactOptional(),
  guestCluster: flag.exactOptional(),
  cpuFeatureLevel: text.exactOptional(),
  changeVersion: text.exactOptional(),
}) satisfies z.ZodType<VirtualMachine>;
