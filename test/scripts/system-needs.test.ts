import { describe, expect, it } from 'vitest';
import {
  describeNeeds,
  KEY_LIBRARIES,
  type MachineFacts,
  missingFromLdconfig,
  missingFromLdd,
  packagesFor,
  sandboxRemedy,
} from '../../scripts/lib/system-needs.mjs';

const ready: MachineFacts = {
  missingLibraries: [],
  missingTools: [],
  hasDisplay: true,
  hasXvfb: true,
  sandboxRemedy: undefined,
  isRoot: false,
  command: 'npm start',
};

describe('missing libraries', () => {
  it('are those that ldd did not find, each once', () => {
    const output = [
      '\tlinux-vdso.so.1 (0x00007ffd)',
      '\tlibnss3.so => not found',
      '\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)',
      '\tlibgbm.so.1 => not found',
      '\tlibnss3.so => not found',
    ].join('\n');
    expect(missingFromLdd(output)).toEqual(['libnss3.so', 'libgbm.so.1']);
  });

  it('are none when ldd found all or does not know the file', () => {
    expect(missingFromLdd('\tnot a dynamic executable\n')).toEqual([]);
    expect(missingFromLdd('')).toEqual([]);
  });

  it('are seen before Electron is there by what the loader lists', () => {
    const all = KEY_LIBRARIES.map((name) => `\t${name} (libc6,x86-64) => /lib/${name}`);
    expect(missingFromLdconfig(all.join('\n'))).toEqual([]);
    expect(missingFromLdconfig(all.slice(1).join('\n'))).toEqual([KEY_LIBRARIES[0]]);
    expect(missingFromLdconfig('')).toEqual([]);
  });

  it('lead to the packages that bring them', () => {
    const libraries = ['libnss3.so', 'libnspr4.so', 'libasound.so.2', 'libgbm.so.1', 'libatk-1.0.so.0', 'libodd.so.7'];
    expect(packagesFor(libraries)).toEqual({
      packages: ['libnss3', 'libasound2', 'libgbm1', 'libgtk-3-0'],
      unknown: ['libodd.so.7'],
    });
  });
});

describe('describeNeeds', () => {
  it('says nothing when the window can be shown', () => {
    expect(describeNeeds(ready)).toBeUndefined();
  });

  it('names the command for a machine without a display that has Xvfb', () => {
    const message = describeNeeds({ ...ready, hasDisplay: false });
    expect(message).toContain('xvfb-run -a npm start');
    expect(message).toContain('npm run demo');
    expect(message).not.toContain('apt-get');
  });

  it('names everything that is missing in one message', () => {
    const message = describeNeeds({
      ...ready,
      missingLibraries: ['libnss3.so', 'libgtk-3.so.0'],
      missingTools: ['make', 'g++'],
      hasDisplay: false,
      hasXvfb: false,
    });
    expect(message).toContain('sudo apt-get install -y --no-install-recommends libnss3 libgtk-3-0 make g++ xvfb xauth');
    expect(message).toContain('libnss3.so, libgtk-3.so.0');
    expect(message).toContain('xvfb-run -a npm start');
  });

  it('leaves sudo out for root, and Xvfb where there is a display', () => {
    const message = describeNeeds({ ...ready, isRoot: true, hasXvfb: false, missingLibraries: ['libgbm.so.1'] });
    expect(message).toMatch(/^ {2}apt-get install -y --no-install-recommends libgbm1$/m);
    expect(message).toMatch(/^ {2}npm start$/m);
  });

  it('names a library whose package it does not know', () => {
    expect(describeNeeds({ ...ready, missingLibraries: ['libodd.so.7'] })).toContain('apt-file search): libodd.so.7');
  });

  it('names the kernel setting that forbids the sandbox', () => {
    const message = describeNeeds({ ...ready, sandboxRemedy: 'kernel.unprivileged_userns_clone=1' });
    expect(message).toContain('sudo sysctl -w kernel.unprivileged_userns_clone=1');
  });

  it('offers to give the sandbox up where no setting explains the refusal', () => {
    expect(describeNeeds({ ...ready, sandboxRemedy: '' })).toContain('--no-sandbox');
  });
});

describe('sandboxRemedy', () => {
  it.each([
    [{ 'kernel.apparmor_restrict_unprivileged_userns': '1\n' }, 'kernel.apparmor_restrict_unprivileged_userns=0'],
    [{ 'kernel.unprivileged_userns_clone': '0\n' }, 'kernel.unprivileged_userns_clone=1'],
    [{ 'user.max_user_namespaces': '0\n' }, 'user.max_user_namespaces=15000'],
    [{ 'kernel.unprivileged_userns_clone': '1\n', 'user.max_user_namespaces': undefined }, ''],
  ])('reads %j', (settings, remedy) => {
    expect(sandboxRemedy(settings)).toBe(remedy);
  });
});
