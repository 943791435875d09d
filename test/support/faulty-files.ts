import { existsSync, renameSync, rmSync, statSync, truncateSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type FileSystem, type OpenFile, systemFiles } from '../../electron/evacuation/file-system.ts';

export type FileCall = keyof FileSystem | 'write' | 'read' | 'sync' | 'close';

export const fault = (code: string): Error => Object.assign(new Error(code), { code });

/** Called before each call, which waits for it; what it throws, the call fails with. */
type Before = (call: FileCall, path: string) => void | Promise<void>;
/** Called when a call has been done, be it in vain. */
type After = (call: FileCall, path: string, second?: string) => void;

/** The file system of the machine with a hand in between. */
export const watchedFiles = (before: Before, after: After = () => {}): FileSystem => {
  const step = async <Result>(
    call: FileCall,
    path: string,
    work: () => Promise<Result>,
    second?: string,
  ): Promise<Result> => {
    await before(call, path);
    try {
      return await work();
    } finally {
      after(call, path, second);
    }
  };
  const watched = (file: OpenFile, path: string): OpenFile => ({
    write: (data, offset, length, position) => step('write', path, () => file.write(data, offset, length, position)),
    read: (data, offset, length, position) => step('read', path, () => file.read(data, offset, length, position)),
    sync: () => step('sync', path, () => file.sync()),
    // Always closed in truth: the descriptors of a killed process are closed as well.
    close: async () => {
      await file.close();
      await step('close', path, async () => {});
    },
  });
  return {
    open: async (path, flags) => {
      await before('open', path);
      const file = await systemFiles.open(path, flags);
      try {
        after('open', path);
      } catch (error) {
        await file.close();
        throw error;
      }
      return watched(file, path);
    },
    mkdir: (path) => step('mkdir', path, () => systemFiles.mkdir(path)),
    rename: (from, to) => step('rename', from, () => systemFiles.rename(from, to), to),
    rm: (path, options) => step('rm', path, () => systemFiles.rm(path, options)),
    rmdir: (path) => step('rmdir', path, () => systemFiles.rmdir(path)),
    readdir: (path) => step('readdir', path, () => systemFiles.readdir(path)),
    lstat: (path) => step('lstat', path, () => systemFiles.lstat(path)),
    stat: (path) => step('stat', path, () => systemFiles.stat(path)),
    access: (path, mode) => step('access', path, () => systemFiles.access(path, mode)),
    statfs: (path) => step('statfs', path, () => systemFiles.statfs(path)),
  };
};

/** A file system that loses its power at one call, and with it what was not flushed. */
export interface PowerCut {
  readonly files: FileSystem;
  /** Calls that were begun. */
  calls(): number;
  /**
   * Takes away what a power cut may take: content of files that were not flushed, names in directories that were not
   * flushed, and, when asked for, renames of which the parent was not flushed.
   * @returns whether there are such renames
   */
  loseUnflushed(withRenames: boolean): boolean;
}

/** @param at number of the call (from 1) at which it happens; 0 for never. @param when before the call is done or after */
export const powerCut = (at: number, when: 'before' | 'after'): PowerCut => {
  let calls = 0;
  let isOff = false;
  const contents = new Set<string>();
  const names = new Set<string>();
  const renames: { readonly from: string; readonly to: string }[] = [];
  const off = (): never => {
    isOff = true;
    throw new Error('the power is off');
  };

  const moved = (paths: Set<string>, from: string, to: string): void => {
    for (const path of [...paths]) {
      if (!path.startsWith(`${from}/`)) continue;
      paths.delete(path);
      paths.add(join(to, path.slice(from.length + 1)));
    }
  };

  const note: After = (call, path, second) => {
    if (call === 'open' && !contents.has(path) && existsSync(path) && statSync(path).size === 0) {
      contents.add(path);
      names.add(path);
    }
    if (call === 'write') contents.add(path);
    if (call === 'sync') {
      contents.delete(path);
      for (const name of [...names]) if (dirname(name) === path) names.delete(name);
      for (const rename of [...renames]) if (dirname(rename.to) === path) renames.splice(renames.indexOf(rename), 1);
    }
    if (call === 'rename' && second !== undefined) {
      renames.push({ from: path, to: second });
      moved(contents, path, second);
      moved(names, path, second);
    }
  };

  const files = watchedFiles(
    () => {
      if (isOff) off();
      calls += 1;
      if (calls === at && when === 'before') off();
    },
    (call, path, second) => {
      note(call, path, second);
      if (calls === at && when === 'after') off();
    },
  );

  return {
    files,
    calls: () => calls,
    loseUnflushed: (withRenames) => {
      for (const path of contents) {
        if (existsSync(path) && statSync(path).isFile()) truncateSync(path, Math.floor(statSync(path).size / 2));
      }
      for (const path of names) rmSync(path, { force: true });
      for (const { from, to } of withRenames ? renames.toReversed() : []) {
        if (existsSync(to) && !existsSync(from)) renameSync(to, from);
      }
      return renames.length > 0;
    },
  };
};
