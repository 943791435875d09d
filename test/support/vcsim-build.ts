import { execFile, spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const sourceFolder = fileURLToPath(new URL('../vcsim/', import.meta.url));
const binaryFolder = join(sourceFolder, 'bin');
const suffix = process.platform === 'win32' ? '.exe' : '';
const lockFile = join(binaryFolder, '.building');

export interface VcsimPrograms {
  readonly vcsim: string;
  readonly govc: string;
}

let goFound: boolean | undefined;

/** Whether the Go toolchain that builds the simulator is on PATH. Asked once per process. */
export const goIsAvailable = (): boolean => {
  goFound ??= spawnSync('go', ['version'], { stdio: 'ignore' }).status === 0;
  return goFound;
};

/**
 * Builds the simulator and govc where they are missing or older than their sources. Several test processes may ask
 * at once: one builds, the others wait for it.
 * @throws Error with the compiler's output
 */
export const buildVcsim = async (): Promise<VcsimPrograms> => {
  mkdirSync(binaryFolder, { recursive: true });
  const programs = { vcsim: join(binaryFolder, `vcsim${suffix}`), govc: join(binaryFolder, `govc${suffix}`) };
  while (!isUpToDate(programs)) {
    if (!takeLock()) {
      await delay(200);
      continue;
    }
    try {
      await compile(programs.vcsim, '.');
      await compile(programs.govc, './govc');
    } finally {
      rmSync(lockFile, { force: true });
    }
  }
  return programs;
};

/** Built beside its place and renamed into it: a running copy, or one being started, is never half a file. */
const compile = async (target: string, directory: string): Promise<void> => {
  const temporary = `${target}.${process.pid}.tmp`;
  try {
    await promisify(execFile)('go', ['build', '-o', temporary, directory], { cwd: sourceFolder });
    renameSync(temporary, target);
  } catch (cause) {
    rmSync(temporary, { force: true });
    const output = cause instanceof Error && 'stderr' in cause ? String(cause.stderr) : String(cause);
    throw new Error(`Building ${directory} of test/vcsim failed:\n${output}`, { cause });
  }
};

const isUpToDate = (programs: VcsimPrograms): boolean => {
  const built = Math.min(changedAt(programs.vcsim), changedAt(programs.govc));
  return sources().every((file) => changedAt(file) <= built);
};

const sources = (): readonly string[] =>
  ['.', 'govc'].flatMap((folder) =>
    readdirSync(join(sourceFolder, folder))
      .filter((name) => name.endsWith('.go') || name === 'go.mod' || name === 'go.sum')
      .map((name) => join(sourceFolder, folder, name)),
  );

const changedAt = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** The lock holds the builder's process id, so that one left behind by a killed process is recognised. */
const takeLock = (): boolean => {
  try {
    const file = openSync(lockFile, 'wx');
    writeSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch {
    if (!builderIsAlive()) rmSync(lockFile, { force: true });
    return false;
  }
};

const builderIsAlive = (): boolean => {
  try {
    const builder = Number(readFileSync(lockFile, 'utf8'));
    // Just created and not written yet counts as alive.
    return builder === 0 || process.kill(builder, 0);
  } catch {
    return false;
  }
};
