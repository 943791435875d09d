import { z } from 'zod';
import type { WireError } from '../errors/app-error.ts';
import {
  annotationEventSchema,
  annotationStateSchema,
  reasonSchema,
  untilSchema,
  waiverSubjectSchema,
} from './schemas/annotation.ts';
import {
  evacuationImageSchema,
  folderStatusSchema,
  imageProblemSchema,
  lostVmSchema,
  recoveryAssessmentSchema,
  recoveryChoiceSchema,
} from './schemas/evacuation.ts';
import { folderPathSchema, imageNameSchema } from './schemas/evacuation-plan.ts';
import { fixNumberSchema, fixRecordSchema, fixSchema } from './schemas/fix.ts';
import { entityIdSchema, operationIdSchema, siteIdSchema, taskIdSchema } from './schemas/ids.ts';
import { infrastructureSchema } from './schemas/inventory.ts';
import { limitsChangeSchema, limitsSchema } from './schemas/limits.ts';
import { findingSchema, operationSchema } from './schemas/migration.ts';
import { vmOverviewSchema } from './schemas/overview.ts';
import {
  aboutSchema,
  certificateSchema,
  fingerprintSchema,
  portSchema,
  siteKindSchema,
  siteStatusSchema,
} from './schemas/site.ts';
import { taskEventSchema, taskProgressSchema, taskViewSchema } from './schemas/task.ts';
import { virtualMachineSchema, vmSummarySchema } from './schemas/virtual-machine.ts';

/*
 * Everything the window and the main process say to each other. The main process parses every request, the window
 * parses every reply and event. A channel that is not here does not exist.
 */

const nothing = z.object({});
const address = z
  .string()
  .trim()
  .min(1)
  .max(253)
  .regex(/^[A-Za-z0-9.:_[\]-]+$/);
const siteName = z.string().trim().min(1).max(100);
const findingWords = z.array(z.string().trim().min(1).max(100)).max(20).readonly();

export const preferencesSchema = z.object({
  language: z.enum(['system', 'en', 'ja']),
  theme: z.enum(['system', 'light', 'dark']),
});
export type Preferences = z.infer<typeof preferencesSchema>;

export const appInfoSchema = z.object({
  version: z.string(),
  electron: z.string(),
  /** True when the window runs in the old evaluation runtime because the official one could not be fetched. */
  evaluationRuntime: z.boolean(),
  /** Language of the system: `en` or `ja` (anything else counts as `en`). */
  systemLanguage: z.enum(['en', 'ja']),
  preferences: preferencesSchema,
  /** Whether passwords can be kept in the system's keychain. */
  keychain: z.boolean(),
  /** Messages about the console's own files met at start: a damaged cache set aside, for example. */
  startNotices: z.array(z.custom<WireError>()).readonly(),
});
export type AppInfo = z.infer<typeof appInfoSchema>;

