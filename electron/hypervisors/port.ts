import type { Fix, FixResult } from '../../shared/domain/fix.ts';
import type { EntityId, SiteId } from '../../shared/domain/ids.ts';
import type { Entity } from '../../shared/domain/inventory.ts';
import type { Move, Placement } from '../../shared/domain/migration.ts';
import type { SiteKind } from '../../shared/domain/platform.ts';
import type { AboutPlatform, CertificateInfo, Site } from '../../shared/domain/site.ts';
import type { PlatformTaskRef } from '../../shared/domain/task.ts';
import type { VirtualMachine } from '../../shared/domain/virtual-machine.ts';
import type { WireError } from '../../shared/errors/app-error.ts';
import type { ExportLease, ImportLease, ImportRequest, VmIdentityToRestore } from './transfer.ts';

/**
 * The one interface to a hypervisor. Every adapter passes the suite in `test/contract`.
 * All methods reject with an AppError only; an aborted signal rejects with code `cancelled`.
 */
export interface HypervisorAdapter {
  readonly kinds: readonly SiteKind[];

  /**
   * First contact, before any password is sent: reads the certificate (null for a lab) and makes sure that a
   * management server of this kind answers.
   * @throws `site-unreachable`, `not-a-management-server`, `server-timeout`
   */
  probe(site: SiteAddress, signal: AbortSignal): Promise<ProbeResult>;

  /**
   * Logs in. The password is kept in memory by the session only, to log in again when the server ends the session.
   * No byte of the request is sent before the certificate equals `site.pinnedCertificate`
   * (when that is null, before it is one the machine trusts).
   * @throws `site-unreachable`, `not-a-management-server`, `certificate-unknown`, `certificate-changed`,
   *   `login-refused`, `server-timeout`
   */
  connect(site: Site, password: string, signal: AbortSignal): Promise<HypervisorSession>;
}

export interface SiteAddress {
  readonly kind: SiteKind;
  readonly address: string;
  readonly port: number;
}

export interface ProbeResult {
  readonly certificate: CertificateInfo | null;
  readonly about: AboutPlatform | null;
}

export interface HypervisorSession extends ColdActs {
  readonly site: SiteId;
  readonly about: AboutPlatform;

  /**
   * The inventory: first everything, in pages, then `complete` (objects not seen until then no longer exist), then
   * changes for as long as the caller iterates. Applying a batch twice is harmless. After a lost connection the
   * iteration throws (`connection-lost`, `session-expired`, `server-timeout`); iterate anew to go on: it begins with
   * everything again. One iteration at a time.
   */
  watchInventory(signal: AbortSignal): AsyncIterable<InventoryBatch>;

  /**
   * Facts read now, past every cache, for the check just before a start. Objects that no longer exist are left out.
   */
  readEntities(ids: readonly EntityId[], signal: AbortSignal): Promise<readonly Entity[]>;

  /**
   * The platform's own check of a move (vSphere CheckRelocate, SCVMM host rating). Of an evacuation: its dry run, the
   * descriptor of the source, and what the destination says to importing it. Evidence, not proof.
   */
  checkMove(move: Move, signal: AbortSignal): Promise<readonly PlatformObjection[]>;

  /**
   * Starts the platform's own relocation, of a running VM (hot) or a stopped one (cold-direct), and returns as soon as
   * the platform has accepted it.
   * When the answer is lost the rejection is `connection-lost` or `server-timeout`: the move may be running.
   * @throws `vm-gone`, `destination-gone`, `platform-fault`, `no-privilege`, `session-expired`, `connection-lost`
   */
  startRelocation(move: Move, signal: AbortSignal): Promise<PlatformTaskRef>;

  /**
   * Watches a platform task to its end. Survives a new log-in. Aborting stops the watching, not the task.
   * @returns how it ended; `unknown` when the platform no longer knows the task
   * @throws `connection-lost`, `server-timeout` when it cannot be watched any longer: the outcome is not known
   */
  followTask(
    ref: PlatformTaskRef,
    onProgress: (percent: number | null) => void,
    signal: AbortSignal,
  ): Promise<PlatformTaskOutcome>;

