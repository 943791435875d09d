import type {
  EvacuationFolder,
  EvacuationImage,
  FolderStatus,
  ImageFile,
  ImageFileKind,
  ImageProblem,
  ImageRecord,
} from '../../shared/domain/evacuation.ts';
import type { TaskId } from '../../shared/domain/ids.ts';
import type { FolderSpace } from '../../shared/rules/precaution.ts';
import type { ByteSink, ByteSource, ChecksumKind } from '../hypervisors/transfer.ts';

/*
 * Evacuation images on disk, as the steps of a migration use them. A folder holds one directory an image; while it is
 * written the directory is called `<name>.partial`. All methods reject with AppErrors: `folder-unusable`,
 * `folder-full`, `image-not-found`, `image-damaged`, `cancelled`, `internal`.
 */

/** What is said of a file before its bytes come. */
export interface NewImageFile {
  /** Made by the console: letters, digits, `.`, `_`, `-`. */
  readonly name: string;
  readonly kind: ImageFileKind;
  /** For people: `Hard disk 1`. */
  readonly label?: string;
  readonly deviceKey: string;
  readonly capacityBytes: number | null;
}

export interface WrittenImageFile extends ImageFile {
  /** Lower-case hexadecimal; null where nobody asked for it. */
  readonly sha1: string | null;
}

/** Streams a file into a sink, from its beginning. Stops when the signal aborts, with its reason. */
export type ReadBytes = (sink: ByteSink, signal: AbortSignal) => Promise<void>;

/** A file of an image while it is read. */
export interface ImageFileReading {
  /** Fails with `image-damaged` when at its end the bytes differ from the manifest. To be read once. */
  readonly bytes: ByteSource;
  /** Of all that was read, once it has ended; null where nobody asked for it. */
  readonly sha1: () => string | null;
}

/** An image that is being written. */
export interface ImageWriter {
  /**
   * Streams what is read into a file, hashing on the way, with back-pressure; it is on disk (fsynced) when this
   * resolves. A file that was begun before is begun anew.
   * @param checksum counted besides the SHA-256 every image has
   * @param onBytes told how many bytes have been written in all, often
   * @throws `folder-full`, `folder-unusable`, `cancelled`, and what `read` fails with
   */
  write(
    file: NewImageFile,
    checksum: ChecksumKind,
    read: ReadBytes,
    onBytes: (bytes: number) => void,
    signal: AbortSignal,
  ): Promise<WrittenImageFile>;
  /**
   * Writes descriptor, manifest and record; they are on disk when this resolves. From then on all of it is there, and
   * anybody can seal it.
   * @throws `folder-full`, `folder-unusable`
   */
  describe(
    record: Omit<ImageRecord, 'files' | 'descriptor' | 'manifest' | 'format' | 'console'>,
    descriptor: { readonly extension: string; readonly text: string },
    files: readonly WrittenImageFile[],
  ): Promise<void>;
}

/** A sealed image, opened for reading. */
export interface ImageReader {
  readonly record: ImageRecord;
  readonly descriptor: string;
  /**
   * @param checksum counted besides the SHA-256 it is compared with
   * @param onBytes told how many bytes have been taken in all, often
   */
  read(file: ImageFile, checksum: ChecksumKind, onBytes: (bytes: number) => void): ImageFileReading;
}

export interface WholeImage {
  readonly record: ImageRecord;
  readonly isSealed: boolean;
}

export interface ImageStore {
  /**
   * Name for the directory of a new image: from the VM's name as far as it can be used, and unique by the label. Several
   * consoles may share a folder and count their tasks alike, so a task's number alone is no such label.
   */
  nameFor(vmName: string, label: string): string;
  /** Begins `<name>.partial`; what is left of an earlier try of that name is removed first, a sealed image never. */
  begin(folder: string, name: string): Promise<ImageWriter>;
  /**
   * An image that holds all of a VM: a sealed one, or one that was described and never sealed and whose files are all
   * there in full size, so that it only has to be sealed. Null for what is less, and for none.
   * @throws `image-damaged` when it is sealed, or cannot be read
   */
  whole(folder: string, name: string): Promise<WholeImage | null>;
  /**
   * Gives an image that was described its final name, after which everything is read back and compared. One that has
   * that name already is compared alone.
   * @returns bytes on disk
   * @throws `image-not-found`; `image-damaged` when what is read back differs; then the image is partial again
   */
  seal(folder: string, name: string, signal: AbortSignal): Promise<number>;
  /** @throws `image-not-found`, `image-damaged` */
  open(folder: string, name: string): Promise<ImageReader>;
  /** `sealed` says that the directory has its final name; whether its content is right, {@link verify} says. */
  state(folder: string, name: string): Promise<'none' | 'partial' | 'sealed'>;
  /** Reads all and compares it with the manifest; null when nothing is wrong. @throws `image-not-found` */
  verify(folder: string, name: string, signal: AbortSignal): Promise<ImageProblem | null>;
  /**
   * Removes it, sealed or partial. First under another name, so that half of an image is never taken for one. Nothing
   * there is no error. @throws `image-not-found` for a directory that is no image, besides what all throw
   */
  remove(folder: string, name: string): Promise<void>;
  /** Everything in these folders that looks like an image. Folders that cannot be reached are left out. */
  list(folders: readonly string[]): Promise<readonly Omit<EvacuationImage, 'task'>[]>;
}

export interface FolderService {
  folders(): readonly EvacuationFolder[];
  /**
   * Tries whether it can be written.
   * @param folder `floorBytes` null: the console chooses
   * @throws `folder-exists`, `folder-unusable`, `folder-full`
   */
  add(folder: { readonly path: string; readonly floorBytes: number | null }): Promise<void>;
  /** The images in it stay. @throws `not-found`, `folder-in-use` */
  remove(path: string): void;
  /** Measured now. */
  status(): Promise<readonly FolderStatus[]>;
  /**
   * Room in one folder now; what this task itself has reserved is not counted.
   * @throws `folder-unusable`, `not-found` for a folder that nobody set up
   */
  space(path: string, except?: TaskId): Promise<FolderSpace>;
  /** A task says how much it has written, so that this is not counted twice: as promised and as no longer free. */
  wrote(task: TaskId, bytes: number): void;
}
