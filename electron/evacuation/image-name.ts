/** Names Windows gives to devices, whatever follows after a dot. */
const deviceName = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])$/i;

/** Most file systems take 255 bytes; the suffix of a half-removed image has to fit in as well. */
const vmNameBytes = 120;
const labelBytes = 60;

const cutTo = (text: string, limit: number): string => {
  let cut = '';
  let bytes = 0;
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > limit) break;
    cut += character;
  }
  return cut;
};

/** Letters and digits of any script, blank, `.`, `_` and `-`; begins with a letter or digit, ends without a blank. */
const readable = (text: string, limit: number): string =>
  cutTo(
    text
      .normalize('NFC')
      .replace(/[^\p{L}\p{N} ._-]+/gu, '_')
      .replace(/^[^\p{L}\p{N}]+/u, ''),
    limit,
  ).replace(/[ .]+$/, '');

/**
 * Name of the directory of an image, valid on Windows and Unix alike whatever the VM is called.
 * @param label what makes it unique in the folder, also among several consoles
 */
export const imageNameFor = (vmName: string, label: string): string => {
  const vm = readable(vmName, vmNameBytes);
  const name = [vm === '' ? 'vm' : vm, readable(label, labelBytes)].filter((part) => part !== '').join('-');
  return deviceName.test(name.split('.')[0]?.trimEnd() ?? '') ? `vm-${name}` : name;
};
