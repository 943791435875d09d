import type { ImageStore } from '../../electron/evacuation/ports.ts';
import { identityOf } from '../../electron/hypervisors/lab/cold/hidden-facts.ts';
import type { LabServer } from '../../electron/hypervisors/lab/lab-server.ts';
import type { VirtualMachine } from '../../shared/domain/virtual-machine.ts';
import { contentOf } from './cold-console.ts';

/** A VM as it was before anything was done to it. */
export interface Original {
  readonly vm: VirtualMachine;
  readonly identity: string;
  readonly content: readonly string[];
}

export const originalOf = (server: LabServer, name: string): Original => {
  for (const vm of server.world.entities()) {
    if (vm.kind === 'virtual-machine' && vm.name === name) {
      return { vm, identity: identityOf(vm), content: contentOf(server, vm) };
    }
  }
  throw new Error(`no ${name}`);
};

/** What there is of a VM, looked at without the console and without its journal. */
export interface WhatThereIs {
  /** Whole copies on the platform: not held by a lease, with all that was in the disks. */
  readonly whole: readonly VirtualMachine[];
  /** Copies on the platform that are being made. */
  readonly halfMade: readonly VirtualMachine[];
  readonly running: readonly VirtualMachine[];
  readonly sealedImages: readonly string[];
  readonly otherDirectories: readonly string[];
}

const sameContent = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((hash, index) => hash === other[index]);

export const whatThereIs = async (
  original: Original,
  server: LabServer,
  images: ImageStore,
  folder: string,
): Promise<WhatThereIs> => {
  const copies = [...server.world.entities()].filter(
    (entity): entity is VirtualMachine =>
      entity.kind === 'virtual-machine' && server.hidden.originOf(entity) === original.identity,
  );
  const imports = new Set(server.leases.all().flatMap(({ kind, vm }) => (kind === 'import' ? [vm] : [])));
  const whole = copies.filter((vm) => !imports.has(vm.id) && sameContent(contentOf(server, vm), original.content));
  const listed = await images.list([folder]);
  const sealedImages: string[] = [];
  for (const { name, state, record } of listed) {
    if (state !== 'sealed' || record === null || record.vm.instanceUuid !== original.vm.instanceUuid) continue;
    const disks = record.files.flatMap(({ kind, sha256 }) => (kind === 'disk' ? [sha256] : []));
    const problem = await images.verify(folder, name, new AbortController().signal);
    if (problem === null && sameContent(disks, original.content)) sealedImages.push(name);
  }
  return {
    whole,
    halfMade: copies.filter((vm) => imports.has(vm.id)),
    running: copies.filter(({ powerState }) => powerState === 'on'),
    sealedImages,
    otherDirectories: listed.flatMap(({ name }) => (sealedImages.includes(name) ? [] : [name])),
  };
};

/** The one invariant of the design. Empty when it holds. */
export const broken = ({ whole, running, sealedImages }: WhatThereIs): readonly string[] => [
  ...(whole.length === 0 && sealedImages.length === 0 ? ['the VM is lost: no whole copy and no sealed image'] : []),
  ...(running.length > 1 ? [`the VM runs ${running.length} times`] : []),
];