export const requests = {
  'app.info': { request: nothing, reply: appInfoSchema },
  'app.setPreferences': { request: preferencesSchema, reply: preferencesSchema },

  'sites.list': { request: nothing, reply: z.array(siteStatusSchema).readonly() },
  /** First contact without a password: the certificate to show, and what answers there. */
  'sites.probe': {
    request: z.object({ kind: siteKindSchema, address, port: portSchema }),
    reply: z.object({ certificate: certificateSchema.nullable(), about: aboutSchema.nullable() }),
  },
  /** Logs in, then saves the site; nothing is saved when the log-in fails. */
  'sites.add': {
    request: z.object({
      name: siteName,
      kind: siteKindSchema,
      address,
      port: portSchema,
      userName: z.string().trim().min(1).max(200),
      password: z.string().max(1_000),
      rememberPassword: z.boolean(),
      pinnedCertificate: fingerprintSchema.nullable(),
    }),
    reply: siteStatusSchema,
  },
  /** Adds both lab sites (a VMware and a Hyper-V one) and connects them. */
  'sites.addLab': { request: nothing, reply: z.array(siteStatusSchema).readonly() },
  /** Without a password the keychain's or this session's is used; `password-needed` when there is none. */
  'sites.connect': {
    request: z.object({
      site: siteIdSchema,
      password: z.string().max(1_000).exactOptional(),
      rememberPassword: z.boolean().exactOptional(),
    }),
    reply: siteStatusSchema,
  },
  /** Work offline: close the connection, keep the cached inventory. */
  'sites.disconnect': { request: z.object({ site: siteIdSchema }), reply: siteStatusSchema },
  /** The person saw the new certificate and accepts it. */
  'sites.acceptCertificate': {
    request: z.object({ site: siteIdSchema, fingerprint: fingerprintSchema }),
    reply: siteStatusSchema,
  },
  'sites.remove': { request: z.object({ site: siteIdSchema }), reply: nothing },

  /** Asks for a site's inventory: it follows as `inventory.batch` events, first one with `reset`. */
  'inventory.open': { request: z.object({ site: siteIdSchema }), reply: nothing },
  /** Full facts of VMs, from the cache, with their age. */
  'inventory.facts': {
    request: z.object({ ids: z.array(entityIdSchema).max(2_000).readonly() }),
    reply: z.array(z.object({ vm: virtualMachineSchema, readAt: z.number() })).readonly(),
  },
  /** Reads the whole site anew. */
  'inventory.refresh': { request: z.object({ site: siteIdSchema }), reply: nothing },

  /** All precautions, on facts fetched now where the site is connected (else on the cache, and the findings say so). */
  'migration.check': {
    request: z.object({ operation: operationSchema }),
    reply: z.object({ findings: z.array(findingSchema).readonly(), checkedAt: z.number() }),
  },
  /** Writes the tasks to the journal and starts them. The main process checks everything again by itself. */
  'migration.start': {
    request: z.object({ operation: operationSchema }),
    reply: z.array(taskViewSchema).readonly(),
  },

  /**
   * Which VMs of all sites cannot be moved anywhere, and why, on the facts read last. `words` narrow it down: `rdm`,
   * `s12`, `usb`, `blocker`, `undetermined`, `waived`, `any`; all must hold of one finding. Without words: what blocks
   * a VM as it is now.
   */
  'precautions.overview': {
    request: z.object({
      words: findingWords,
      limit: z.int().min(1).max(10_000),
    }),
    reply: z.object({
      vms: z.array(vmOverviewSchema).readonly(),
      /** How many there are, also those beyond the limit. */
      matching: z.number(),
      examined: z.number(),
      notUnderstood: z.array(z.string()).readonly(),
    }),
  },
  /** The same question, when only which VMs they are is wanted. All of them: a tree is narrowed down to them. */
  'precautions.find': {
    request: z.object({ words: findingWords }),
    reply: z.object({ vms: z.array(entityIdSchema).readonly(), examined: z.number() }),
  },

  /*
   * What people say of VMs. Whose name is kept with it is decided by the main process, never by the window. Each
   * change answers with what holds now.
   */
  'annotations.list': { request: nothing, reply: annotationStateSchema },
  /** Who said what and when, newest first: of one VM, or of everything. */
  'annotations.history': {
    request: z.object({ vm: entityIdSchema.nullable(), limit: z.int().min(1).max(1_000) }),
    reply: z.array(annotationEventSchema).readonly(),
  },
  /** "Do not move" (X19). */
  'annotations.lock': { request: z.object({ vm: entityIdSchema, reason: reasonSchema }), reply: annotationStateSchema },
  'annotations.unlock': { request: z.object({ vm: entityIdSchema }), reply: annotationStateSchema },
  /** A node of a guest cluster (S1) that the platform cannot tell. */
  'annotations.markGuestCluster': {
    request: z.object({ vm: entityIdSchema, isNode: z.boolean() }),
    reply: annotationStateSchema,
  },
  /** Accepts a rule's warnings in advance, until a time; blockers stay blockers. */
  'annotations.waive': {
    request: waiverSubjectSchema.extend({ reason: reasonSchema, until: untilSchema }),
    reply: annotationStateSchema,
  },
  'annotations.unwaive': { request: waiverSubjectSchema, reply: annotationStateSchema },

  /*
   * What the console takes out of stopped VMs because a person asked for it (S2, S6, S7), and what is left to put back.
   */
  'fixes.apply': {
    request: z.object({ fix: fixSchema }),
    reply: z.object({ record: fixRecordSchema, vm: virtualMachineSchema.nullable() }),
  },
  /** Newest first. */
  'fixes.list': {
    request: z.object({ limit: z.int().min(1).max(1_000) }),
    reply: z.array(fixRecordSchema).readonly(),
  },
  /** Nothing is left to do about it. */
  'fixes.done': { request: z.object({ number: fixNumberSchema }), reply: fixRecordSchema },

  /** How much is done at the same time. */
  'limits.read': { request: nothing, reply: limitsSchema },
  /** Those that are named. What is under way goes on; waiting tasks begin as far as the new limits allow. */
  'limits.change': { request: limitsChangeSchema, reply: limitsSchema },

  /* Evacuation image folders and the images in them. */
  'evacuation.folders': { request: nothing, reply: z.array(folderStatusSchema).readonly() },
  /** Without a floor the console chooses one. @throws `folder-unusable`, `folder-full`, `folder-exists` */
  'evacuation.addFolder': {
    request: z.object({ path: folderPathSchema, floorBytes: z.int().nonnegative().nullable() }),
    reply: z.array(folderStatusSchema).readonly(),
  },
  /** The images in it stay. @throws `folder-in-use` */
  'evacuation.removeFolder': {
    request: z.object({ path: folderPathSchema }),
    reply: z.array(folderStatusSchema).readonly(),
  },
  /** Lets a person pick a folder of this machine; null when they changed their mind. */
  'evacuation.chooseFolder': { request: nothing, reply: z.object({ path: z.string().nullable() }) },
  /** Of all folders that can be reached, newest first. */
  'evacuation.images': { request: nothing, reply: z.array(evacuationImageSchema).readonly() },
  /** Reads everything and compares it with the manifest; null when nothing is wrong. */
  'evacuation.verifyImage': {
    request: z.object({ folder: folderPathSchema, image: imageNameSchema }),
    reply: z.object({ problem: imageProblemSchema.nullable() }),
  },
  /** For good. @throws `image-in-use`, `image-not-found`, `folder-unusable` */
  'evacuation.deleteImage': {
    request: z.object({ folder: folderPathSchema, image: imageNameSchema }),
    reply: z.array(evacuationImageSchema).readonly(),
  },

  /* Cold migrations that did not end by themselves. */
  /** Looks at source, image and restored VM now, and says which steps are safe. */
  'recovery.assess': { request: z.object({ task: taskIdSchema }), reply: recoveryAssessmentSchema },
  /** @throws `recovery-not-safe` when it is not (any more) */
  'recovery.choose': {
    request: z.object({ task: taskIdSchema, choice: recoveryChoiceSchema }),
    reply: taskViewSchema,
  },
  /** Compares images, task log and inventories. */
  'recovery.findLost': { request: nothing, reply: z.array(lostVmSchema).readonly() },

  'tasks.list': {
    request: z.object({ limit: z.int().min(1).max(1_000), before: taskIdSchema.nullable() }),
    reply: z.array(taskViewSchema).readonly(),
  },
  'tasks.details': {
    request: z.object({ task: taskIdSchema }),
    reply: z.object({ view: taskViewSchema, events: z.array(taskEventSchema).readonly() }),
  },
  'tasks.cancel': { request: z.object({ task: taskIdSchema }), reply: nothing },
  'tasks.cancelOperation': { request: z.object({ operation: operationIdSchema }), reply: nothing },
  /** Tasks that left something to people, newest first, however old; `open`: which nobody has ticked off. */
  'tasks.followUps': {
    request: z.object({
      limit: z.int().min(1).max(1_000),
      before: taskIdSchema.nullable(),
      which: z.enum(['open', 'all']),
    }),
    reply: z.array(taskViewSchema).readonly(),
  },
  /** Nothing is left to do after the task; twice is harmless. */
  'tasks.followUpsDone': { request: z.object({ task: taskIdSchema }), reply: taskViewSchema },
  'tasks.rerun': { request: z.object({ task: taskIdSchema }), reply: taskViewSchema },
  /** Asks where to save, then writes. `file` is null when the person cancelled. */
  'tasks.export': {
    request: z.object({ format: z.enum(['csv', 'json']) }),
    reply: z.object({ file: z.string().nullable() }),
  },
} as const;

