import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Staging folders older than this belong to a process that was killed, in milliseconds. */
const ABANDONED_MS = 24 * 60 * 60 * 1000;

/**
 * Makes a folder that is either complete or absent: it is filled under another name and renamed. When two processes do so at
 * once, both do the work and the first one to finish wins; nobody ever sees half a folder.
 * @param {string} folder
 * @param {(staging: string) => Promise<void>} fill
 * @returns {Promise<void>}
 */
export async function ensureFolder(folder, fill) {
  if (existsSync(folder)) return;
  const parent = dirname(folder);
  mkdirSync(parent, { recursive: true });
  sweepAbandoned(parent, Date.now());
  const staging = mkdtempSync(join(parent, `.staging-${basename(folder)}-`));
  try {
    await fill(staging);
    renameSync(staging, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/**
 * @param {string} parent
 * @param {number} nowMs
 */
function sweepAbandoned(parent, nowMs) {
  for (const name of readdirSync(parent)) {
    if (!name.startsWith('.staging-')) continue;
    const path = join(parent, name);
    const info = statSync(path, { throwIfNoEntry: false });
    if (info && nowMs - info.mtimeMs > ABANDONED_MS) rmSync(path, { recursive: true, force: true });
  }
}
