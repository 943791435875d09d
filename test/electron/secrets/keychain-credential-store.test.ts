import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  createKeychainCredentialStore,
  type Keychain,
  protects,
} from '../../../electron/secrets/keychain-credential-store.ts';
import { siteId } from '../../../shared/domain/ids.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const site = siteId('site-1');
const password = 'correct horse';

/** A keychain that can be told apart from none: what it seals is not what it was given. */
const aKeychain = (facts: Partial<Keychain> = {}): Keychain => ({
  isEncryptionAvailable: () => true,
  getSelectedStorageBackend: () => 'gnome_libsecret',
  encryptString: (plain) => Buffer.from([...plain].reverse().join('')),
  decryptString: (sealed) => [...sealed.toString()].reverse().join(''),
  ...facts,
});

let file = '';
beforeEach(() => {
  file = join(temporaryDirectory(), 'passwords.json');
});

const aStore = (keychain = aKeychain()) => createKeychainCredentialStore(keychain, file, 'linux');

describe('with a keychain', () => {
  test('a password that is to be remembered outlives the program, sealed and for its owner alone', () => {
    aStore().keep(site, password, true);
    expect(readFileSync(file, 'utf8')).not.toContain(password);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    const later = aStore();
    expect(later.has(site)).toBe(true);
    expect(later.password(site)).toBe(password);
  });

  test('a password that is not to be remembered ends with the program, and replaces one that was', () => {
    const store = aStore();
    store.keep(site, 'old', true);
    store.keep(site, password, false);
    expect(store.password(site)).toBe(password);
    expect(aStore().has(site)).toBe(false);
  });

  test('forgetting is for good', () => {
    const store = aStore();
    store.keep(site, password, true);
    store.forget(site);
    expect(store.password(site)).toBeNull();
    expect(aStore().password(site)).toBeNull();
  });

  test('asking whether there is one does not open the keychain', () => {
    aStore().keep(site, password, true);
    const store = aStore(
      aKeychain({
        decryptString: () => {
          throw new Error('the person was asked');
        },
      }),
    );
    expect(store.has(site)).toBe(true);
  });

  test('what another user sealed counts as not there', () => {
    aStore().keep(site, password, true);
    const store = aStore(
      aKeychain({
        decryptString: () => {
          throw new Error('wrong key');
        },
      }),
    );
    expect(store.password(site)).toBeNull();
    expect(store.has(site)).toBe(false);
  });

  test.each(['', 'not json', '[]', '{"site-1": 7}', 'null'])('a file that reads %j is as good as none', (content) => {
    writeFileSync(file, content);
    const store = aStore();
    expect(store.has(site)).toBe(false);
    store.keep(site, password, true);
    expect(aStore().password(site)).toBe(password);
  });

  test('a keychain that does not take it is told, and the password is kept for this run', () => {
    const store = aStore(
      aKeychain({
        encryptString: () => {
          throw new Error('locked');
        },
      }),
    );
    expect(() => store.keep(site, password, true)).toThrow(
      expect.objectContaining({ code: 'secret-store-unavailable' }),
    );
    expect(store.password(site)).toBe(password);
  });

  test('a file that cannot be written is told', () => {
    mkdirSync(file);
    chmodSync(file, 0o700);
    expect(() => aStore().keep(site, password, true)).toThrow(
      expect.objectContaining({ code: 'secret-store-unavailable' }),
    );
  });
});

describe('without a keychain that protects', () => {
  test.each<[string, Partial<Keychain>]>([
    ['none is there', { isEncryptionAvailable: () => false }],
    ['its key is in the program', { getSelectedStorageBackend: () => 'basic_text' }],
    ['nobody knows which it is', { getSelectedStorageBackend: () => 'unknown' }],
  ])('passwords end with the program: %s', (_why, facts) => {
    const store = aStore(aKeychain(facts));
    store.keep(site, password, true);
    expect(store.canRemember).toBe(false);
    expect(store.password(site)).toBe(password);
    expect(existsSync(file)).toBe(false);
  });

  test('Windows and macOS have one keychain each', () => {
    const { getSelectedStorageBackend: _, ...other } = aKeychain();
    expect(protects(other, 'win32')).toBe(true);
    expect(protects(other, 'darwin')).toBe(true);
    expect(protects(other, 'linux')).toBe(false);
  });
});
