import type { VirtualMachine } from '../../../../shared/domain/virtual-machine.ts';
import type { LabBook, LabChange } from '../lab-history.ts';
import {
  chunkBytes,
  type DiskContent,
  digestOf,
  fromStored,
  imageBytesOf,
  storedShareOf,
  toStored,
} from './disk-content.ts';

/** The file a VM with UEFI keeps its boot entries in; also its key. */
export const firmwareKey = 'nvram';

/** What a VM is called by in everything that no inventory tells: it stays when the VM gets a new id. */
export const identityOf = (vm: VirtualMachine): string => vm.instanceUuid ?? vm.id;

/** What a lab site knows of its VMs and no inventory tells. */
export interface HiddenFacts {
  /** What lies in a disk, by its device key, or in the firmware's file. */
  content(vm: VirtualMachine, file: string): DiskContent;
  putContent(vm: VirtualMachine, file: string, content: DiskContent): void;
  /** Remembers that these bytes can be computed, so that they need not be kept when somebody sends them. */
  recognise(content: DiskContent): void;
  isParked(vm: VirtualMachine): boolean;
  setParked(vm: VirtualMachine, parked: boolean): void;
  /** The identity of the VM whose disks were first exported: its own, or that of the VM it was restored from. */
  originOf(vm: VirtualMachine): string;
  setOrigin(vm: VirtualMachine, origin: string): void;
  /** The VM and its files were deleted. */
  forget(vm: VirtualMachine): void;
  /** Takes over what a history tells. */
  apply(change: LabChange): void;
}

/** @param atMost bytes of the largest image of a disk */
export const createHiddenFacts = (book: LabBook, atMost: number): HiddenFacts => {
  const contents = new Map<string, Map<string, DiskContent>>();
  const parked = new Set<string>();
  const origins = new Map<string, string>();
  const computable = new Map<string, DiskContent>();
  const seeded = new Map<string, DiskContent>();

  const apply = (change: LabChange): void => {
    switch (change.kind) {
      case 'content': {
        const files = contents.get(change.vm) ?? new Map<string, DiskContent>();
        contents.set(change.vm, files.set(change.file, fromStored(change.content)));
        return;
      }
      case 'parked':
        if (change.parked) parked.add(change.vm);
        else parked.delete(change.vm);
        return;
      case 'origin':
        origins.set(change.vm, change.origin);
        return;
      case 'forgotten':
        contents.delete(change.vm);
        parked.delete(change.vm);
        origins.delete(change.vm);
        return;
      case 'world':
      case 'lease':
        return;
      default:
        change satisfies never;
    }
  };
  const happen = (change: LabChange): void => {
    apply(change);
    book.add(change);
  };

  return {
    content: (vm, file) => {
      const known = contents.get(identityOf(vm))?.get(file);
      if (known !== undefined) return known;
      const disk = vm.disks?.find(({ key }) => key === file);
      const bytes = disk === undefined ? chunkBytes : imageBytesOf(storedShareOf(vm, disk), atMost);
      const seed = `${identityOf(vm)}/${file}`;
      // One object for each, so that its digest is reckoned once.
      const content = seeded.get(`${seed} ${bytes}`) ?? { kind: 'seeded', seed, bytes };
      seeded.set(`${seed} ${bytes}`, content);
      return content;
    },
    putContent: (vm, file, content) => {
      const kept = computable.get(digestOf(content).sha256) ?? content;
      happen({ kind: 'content', vm: identityOf(vm), file, content: toStored(kept) });
    },
    recognise: (content) => {
      if (content.kind === 'seeded') computable.set(digestOf(content).sha256, content);
    },
    isParked: (vm) => parked.has(identityOf(vm)),
    setParked: (vm, isParked) => {
      if (parked.has(identityOf(vm)) !== isParked) happen({ kind: 'parked', vm: identityOf(vm), parked: isParked });
    },
    originOf: (vm) => origins.get(identityOf(vm)) ?? identityOf(vm),
    setOrigin: (vm, origin) => happen({ kind: 'origin', vm: identityOf(vm), origin }),
    forget: (vm) => happen({ kind: 'forgotten', vm: identityOf(vm) }),
    apply,
  };
};
