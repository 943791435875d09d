import { z } from 'zod';
import type { AboutPlatform, CertificateInfo, Site, SiteConnection, SiteStatus } from '../../domain/site.ts';
import { wireErrorSchema } from './error.ts';
import { siteIdSchema } from './ids.ts';

export const siteKindSchema = z.enum(['vsphere', 'scvmm', 'lab-vmware', 'lab-hyperv']);
export const portSchema = z.int().min(1).max(65_535);
export const fingerprintSchema = z.string().regex(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);

export const certificateSchema = z.object({
  subject: z.string(),
  issuer: z.string(),
  fingerprintSha256: fingerprintSchema,
  fingerprintSha1: z.string(),
  validFrom: z.number(),
  validTo: z.number(),
  subjectAltNames: z.array(z.string()).readonly(),
  trusted: z.boolean(),
}) satisfies z.ZodType<CertificateInfo>;

export const aboutSchema = z.object({
  product: z.string(),
  version: z.string(),
  instanceId: z.string(),
}) satisfies z.ZodType<AboutPlatform>;

export const siteSchema = z.object({
  id: siteIdSchema,
  name: z.string(),
  kind: siteKindSchema,
  address: z.string(),
  port: z.int(),
  userName: z.string(),
  pinnedCertificate: z.string().nullable(),
}) satisfies z.ZodType<Site>;

const connectionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('offline') }),
  z.object({ kind: z.literal('connecting') }),
  z.object({ kind: z.literal('syncing'), loaded: z.number(), total: z.number().nullable() }),
  z.object({ kind: z.literal('connected'), since: z.number() }),
  z.object({ kind: z.literal('failed'), error: wireErrorSchema, retryAt: z.number().nullable() }),
]) satisfies z.ZodType<SiteConnection>;

export const siteStatusSchema = z.object({
  site: siteSchema,
  connection: connectionSchema,
  about: aboutSchema.nullable(),
  inventoryReadAt: z.number().nullable(),
  vmCount: z.number(),
  passwordKnown: z.boolean(),
}) satisfies z.ZodType<SiteStatus>;
