import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readZip } from '../../scripts/lib/zip-archive.mjs';

interface Member {
  readonly name: string;
  readonly content: string;
  readonly method?: number;
  readonly mode?: number;
}

/** A zip archive as any zip program writes it (the parts of the format that the reader looks at). */
function zip(members: readonly Member[], comment = ''): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, method = 8, mode = 0o644 } of members) {
    const packed = method === 8 ? deflateRawSync(content) : Buffer.from(content);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(Buffer.byteLength(name), 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(Buffer.byteLength(content), 24);
    entry.writeUInt16LE(Buffer.byteLength(name), 28);
    entry.writeUInt32LE((mode << 16) >>> 0, 38);
    entry.writeUInt32LE(offset, 42);
    const body = Buffer.concat([local, Buffer.from(name), packed]);
    bodies.push(body);
    directory.push(entry, Buffer.from(name));
    offset += body.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(Buffer.byteLength(comment), 20);
  return Buffer.concat([...bodies, ...directory, end, Buffer.from(comment)]);
}

describe('readZip', () => {
  it('lists the members in order with their permissions and unpacks both methods', () => {
    const entries = readZip(
      zip([
        { name: 'a/', content: '', method: 0 },
        { name: 'a/run', content: 'x'.repeat(5000), mode: 0o755 },
        { name: 'a/日本.txt', content: 'stored', method: 0 },
      ]),
    );
    expect(entries.map(({ name, mode }) => [name, mode])).toEqual([
      ['a/', 0o644],
      ['a/run', 0o755],
      ['a/日本.txt', 0o644],
    ]);
    expect(entries[1]?.read().toString()).toBe('x'.repeat(5000));
    expect(entries[2]?.read().toString()).toBe('stored');
  });

  it('finds the directory before a comment', () => {
    expect(readZip(zip([{ name: 'a', content: '1' }], 'a comment'))).toHaveLength(1);
  });

  it('refuses what is not a zip archive, or one that was cut off', () => {
    expect(() => readZip(Buffer.from('<html>not found</html>'))).toThrow('not a zip archive');
    const whole = zip([{ name: 'a', content: 'text' }]);
    expect(() => readZip(whole.subarray(0, whole.length - 10))).toThrow('not a zip archive');
  });

  it('refuses a directory that ends early', () => {
    const archive = zip([{ name: 'a', content: 'text' }]);
    archive.writeUInt16LE(2, archive.length - 12);
    expect(() => readZip(archive)).toThrow('damaged');
  });

  it('refuses a member of the wrong size or an unknown method', () => {
    const altered = zip([{ name: 'a', content: 'text', method: 0 }]);
    altered.writeUInt32LE(9, altered.length - 22 - 47 + 24);
    expect(() => readZip(altered)[0]?.read()).toThrow('Damaged zip entry: a');
    expect(() => readZip(zip([{ name: 'a', content: 'text', method: 12 }]))[0]?.read()).toThrow('method 12');
  });

  it('refuses ZIP64', () => {
    const archive = zip([{ name: 'a', content: 'text' }]);
    archive.writeUInt16LE(0xffff, archive.length - 12);
    expect(() => readZip(archive)).toThrow('ZIP64');
  });
});
