import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { XmlDocument } from 'libxml2-wasm';
import { namespaces } from './namespaces.ts';
import { ovfProblems } from './ovf-schema.ts';

export interface FileDigest {
  readonly algorithm: 'SHA1' | 'SHA256';
  readonly name: string;
  readonly digest: string;
}

/**
 * One line of a manifest as DSP0243 has it in clause 5.1. Version 1.1 knows SHA1 alone; SHA256 came with version 2 and is
 * what tools write and take today, for descriptors of version 1 as well.
 */
const fileDigest = /(?:(SHA1)\(([^()\n]+)\)= ([0-9a-f]{40})|(SHA256)\(([^()\n]+)\)= ([0-9a-f]{64}))\n/y;

/** Null unless the text is a manifest to its last character. */
export const readManifest = (text: string): readonly FileDigest[] | null => {
  const digests: FileDigest[] = [];
  fileDigest.lastIndex = 0;
  while (fileDigest.lastIndex < text.length) {
    const found = fileDigest.exec(text);
    if (found === null) return null;
    const [, , sha1Name, sha1, , sha256Name = '', sha256 = ''] = found;
    if (sha1Name === undefined || sha1 === undefined) {
      digests.push({ algorithm: 'SHA256', name: sha256Name, digest: sha256 });
    } else digests.push({ algorithm: 'SHA1', name: sha1Name, digest: sha1 });
  }
  return digests;
};

interface Reference {
  readonly href: string;
  /** Bytes; absent where the descriptor does not tell. */
  readonly size?: number;
}

const referencesOf = (descriptor: string): readonly Reference[] => {
  const document = XmlDocument.fromString(descriptor);
  const files = document.find('/ovf:Envelope/ovf:References/ovf:File', namespaces);
  const at = (path: string): string => document.get(path, namespaces)?.content ?? '';
  const references = files.map((_, index) => {
    const file = `/ovf:Envelope/ovf:References/ovf:File[${index + 1}]`;
    const size = at(`${file}/@ovf:size`);
    return { href: at(`${file}/@ovf:href`), ...(size === '' ? {} : { size: Number(size) }) };
  });
  document.dispose();
  return references;
};

const digestOf = (algorithm: FileDigest['algorithm'], path: string): string =>
  createHash(algorithm.toLowerCase()).update(readFileSync(path)).digest('hex');

/**
 * What is wrong with an OVF package that lies in a directory: with its descriptor, with its manifest, which tells the
 * descriptor and every file once, and with the files. Empty when nothing is.
 * @param base name of descriptor and manifest without their endings
 */
export const packageProblems = (directory: string, base: string): readonly string[] => {
  const descriptor = readFileSync(join(directory, `${base}.ovf`), 'utf8');
  const problems = [...ovfProblems(descriptor)];
  if (problems.length > 0) return problems;
  const references = referencesOf(descriptor);
  for (const { href, size } of references) {
    const bytes = statSync(join(directory, href), { throwIfNoEntry: false })?.size;
    if (bytes === undefined) problems.push(`${href} is not there`);
    else if (size !== undefined && size !== bytes) problems.push(`${href} has ${bytes} bytes, not ${size}`);
  }
  const digests = readManifest(readFileSync(join(directory, `${base}.mf`), 'utf8'));
  if (digests === null) return [...problems, 'the manifest is not understood'];
  const told = digests.map(({ name }) => name).toSorted();
  const due = [`${base}.ovf`, ...references.map(({ href }) => href)].toSorted();
  if (told.join() !== due.join()) problems.push(`the manifest tells of ${told.join()}, not of ${due.join()}`);
  for (const { algorithm, name, digest } of digests) {
    if (existsSync(join(directory, name)) && digestOf(algorithm, join(directory, name)) !== digest)
      problems.push(`${name} has another ${algorithm}`);
  }
  return problems;
};