export const events = {
  'sites.changed': z.array(siteStatusSchema).readonly(),
  'inventory.batch': z.object({
    site: siteIdSchema,
    /** Forget what was known of the site; this batch begins anew. */
    reset: z.boolean(),
    infrastructure: z.array(infrastructureSchema).readonly(),
    vms: z.array(vmSummarySchema).readonly(),
    removals: z.array(entityIdSchema).readonly(),
    /** The last batch of what `inventory.open` asked for; later ones are changes. */
    complete: z.boolean(),
  }),
  /** What holds now, after somebody said something here. */
  'annotations.changed': annotationStateSchema,
  /** Something was taken out of a VM, or ticked off: `fixes.list` tells what holds now. */
  'fixes.changed': nothing,
  /** The limits that hold now, whoever changed them. */
  'limits.changed': limitsSchema,
  'tasks.changed': z.array(taskViewSchema).readonly(),
  'tasks.progress': z.array(taskProgressSchema).readonly(),
  'preferences.changed': preferencesSchema,
} as const;

export type RequestName = keyof typeof requests;
export type RequestOf<Name extends RequestName> = z.infer<(typeof requests)[Name]['request']>;
export type ReplyOf<Name extends RequestName> = z.infer<(typeof requests)[Name]['reply']>;
export type EventName = keyof typeof events;
export type EventOf<Name extends EventName> = z.infer<(typeof events)[Name]>;

/** What really crosses: an error keeps its code and data. */
export type Envelope<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: WireError };
