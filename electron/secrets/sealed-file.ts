import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';

/** Passwords by site, each sealed by the system's keychain, as base64. */
export type SealedPasswords = Readonly<Record<string, string>>;

/** Reads the file; what is missing or unreadable counts as empty, because passwords can be asked for again. */
export const readSealedFile = (file: string): SealedPasswords => {
  try {
    const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof parsed !== 'object' || parsed === null) return {};
    return Object.fromEntries(
      Object.entries(parsed).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  } catch {
    return {};
  }
};

/** Writes the file for its owner alone, whole or not at all. */
export const writeSealedFile = (file: string, passwords: SealedPasswords): void => {
  const staging = `${file}.new`;
  const handle = openSync(staging, 'w', 0o600);
  try {
    writeSync(handle, JSON.stringify(passwords));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(staging, file);
};
