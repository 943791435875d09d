import type { SiteId } from '../../shared/domain/ids.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { type CredentialStore, createMemoryCredentialStore } from './credential-store.ts';
import { readSealedFile, writeSealedFile } from './sealed-file.ts';

/** The part of Electron's `safeStorage` that is used; a plain object in tests. */
export interface Keychain {
  isEncryptionAvailable(): boolean;
  /** Linux only: which keychain answers; `basic_text` is none, its key is in the program. */
  getSelectedStorageBackend?(): string;
  encryptString(plain: string): Buffer;
  decryptString(sealed: Buffer): string;
}

/** True when the system's keychain really protects what it seals. */
export const protects = (keychain: Keychain, platform: NodeJS.Platform): boolean => {
  if (!keychain.isEncryptionAvailable()) return false;
  if (platform !== 'linux') return true;
  const backend = keychain.getSelectedStorageBackend?.() ?? 'unknown';
  return backend !== 'basic_text' && backend !== 'unknown';
};

/**
 * Remembers passwords in a file that only the system's keychain can open. Without such a keychain every password is
 * kept for this run alone, and `canRemember` says so.
 */
export const createKeychainCredentialStore = (
  keychain: Keychain,
  file: string,
  platform: NodeJS.Platform,
): CredentialStore => {
  const thisRun = createMemoryCredentialStore();
  const canRemember = protects(keychain, platform);
  const sealed = new Map<string, string>(Object.entries(readSealedFile(file)));

  const save = (change: () => boolean): void => {
    try {
      if (change()) writeSealedFile(file, Object.fromEntries(sealed));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new AppError('secret-store-unavailable', { reason }, error);
    }
  };

  const unseal = (site: SiteId): string | null => {
    const text = sealed.get(site);
    if (text === undefined) return null;
    try {
      return keychain.decryptString(Buffer.from(text, 'base64'));
    } catch {
      // Sealed by another user or another keychain: as good as not there.
      sealed.delete(site);
      return null;
    }
  };

  return {
    canRemember,
    has: (site) => thisRun.has(site) || (canRemember && sealed.has(site)),
    password: (site) => {
      const known = thisRun.password(site);
      if (known !== null || !canRemember) return known;
      const password = unseal(site);
      // So that the keychain is asked once, not for every connection.
      if (password !== null) thisRun.keep(site, password, false);
      return password;
    },
    keep: (site, password, remember) => {
      thisRun.keep(site, password, false);
      save(() => {
        if (!remember || !canRemember) return sealed.delete(site);
        sealed.set(site, keychain.encryptString(password).toString('base64'));
        return true;
      });
    },
    forget: (site) => {
      thisRun.forget(site);
      save(() => sealed.delete(site));
    },
  };
};
