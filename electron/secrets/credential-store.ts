import type { SiteId } from '../../shared/domain/ids.ts';

/** Passwords of sites. They never leave the main process, and are never written except by the system's keychain. */
export interface CredentialStore {
  /** Whether `remember` outlives this run. */
  readonly canRemember: boolean;
  /** Whether there is one, without asking the keychain to open it. */
  has(site: SiteId): boolean;
  password(site: SiteId): string | null;
  /**
   * Kept for this run; also beyond it when `remember` is asked for and possible. Otherwise an older one is dropped.
   * @throws `secret-store-unavailable` when it is kept for this run alone, because the system would not take it
   */
  keep(site: SiteId, password: string, remember: boolean): void;
  forget(site: SiteId): void;
}

/** Keeps passwords until the program ends: for the command line, and where there is no keychain. */
export const createMemoryCredentialStore = (): CredentialStore => {
  const passwords = new Map<SiteId, string>();
  return {
    canRemember: false,
    has: (site) => passwords.has(site),
    password: (site) => passwords.get(site) ?? null,
    keep: (site, password) => {
      passwords.set(site, password);
    },
    forget: (site) => {
      passwords.delete(site);
    },
  };
};
