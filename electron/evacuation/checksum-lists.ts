/** A file and its checksum, lower-case hexadecimal. */
export interface Checksum {
  readonly name: string;
  readonly sha256: string;
}

/** As OVF has it, so that other tools check it too: `SHA256(vm.ovf)= 9f86…`. */
export const manifestText = (checksums: readonly Checksum[]): string =>
  checksums.map(({ name, sha256 }) => `SHA256(${name})= ${sha256}\n`).join('');

/** As `sha256sum -c` reads it. */
export const checksumText = (checksums: readonly Checksum[]): string =>
  checksums.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join('');

/** Null when a line cannot be understood or names a file a second time. */
const parseLines = (
  text: string,
  line: RegExp,
  read: (match: RegExpExecArray) => Checksum,
): ReadonlyMap<string, string> | null => {
  const found = new Map<string, string>();
  for (const each of text.split('\n')) {
    if (each === '') continue;
    const match = line.exec(each);
    if (match === null) return null;
    const { name, sha256 } = read(match);
    if (found.has(name)) return null;
    found.set(name, sha256);
  }
  return found;
};

/** File name to checksum; null when it cannot be understood. */
export const parseManifest = (text: string): ReadonlyMap<string, string> | null =>
  parseLines(text, /^SHA256\(([^)]+)\)= ([0-9a-f]{64})$/, ([, name = '', sha256 = '']) => ({ name, sha256 }));

/** File name to checksum; null when it cannot be understood. */
export const parseChecksums = (text: string): ReadonlyMap<string, string> | null =>
  parseLines(text, /^([0-9a-f]{64}) {2}(.+)$/, ([, sha256 = '', name = '']) => ({ name, sha256 }));
