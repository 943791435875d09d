import type { ImageFileKind } from '../../shared/domain/evacuation.ts';
import type { EntityId } from '../../shared/domain/ids.ts';
import type { Destination } from '../../shared/domain/migration.ts';

/*
 * What the port says about a VM's files: out of a platform, and in again. Both go over a lease: the platform holds the
 * VM for as long as it is alive. Keeping it alive is the adapter's own business.
 */

/** One file of a VM that a platform hands out. */
export interface ExportFile {
  /** The platform's device key. */
  readonly key: string;
  readonly kind: ImageFileKind;
  /** For people: `Hard disk 1`. */
  readonly label: string;
  /** Its ending without the dot, out of a fixed list: `vmdk`, `nvram`, `vhdx`. The rest of a name is the console's. */
  readonly extension: string;
  /** What the disk can hold, bytes; null for what is no disk. */
  readonly capacityBytes: number | null;
  /** How many bytes will come, as far as the platform knows; for showing progress alone. */
  readonly expectedBytes: number | null;
}

/** A file as it was written by the console. */
export interface WrittenFile {
  readonly key: string;
  /** Relative to the descriptor. */
  readonly name: string;
  readonly bytes: number;
  readonly capacityBytes: number | null;
  /** Lower-case hexadecimal, as {@link WrittenFile.sha1}. */
  readonly sha256: string;
  /** Null where nobody asked for it. */
  readonly sha1: string | null;
}

/** Takes the bytes of one file, in their order. */
export interface ByteSink {
  /**
   * Copies what it is given before it returns, so that the memory may be used again at once: of the whole file no more
   * than a few pieces are ever held.
   * @returns null, or a promise when enough is on its way: besides what has arrived already, nothing more may be given
   *   before it resolves. It rejects with what kept the bytes from being taken, an AppError.
   */
  take(bytes: Uint8Array): Promise<void> | null;
}

/**
 * Gives the bytes of one file, in their order. The memory of a piece is used again when the next but one is asked for:
 * whoever wants to keep it longer makes a copy.
 */
export type ByteSource = AsyncIterable<Uint8Array>;

/** Ways to count a checksum that platforms and the console have in common. */
export type ChecksumKind = 'sha1' | 'sha256';

/** What the platform counted itself of a file it sent or got. What it does not tell is absent. */
export interface PlatformCount {
  readonly key: string;
  readonly bytes?: number;
  readonly sha1?: string;
  readonly sha256?: string;
}

export interface Descriptor {
  /** Ending of its file name: `ovf`. */
  readonly extension: string;
  readonly text: string;
}

/** A stopped VM whose files are handed out. Ends with {@link complete} or {@link abort}; both leave the VM as it was. */
export interface ExportLease {
  readonly files: readonly ExportFile[];
  /** What the platform counts beside, see {@link ExportLease.counts}. */
  readonly checksum: ChecksumKind;
  /**
   * Streams one file from its beginning into a sink; all of it is there when this resolves. May be done again after it
   * broke, as long as the lease lives.
   * @throws `lease-lost`, `connection-lost`, `server-timeout`, `transfer-broken` for a refusal, `cancelled`, and what
   *   the sink fails with
   */
  read(file: ExportFile, sink: ByteSink, signal: AbortSignal): Promise<void>;
  /** For the platform's own task list, 0-100. */
  report(percent: number): void;
  /** To compare with what was written. @throws as {@link read} */
  counts(signal: AbortSignal): Promise<readonly PlatformCount[]>;
  /** The description of the VM that goes with these files. @throws as {@link read}, `platform-fault` */
  describe(files: readonly WrittenFile[], signal: AbortSignal): Promise<Descriptor>;
  /** Nothing more is wanted; the platform lets go of the VM. @throws as {@link read} */
  complete(signal: AbortSignal): Promise<void>;
  /** The same when it failed. Never rejects: a lease that cannot be reached ends by itself. */
  abort(): Promise<void>;
}

/** A VM to be made out of an image. */
export interface ImportRequest {
  readonly vmName: string;
  /** The new VM gets this one, so that it is found again whatever is lost. */
  readonly instanceUuid: string;
  readonly descriptor: string;
  readonly files: readonly ImportFile[];
  readonly destination: Destination;
  /** Null: let the platform choose. */
  readonly host: EntityId | null;
  readonly datastore: EntityId | null;
  /** Where it was, as a hint for the folder it is put in; the platform's own choice when it is not there any more. */
  readonly parent: EntityId | null;
  /** Networks by the names the descriptor has for them. */
  readonly networks: readonly { readonly name: string; readonly network: EntityId }[];
}

export interface ImportFile {
  /** As the descriptor names it. */
  readonly name: string;
  readonly kind: ImageFileKind;
  readonly bytes: number;
}

/** A VM that is being made. Ends with {@link complete}, or with {@link abort}, which takes the half-made VM away. */
export interface ImportLease {
  readonly vm: EntityId;
  /** Names of the files the platform wants; others need not be sent. */
  readonly wanted: readonly string[];
  /** What the platform counts beside, see {@link ImportLease.counts}. */
  readonly checksum: ChecksumKind;
  /**
   * Sends one file. May be done again from its beginning after it broke, as long as the lease lives.
   * @throws `lease-lost`, `connection-lost`, `server-timeout`, `platform-fault`, `cancelled`, and what the source fails with
   */
  write(file: ImportFile, source: ByteSource, signal: AbortSignal): Promise<void>;
  /** For the platform's own task list, 0-100. */
  report(percent: number): void;
  /** To compare with what was sent; `key` is the name of the file. @throws as {@link write} */
  counts(signal: AbortSignal): Promise<readonly PlatformCount[]>;
  /** All is there. When the answer is lost the VM may be complete. @throws as {@link write} */
  complete(signal: AbortSignal): Promise<void>;
  /** Never rejects: what cannot be reached is taken away by the platform when the lease runs out. */
  abort(): Promise<void>;
}

/** What makes a restored VM the one it was, as far as a descriptor does not carry it. */
export interface VmIdentityToRestore {
  readonly biosUuid?: string;
  /** Of the adapters, in their order: their address and the network they are to be attached to. */
  readonly adapters: readonly {
    readonly label: string;
    readonly macAddress?: string;
    readonly network: EntityId | null;
  }[];
}
