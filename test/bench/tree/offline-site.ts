import { openStorage } from '../../../electron/storage/open-storage.ts';
import type { Entity } from '../../../shared/domain/inventory.ts';
import { aGeneratedSite } from '../../support/generated-inventory.ts';
import { aSite, aVm } from '../../support/inventory-builders.ts';

/** Entities in one transaction. */
const batchSize = 2_000;

/** What the last contact with a large site left in a console's folder. */
export const writeOfflineSite = (folder: string, vmCount: number): void => {
  const generated = aGeneratedSite(vmCount);
  const site = aSite({ id: generated.site, name: 'Tokyo' });
  const storage = openStorage(folder, { now: Date.now });
  try {
    storage.settings.saveSite(site);
    storage.settings.setPreference(`site.${site.id}.offline`, 'yes');
    const readAt = Date.now();
    const entities: readonly Entity[] = [...generated.infrastructure, ...generated.vms.map((vm) => aVm(vm))];
    for (let from = 0; from < entities.length; from += batchSize) {
      storage.cache.upsert(entities.slice(from, from + batchSize), readAt);
    }
    const about = { product: 'VMware vCenter Server', version: '8.0.3', instanceId: 'bench' };
    storage.cache.markRead(site.id, about, readAt);
  } finally {
    storage.close();
  }
};
