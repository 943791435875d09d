import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImageStore } from '../../electron/evacuation/ports.ts';
import { identityOf } from '../../electron/hypervisors/lab/cold/hidden-facts.ts';
import type { LabServer } from '../../electron/hypervisors/lab/lab-server.ts';
import type { ImageRecord } from '../../shared/domain/evacuation.ts';
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
  /** Images that were never sealed, with all that was in the disks. */
  readonly unsealedImages: readonly string[];
  readonly otherDirectories: readonly string[];
}

const sameContent = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((hash, index) => hash === other[index]);

const holdsWhatItSays = (directory: string, { files }: ImageRecord): boolean =>
  files.every(({ name, sha256 }) => {
    const path = join(directory, name);
    return existsSync(path) && createHash('sha256').update(readFileSync(path)).digest('hex') === sha256;
  });

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
  const unsealedImages: string[] = [];
  for (const { name, state, record } of listed) {
    if (record === null || record.vm.instanceUuid !== original.vm.instanceUuid) continue;
    const disks = record.files.flatMap(({ kind, sha256 }) => (kind === 'disk' ? [sha256] : []));
    if (!sameContent(disks, original.content)) continue;
    if (state === 'partial' && holdsWhatItSays(join(folder, `${name}.partial`), record)) unsealedImages.push(name);
    if (state !== 'sealed') continue;
    const problem = await images.verify(folder, name, new AbortController().signal);
    if (problem === null) sealedImages.push(name);
  }
  return {
    whole,
    halfMade: copies.filter((vm) => imports.has(vm.id)),
    running: copies.filter(({ powerState }) => powerState === 'on'),
    sealedImages,
    unsealedImages,
    otherDirectories: listed.flatMap(({ name }) => (sealedImages.includes(name) ? [] : [name])),
  };
};

/**
 * The one invariant of the design. Empty when it holds.
 * @param deletedBy somebody else deletes the source while it is copied: then a copy that only has to be sealed is all
 *   that can be asked for until it is
 */
export const broken = (
  { whole, running, sealedImages, unsealedImages }: WhatThereIs,
  deletedBy: 'console' | 'somebody else' = 'console',
): readonly string[] => [
  ...(whole.length + sealedImages.length + (deletedBy === 'console' ? 0 : unsealedImages.length) === 0
    ? ['the VM is lost: no whole copy and no sealed image']
    : []),
  ...(running.length > 1 ? [`the VM runs ${running.length} times`] : []),
];