  /** Asks the platform to stop a task. Its end is told by {@link followTask}. */
  cancelTask(ref: PlatformTaskRef, signal: AbortSignal): Promise<'asked' | 'already-ended' | 'not-cancellable'>;

  /**
   * Takes an ISO image or a floppy out of its drive, or a USB device out of the VM, because a person asked for it, and
   * reads the device again before it says so. Only of a stopped VM. Whether it is asked for once or twice makes no
   * difference: what is not there any more is passed over.
   * When the answer is lost the rejection is `connection-lost` or `server-timeout`: it may have been done.
   * @returns what was there before, of the devices that were changed
   * @throws `vm-gone`; `fix-not-possible` for a VM that runs or is held by a task, when nothing is left to take out, and
   *   when it is still there afterwards; `platform-fault`, `no-privilege`, `session-expired`, `connection-lost`
   */
  applyFix(fix: Fix, signal: AbortSignal): Promise<FixResult>;

  /** Where a VM is now; null when the platform does not know it. */
  locate(vm: VmIdentity, signal: AbortSignal): Promise<Placement | null>;

  /** The VM as it is now, also when it got a new id; null when the platform does not know it. */
  findVm(vm: VmIdentity, signal: AbortSignal): Promise<VirtualMachine | null>;

  /** Logs out and frees everything. Never rejects; after it every other method rejects with `site-not-connected`. */
  close(): Promise<void>;
}

/**
 * Cold migration. What is done to a VM here is done when the promise resolves, and harmless to ask for again. When an
 * answer is lost (`connection-lost`, `server-timeout`) it may have been done: `findVm` tells.
 * Each also throws `vm-gone`, `platform-fault`, `no-privilege`, `session-expired`, `cancelled`.
 */
export interface ColdActs {
  /**
   * What the platform needs before an export: a checkpoint on Hyper-V, nothing on VMware.
   * @param name of the checkpoint; one of that name is not made again
   */
  prepareExport(vm: EntityId, name: string, signal: AbortSignal): Promise<void>;

  /** The files of a stopped VM. */
  openExport(vm: EntityId, signal: AbortSignal): Promise<ExportLease>;

  /** What the platform says to importing this, without doing it. */
  checkImport(request: ImportRequest, signal: AbortSignal): Promise<readonly PlatformObjection[]>;

  /** Makes a VM, stopped, and waits for its files. @throws `destination-gone` as well */
  openImport(request: ImportRequest, signal: AbortSignal): Promise<ImportLease>;

  /** Gives a restored, stopped VM its addresses, its networks and its BIOS UUID again. */
  restoreIdentity(vm: EntityId, identity: VmIdentityToRestore, signal: AbortSignal): Promise<void>;

  /** Renames a stopped VM and keeps it from booting by itself. It stays registered, with all its files. */
  parkVm(vm: EntityId, parkedName: string, signal: AbortSignal): Promise<void>;

  /** Takes parking back. */
  unparkVm(vm: EntityId, name: string, signal: AbortSignal): Promise<void>;

  /** Powers a VM on and waits until it is. */
  powerOnVm(vm: EntityId, signal: AbortSignal): Promise<void>;

  /** Deletes a stopped VM and its files for good. Harmless when it is gone. */
  destroyVm(vm: EntityId, signal: AbortSignal): Promise<void>;
}

/** `instanceUuid` finds a VM again that got a new id; absent when the inventory never told it. */
export interface VmIdentity {
  readonly id: EntityId;
  readonly instanceUuid?: string;
}

export type InventoryBatch =
  | { readonly kind: 'page'; readonly entities: readonly Entity[]; readonly total: number | null }
  | { readonly kind: 'complete' }
  | { readonly kind: 'change'; readonly upserts: readonly Entity[]; readonly removals: readonly EntityId[] };

export interface PlatformObjection {
  readonly severity: 'error' | 'warning';
  /** The platform's own name of the fault: `RDMNotSupported`. */
  readonly fault: string;
  /** The platform's own sentence. */
  readonly message: string;
  readonly host: EntityId | null;
}

export type PlatformTaskOutcome =
  | { readonly kind: 'succeeded' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly error: WireError }
  | { readonly kind: 'unknown' };
