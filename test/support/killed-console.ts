import type { HypervisorSession } from '../../electron/hypervisors/port.ts';
import { createTaskRunner } from '../../electron/migration/task-runner.ts';
import { openStorage } from '../../electron/storage/open-storage.ts';
import { operationId, siteId } from '../../shared/domain/ids.ts';
import { aMove, aPool, aVm, destinationOf } from './inventory-builders.ts';
import { noColdActs } from './no-cold-acts.ts';
import { noColdTools } from './no-cold-tools.ts';

/*
 * A console in a process of its own that submits one task and is killed by its parent. The platform lives in the
 * parent, which answers every call of the session, and must outlive this process.
 */

const [directory] = process.argv.slice(2);
if (!directory) throw new Error('usage: killed-console.ts <data directory>');

const answers = new Map<number, (answer: unknown) => void>();
let calls = 0;
process.on('message', ({ call, answer }: { readonly call: number; readonly answer: unknown }) => {
  answers.get(call)?.(answer);
});
const ask = <Answer>(method: string, ...parameters: readonly unknown[]): Promise<Answer> =>
  new Promise((resolve) => {
    calls += 1;
    answers.set(calls, resolve as (answer: unknown) => void);
    process.send?.({ call: calls, method, parameters });
  });

const session: HypervisorSession = {
  site: siteId('site-a'),
  about: { product: 'Scripted', version: '1', instanceId: 'scripted' },
  watchInventory: () => {
    throw new Error('tasks never watch the inventory');
  },
  checkMove: async () => [],
  readEntities: (ids) => ask('readEntities', ids),
  startRelocation: (move) => ask('startRelocation', move),
  followTask: (ref) => ask('followTask', ref),
  cancelTask: (ref) => ask('cancelTask', ref),
  applyFix: (fix) => ask('applyFix', fix),
  locate: (vm) => ask('locate', vm),
  ...noColdActs,
  close: async () => undefined,
};

const now = (): number => Date.now();
const { journal } = openStorage(directory, { now });
const runner = createTaskRunner({
  journal,
  sessions: () => session,
  guard: async () => [],
  places: {
    entity: () => undefined,
    siteName: () => 'Site A',
    originOf: () => {
      const { host, pool } = aVm();
      return { vmName: 'web-01', placement: { host, pool, datastores: [] }, placeName: 'pool-01' };
    },
  },
  userName: 'k.sato',
  cold: noColdTools,
  limits: () => ({ perHost: 4, perDatastore: 8, perFolder: 8 }),
  clock: { now, delay: () => new Promise(() => undefined) },
  processId: process.pid,
  onTask: () => undefined,
  onProgress: () => undefined,
});
const destination = destinationOf(aPool({ name: 'pool-02' }));
runner.submit({
  id: operationId('op-1'),
  destination,
  moves: [aMove(aVm(), destination)],
  acknowledgements: [],
  atATime: 1,
});
