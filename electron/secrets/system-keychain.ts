import { safeStorage } from 'electron';
import type { CredentialStore } from './credential-store.ts';
import { createKeychainCredentialStore } from './keychain-credential-store.ts';

/** The passwords of the window, behind the keychain of the system it runs on. Only after the application is ready. */
export const openSystemKeychain = (file: string): CredentialStore =>
  createKeychainCredentialStore(safeStorage, file, process.platform);
