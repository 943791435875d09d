import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { imageNameFor } from '../../../electron/evacuation/image-name.ts';
import { imageNameSchema } from '../../../shared/ipc/schemas/evacuation-plan.ts';

describe('the name of an image', () => {
  test.each([
    ['web-01', 'web-01-T-12'],
    ['営業部 ファイルサーバー', '営業部 ファイルサーバー-T-12'],
    // The same name, composed and decomposed.
    ['か\u3099', 'が-T-12'],
    ['../../etc/passwd', 'etc_passwd-T-12'],
    ['C:\\Windows', 'C_Windows-T-12'],
    ['a/b\0c', 'a_b_c-T-12'],
    ['..', 'vm-T-12'],
    ['', 'vm-T-12'],
    ['💾', 'vm-T-12'],
    ['.hidden', 'hidden-T-12'],
    ['ends with a dot. ', 'ends with a dot-T-12'],
    ['con.x', 'vm-con.x-T-12'],
    ['LPT1 .disk', 'vm-LPT1 .disk-T-12'],
    ['console', 'console-T-12'],
  ])('of %j is %j', (vmName, name) => {
    expect(imageNameFor(vmName, 'T-12')).toBe(name);
  });

  test('whatever the VM is called, it is one name inside the folder on every system', () => {
    const label = fc.integer({ min: 1, max: 10 ** 9 }).map((number) => `T-${number}`);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), label, (vmName, given) => {
        const name = imageNameFor(vmName, given);
        expect(imageNameSchema.safeParse(name).success).toBe(true);
        expect(name.endsWith(`-${given}`)).toBe(true);
        expect(Buffer.byteLength(`${name}.deleting`)).toBeLessThanOrEqual(255);
        expect(name.normalize('NFC')).toBe(name);
        expect(name).not.toMatch(/[<>:"/\\|?*\p{Cc}]|[ .]$/u);
        expect(name.split('.')[0]?.trimEnd()).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)$/i);
      }),
    );
  });
});
