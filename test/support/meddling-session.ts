import type { HypervisorSession } from '../../electron/hypervisors/port.ts';

/** Something that happens just before, or just after, an act of a session or of a lease: `openImport`, `openImport.write`. */
export type Meddling = Readonly<Record<`${'before' | 'after'} ${string}`, () => Promise<unknown>>>;

/** A session whose acts somebody meddles with, each once. */
export const meddlingSession = (session: HypervisorSession, meddling: Meddling): HypervisorSession => {
  const left = new Map(Object.entries(meddling));
  const happen = async (moment: string): Promise<void> => {
    const act = left.get(moment);
    left.delete(moment);
    await act?.();
  };
  const wrapped = <Subject extends object>(subject: Subject, path: string): Subject =>
    new Proxy(subject, {
      get: (target, key, receiver) => {
        const value = Reflect.get(target, key, receiver) as unknown;
        if (typeof value !== 'function' || typeof key !== 'string') return value;
        const act = `${path}${key}`;
        if (act === 'watchInventory' || key === 'report') return value;
        return async (...parameters: unknown[]): Promise<unknown> => {
          await happen(`before ${act}`);
          const result = (await value.apply(target, parameters)) as unknown;
          await happen(`after ${act}`);
          return act === 'openExport' || act === 'openImport' ? wrapped(result as object, `${act}.`) : result;
        };
      },
    });
  return wrapped(session, '');
};
