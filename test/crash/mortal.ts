import { type FileSystem, type OpenFile, systemFiles } from '../../electron/evacuation/file-system.ts';
import type { HypervisorSession } from '../../electron/hypervisors/port.ts';
import type { ByteSink, ByteSource } from '../../electron/hypervisors/transfer.ts';
import type { Journal } from '../../electron/storage/ports.ts';

/**
 * Everything a console does to the outside, counted: writes to the journal, calls of the platform, bytes of transfers,
 * and calls of the file system, each before and after it is done, and in the middle where there is one. At the given
 * point the process dies: from then on nothing happens any more.
 */
export interface Mortal {
  readonly wrapJournal: (journal: Journal) => Journal;
  readonly wrapSession: (session: HypervisorSession) => HypervisorSession;
  readonly files: FileSystem;
  readonly isDead: () => boolean;
  /** How many points it has met. */
  readonly met: () => number;
  /** What it did last, for the messages of a test. */
  readonly last: () => string;
  /** Closes what a dead process left open, as its real end would. */
  readonly bury: () => Promise<void>;
}

const forever = <Value>(): Promise<Value> => new Promise(() => undefined);

/**
 * @param point of death: its number, from 1 on, infinite for one that lives; or whether it is the one that was just met
 * @param die kills the process; where it does not, everything it still tries hangs or throws
 */
export const mortal = (point: number | ((what: string) => boolean), die: () => void = () => undefined): Mortal => {
  let met = 0;
  let last = '';
  let dead = false;

  /** True when the process is dead after this point. */
  const reach = (what: string): boolean => {
    if (dead) return true;
    met += 1;
    last = what;
    if (typeof point === 'number' ? met < point : !point(what)) return false;
    dead = true;
    die();
    return true;
  };

  const call = async <Value>(what: string, work: () => Promise<Value>): Promise<Value> => {
    if (reach(`before ${what}`)) return forever();
    const value = await work();
    return reach(`after ${what}`) ? forever() : value;
  };

  let inTransaction = false;
  const write = <Result>(work: () => Result): Result => {
    if (inTransaction) return work();
    if (reach('before a write')) throw new Error('killed');
    inTransaction = true;
    try {
      const result = work();
      if (reach('after a write')) throw new Error('killed');
      return result;
    } finally {
      inTransaction = false;
    }
  };

  /** Every method of an object that returns a promise, and the leases such methods return. */
  const wrapped = <Subject extends object>(subject: Subject, name: string): Subject =>
    new Proxy(subject, {
      get: (target, key, receiver) => {
        const value = Reflect.get(target, key, receiver) as unknown;
        if (typeof value !== 'function' || typeof key !== 'string') return value;
        return (...parameters: unknown[]): unknown => {
          if (key === 'report') return dead ? undefined : value.apply(target, parameters);
          if (key === 'watchInventory') return value.apply(target, parameters);
          const passing = parameters.map((one) => transferOf(one, `${name}.${key}`));
          return call(`${name}.${key}`, async () => {
            const result = (await value.apply(target, passing)) as unknown;
            const isLease = key === 'openExport' || key === 'openImport';
            return isLease ? wrapped(result as object, key) : result;
          });
        };
      },
    });

  /** A transfer that can die at every piece of it: what gives bytes, or takes them; anything else is left alone. */
  const transferOf = (parameter: unknown, what: string): unknown => {
    if (typeof parameter !== 'object' || parameter === null) return parameter;
    if (Symbol.asyncIterator in parameter) return mortalSource(parameter as ByteSource, what);
    return 'take' in parameter ? mortalSink(parameter as ByteSink, what) : parameter;
  };

  async function* mortalSource(source: ByteSource, what: string): AsyncGenerator<Uint8Array> {
    for await (const piece of source) {
      if (reach(`in ${what}`)) await forever();
      yield piece;
    }
  }

  const mortalSink = (sink: ByteSink, what: string): ByteSink => ({
    take: (bytes) => (reach(`in ${what}`) ? forever() : sink.take(bytes)),
  });

  const opened = new Set<OpenFile>();
  let buried = false;

  const openFile = (file: OpenFile, path: string): OpenFile => ({
    read: (...parameters) => (dead ? forever() : file.read(...parameters)),
    close: () => {
      if (dead) return forever();
      opened.delete(file);
      return file.close();
    },
    sync: () => call(`sync ${path}`, () => file.sync()),
    write: async (data, offset, length, position) => {
      if (reach(`before write ${path}`)) return forever();
      const half = Math.floor(length / 2);
      if (half > 0) {
        await file.write(data, offset, half, position);
        if (reach(`in the middle of write ${path}`)) return forever();
      }
      let done = half;
      while (done < length) {
        done += (await file.write(data, offset + done, length - done, position + done)).bytesWritten;
      }
      return reach(`after write ${path}`) ? forever() : { bytesWritten: length };
    },
  });

  const short = (path: string): string => path.split('/').slice(-2).join('/');

  return {
    isDead: () => dead,
    met: () => met,
    last: () => last,
    bury: async () => {
      buried = true;
      await Promise.all([...opened].map((file) => file.close()));
      opened.clear();
    },
    wrapJournal: (journal) => ({
      ...journal,
      transaction: (work) => write(() => journal.transaction(work)),
      createTask: (header, at) => write(() => journal.createTask(header, at)),
      append: (task, body, at) => write(() => journal.append(task, body, at)),
    }),
    wrapSession: (session) => wrapped(session, 'platform'),
    files: {
      ...systemFiles,
      open: async (path, flags) => {
        const open = async (): Promise<OpenFile> => {
          const file = await systemFiles.open(path, flags);
          // It was under way when the process died.
          if (buried) await file.close();
          else opened.add(file);
          return file;
        };
        return openFile(await call(`open ${short(path)}`, open), short(path));
      },
      mkdir: (path) => call(`mkdir ${short(path)}`, () => systemFiles.mkdir(path)),
      rename: (from, to) => call(`rename ${short(from)}`, () => systemFiles.rename(from, to)),
      rm: (path, options) => call(`rm ${short(path)}`, () => systemFiles.rm(path, options)),
      rmdir: (path) => call(`rmdir ${short(path)}`, () => systemFiles.rmdir(path)),
    },
  };
};
