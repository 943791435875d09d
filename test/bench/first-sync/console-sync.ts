import { text } from 'node:stream/consumers';
import { createVsphereAdapter } from '../../../electron/hypervisors/vsphere/vsphere-adapter.ts';
import { createInventoryService } from '../../../electron/inventory/inventory-service.ts';
import { openStorage } from '../../../electron/storage/open-storage.ts';
import type { Site } from '../../../shared/domain/site.ts';
import type { SyncJob, SyncReport } from './sync-job.ts';

/*
 * The first sync of one site in a process of its own, as when the console meets a site for the first time: log in,
 * read everything, write it to a new cache, close. Takes its job from stdin and tells its times on stdout.
 */

const { site, password, directory } = JSON.parse(await text(process.stdin)) as SyncJob;

/** Of all threads of this process since its start, ms. */
const processorTime = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const run = async (site: Site): Promise<SyncReport> => {
  const begun = performance.now();
  const storage = openStorage(directory, { now: Date.now });
  const inventory = createInventoryService({ cache: storage.cache, now: Date.now });
  const ending = new AbortController();
  const session = await createVsphereAdapter().connect(site, password, ending.signal);
  const loggedIn = performance.now();
  const sync = inventory.startSync(site.id, session.about);
  let firstPage = Number.NaN;
  let complete = Number.NaN;
  let applying = 0;
  for await (const batch of session.watchInventory(ending.signal)) {
    const before = performance.now();
    sync.apply(batch);
    const now = performance.now();
    applying += now - before;
    if (Number.isNaN(firstPage)) firstPage = now;
    if (batch.kind !== 'complete') continue;
    complete = now;
    break;
  }
  const memory = inventory.site(site.id);
  const counts = {
    vms: memory.vms.size,
    others: memory.infrastructure.size,
    vmsInFile: storage.cache.vmCount(site.id),
  };
  sync.end(true);
  await session.close();
  inventory.close();
  storage.close();
  return {
    ...counts,
    logInMs: loggedIn - begun,
    firstPageMs: firstPage - begun,
    completeMs: complete - begun,
    applyingMs: applying,
    processorMs: processorTime(),
  };
};

process.stdout.write(`${JSON.stringify(await run(site))}\n`);
