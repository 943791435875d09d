import { createHash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { packageProblems, readManifest } from './ovf-package.ts';

const sha256 = 'a'.repeat(64);

describe('the manifest of an OVF package', () => {
  it('has a line for each file', () => {
    expect(readManifest(`SHA256(vm.ovf)= ${sha256}\nSHA1(disk 1.vmdk)= ${'0'.repeat(40)}\n`)).toEqual([
      { algorithm: 'SHA256', name: 'vm.ovf', digest: sha256 },
      { algorithm: 'SHA1', name: 'disk 1.vmdk', digest: '0'.repeat(40) },
    ]);
  });

  it.each([
    ['a line does not end', `SHA256(vm.ovf)= ${sha256}`],
    ['lines end as on Windows', `SHA256(vm.ovf)= ${sha256}\r\n`],
    ['a blank is missing', `SHA256(vm.ovf)=${sha256}\n`],
    ['there is a blank too many', `SHA256 (vm.ovf)= ${sha256}\n`],
    ['a digest is too short', `SHA256(vm.ovf)= ${'a'.repeat(40)}\n`],
    ['a digest is of the other kind', `SHA1(vm.ovf)= ${sha256}\n`],
    ['a digest has capitals', `SHA256(vm.ovf)= ${'A'.repeat(64)}\n`],
    ['a kind is unknown', `MD5(vm.ovf)= ${'a'.repeat(32)}\n`],
    ['a name is missing', `SHA256()= ${sha256}\n`],
    ['a line is empty', `\nSHA256(vm.ovf)= ${sha256}\n`],
    ['something follows', `SHA256(vm.ovf)= ${sha256}\n# end\n`],
    ['it begins with a byte order mark', `\uFEFFSHA256(vm.ovf)= ${sha256}\n`],
  ])('is refused when %s', (_, text) => {
    expect(readManifest(text)).toBeNull();
  });
});

describe('an OVF package', () => {
  const disk = Buffer.from('what lies in the disk');
  const descriptor = `<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1"><References><File ovf:id="file1" ovf:href="disk-1.vmdk" ovf:size="${disk.length}"/></References><VirtualSystem ovf:id="vm"><Info>A virtual machine</Info></VirtualSystem></Envelope>`;
  const line = (name: string, data: string | Buffer): string =>
    `SHA256(${name})= ${createHash('sha256').update(data).digest('hex')}\n`;
  const manifest = line('vm.ovf', descriptor) + line('disk-1.vmdk', disk);

  const made = (): string => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, 'disk-1.vmdk'), disk);
    writeFileSync(join(directory, 'vm.ovf'), descriptor);
    writeFileSync(join(directory, 'vm.mf'), manifest);
    return directory;
  };

  it('is whole', () => {
    expect(packageProblems(made(), 'vm')).toEqual([]);
  });

  it.each<[string, (directory: string) => void, RegExp]>([
    [
      'a file is missing',
      (at) => writeFileSync(join(at, 'vm.mf'), line('vm.ovf', descriptor)),
      /tells of vm.ovf, not of/,
    ],
    [
      'a file is told twice',
      (at) => writeFileSync(join(at, 'vm.mf'), manifest + line('vm.ovf', descriptor)),
      /tells of/,
    ],
    ['another file is told', (at) => writeFileSync(join(at, 'vm.mf'), manifest + line('x', 'x')), /tells of/],
    ['the manifest is none', (at) => writeFileSync(join(at, 'vm.mf'), 'SHA256'), /not understood/],
    [
      'the disk is longer',
      (at) => writeFileSync(join(at, 'disk-1.vmdk'), `${disk}.`),
      /has 22 bytes, not 21.*another SHA256/,
    ],
    [
      'the disk is another',
      (at) => writeFileSync(join(at, 'disk-1.vmdk'), 'x'.repeat(21)),
      /^disk-1.vmdk has another SHA256/,
    ],
    ['the disk is gone', (at) => rmSync(join(at, 'disk-1.vmdk')), /^disk-1.vmdk is not there$/],
    [
      'the descriptor is another',
      (at) => writeFileSync(join(at, 'vm.ovf'), `${descriptor}\n`),
      /^vm.ovf has another SHA256/,
    ],
    [
      'the descriptor is wrong',
      (at) => writeFileSync(join(at, 'vm.ovf'), '<Envelope/>'),
      /No matching global declaration/,
    ],
  ])('is not when %s', (_, breakIt, said) => {
    const directory = made();
    breakIt(directory);
    expect(packageProblems(directory, 'vm').join()).toMatch(said);
  });
});
