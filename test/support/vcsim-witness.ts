import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Vcsim } from './vcsim.ts';

/*
 * What there is of a VM, looked at with govc and in the folder: without the console, its journal and its adapter.
 */

/** A VM as it was before anything was done to it. */
export interface OriginalVm {
  readonly name: string;
  readonly ref: string;
  readonly pool: string;
  readonly instanceUuid: string;
  readonly content: readonly string[];
}

/** One copy on the platform. */
export interface VmCopy {
  readonly ref: string;
  readonly name: string;
  readonly power: string;
  /** Name of the pool, `home` for where it was. */
  readonly pool: string;
  /** SHA-256 of its disks; null when a lease holds it, or when it runs. */
  readonly content: readonly string[] | null;
}

const sha256 = (data: Buffer): string => createHash('sha256').update(data).digest('hex');

/** Exports a stopped VM with govc. Null when the platform does not let it. */
export const contentByGovc = async (vcsim: Vcsim, ref: string): Promise<readonly string[] | null> => {
  const folder = mkdtempSync(join(tmpdir(), 'vcsim-witness-'));
  try {
    await vcsim.govc('export.ovf', '-vm', `VirtualMachine:${ref}`, folder);
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.vmdk'))
      .toSorted()
      .map((name) => sha256(readFileSync(join(folder, name))));
  } catch {
    return null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** @throws Error when it cannot be read */
export const originalOf = async (vcsim: Vcsim, name: string): Promise<OriginalVm> => {
  const { ref, pool, instanceUuid } = await vcsim.state(name);
  const content = await contentByGovc(vcsim, ref);
  if (content === null || content.length === 0) throw new Error(`${name} cannot be exported`);
  return { name, ref, pool, instanceUuid, content };
};

interface GovcVm {
  readonly self: { readonly value: string };
  readonly name: string;
}

const looks = 3;

/** All VMs of that name, and of names a parked source of it has. @throws Error when they cannot be read */
export const copiesOf = async (vcsim: Vcsim, original: OriginalVm): Promise<readonly VmCopy[]> => {
  for (let look = 1; ; look += 1) {
    try {
      return await lookForCopies(vcsim, original);
    } catch (error) {
      // A half-made VM may vanish, with its lease, while it is looked at.
      if (look === looks) throw error;
    }
  }
};

const lookForCopies = async (vcsim: Vcsim, original: OriginalVm): Promise<readonly VmCopy[]> => {
  const { virtualMachines } = await vcsim.govc<{ readonly virtualMachines: readonly GovcVm[] }>('vm.info', '*');
  const named = virtualMachines.filter(
    ({ name }) => name === original.name || name.startsWith(`${original.name} (parked `),
  );
  return Promise.all(
    named.map(async ({ self: { value: ref } }) => {
      const { name, pool, power } = await vcsim.state(ref);
      const content = power === 'poweredOff' ? await contentByGovc(vcsim, ref) : null;
      return { ref, name, power, content, pool: pool === original.pool ? 'home' : pool };
    }),
  );
};

/** Sealed images that hold this VM byte for byte, by what lies in the folder alone; and everything else in it. */
export const imagesOf = (
  folder: string,
  original: OriginalVm,
): { readonly sealed: readonly string[]; readonly other: readonly string[] } => {
  const directories = readdirSync(folder).filter((name) => name.startsWith(original.name));
  const sealed = directories.filter(
    (name) => !/\.(partial|deleting)$/.test(name) && holds(join(folder, name), original),
  );
  return { sealed, other: directories.filter((name) => !sealed.includes(name)) };
};

const holds = (directory: string, { content }: OriginalVm): boolean => {
  const names = readdirSync(directory);
  if (!names.includes('image.json') || !names.includes('vm.mf') || !names.includes('vm.ovf')) return false;
  const disks = names.filter((name) => name.endsWith('.vmdk')).toSorted();
  return same(
    disks.map((name) => sha256(readFileSync(join(directory, name)))),
    content,
  );
};

const same = (one: readonly string[], other: readonly string[]): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

export interface WhatThereIs {
  /** In words: `vm-0002 off in home; image`. */
  readonly words: string;
  /** What the one invariant is broken by; empty when it holds. */
  readonly problems: readonly string[];
}

const words = (copy: VmCopy, { content }: OriginalVm): string => {
  const name = copy.name.replace(/T-\d+/, 'T');
  if (copy.power !== 'poweredOff') return `${name} on in ${copy.pool}`;
  if (copy.content === null) return `${name} held by a lease in ${copy.pool}`;
  return `${name} off in ${copy.pool}${same(copy.content, content) ? '' : ' with other bytes'}`;
};

/**
 * Looks at the platform and into the folder. The disks of a VM that runs cannot be read; neither can those of a source
 * that an export lease holds, which only reads it.
 */
export const whatThereIs = async (vcsim: Vcsim, folder: string, original: OriginalVm): Promise<WhatThereIs> => {
  const copies = await copiesOf(vcsim, original);
  const { sealed, other } = imagesOf(folder, original);
  const running = copies.filter(({ power }) => power !== 'poweredOff');
  const whole = copies.filter(({ ref, content }) =>
    content === null ? ref === original.ref : same(content, original.content),
  );
  return {
    words: [
      ...copies.map((copy) => words(copy, original)).toSorted(),
      ...sealed.map(() => 'image'),
      ...other.map(() => 'other directory'),
    ].join('; '),
    problems: [
      ...(whole.length + running.length + sealed.length === 0 ? ['the VM is lost'] : []),
      ...(running.length > 1 ? [`the VM runs ${running.length} times`] : []),
    ],
  };
};
