import type { EntityId, SiteId } from '../../shared/domain/ids.ts';
import type { InfrastructureEntity } from '../../shared/domain/inventory.ts';
import type { AboutPlatform } from '../../shared/domain/site.ts';
import type { VirtualMachine } from '../../shared/domain/virtual-machine.ts';
import type { SqliteDatabase } from './open-database.ts';
import type { InventoryCache } from './ports.ts';
import { onFile } from './storage-error.ts';
import { prepareSummaryPages } from './summary-rows.ts';
import { prepareVmWriter } from './vm-rows.ts';

/**
 * The inventory as last read, on an open, migrated `inventory-cache.db`.
 * Its methods throw `storage-locked`, `storage-failed` or `storage-damaged`.
 */
export const createInventoryCache = (database: SqliteDatabase): InventoryCache => {
  const file = database.name;
  const writeVm = prepareVmWriter(database);
  const summaryPages = prepareSummaryPages(database);
  const upsertInfrastructure = database.prepare(`
    INSERT INTO infrastructure (id, site, read_at, body) VALUES (?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET site = excluded.site, read_at = excluded.read_at, body = excluded.body`);
  const deleteVm = database.prepare('DELETE FROM vm WHERE id = ?');
  const deleteInfrastructure = database.prepare('DELETE FROM infrastructure WHERE id = ?');
  const deleteOldVms = database
    .prepare<[string, number], EntityId>('DELETE FROM vm WHERE site = ? AND read_at < ? RETURNING id')
    .pluck();
  const deleteOldInfrastructure = database
    .prepare<[string, number], EntityId>('DELETE FROM infrastructure WHERE site = ? AND read_at < ? RETURNING id')
    .pluck();
  const replaceState = database.prepare('INSERT OR REPLACE INTO site_state (site, read_at, about) VALUES (?, ?, ?)');
  const selectState = database.prepare<[string], { read_at: number; about: string }>(
    'SELECT read_at, about FROM site_state WHERE site = ?',
  );
  const selectInfrastructure = database
    .prepare<[string], string>('SELECT body FROM infrastructure WHERE site = ? ORDER BY id')
    .pluck();
  const countVms = database.prepare<[string], number>('SELECT count(*) FROM vm WHERE site = ?').pluck();
  const selectVm = database.prepare<[string], { body: string; read_at: number }>(
    'SELECT vm_facts.body, vm.read_at FROM vm JOIN vm_facts ON vm_facts.vm_row = vm.row WHERE vm.id = ?',
  );
  const forget = ['vm', 'infrastructure', 'site_state'].map((table) =>
    database.prepare(`DELETE FROM ${table} WHERE site = ?`),
  );

  const transaction = <Result>(work: () => Result): Result =>
    onFile(file, () => database.transaction(work).immediate());

  return {
    upsert: (entities, readAt) =>
      transaction(() => {
        for (const entity of entities) {
          if (entity.kind === 'virtual-machine') writeVm(entity, readAt);
          else upsertInfrastructure.run(entity.id, entity.site, readAt, JSON.stringify(entity));
        }
      }),

    remove: (ids) =>
      transaction(() => {
        for (const id of ids) if (deleteVm.run(id).changes === 0) deleteInfrastructure.run(id);
      }),

    removeOlderThan: (site, startedAt) =>
      transaction(() => [...deleteOldVms.all(site, startedAt), ...deleteOldInfrastructure.all(site, startedAt)]),

    markRead: (site, about, readAt) =>
      onFile(file, () => {
        replaceState.run(site, readAt, JSON.stringify(about));
      }),

    siteState: (site) =>
      onFile(file, () => {
        const row = selectState.get(site);
        return row ? { readAt: row.read_at, about: JSON.parse(row.about) as AboutPlatform } : null;
      }),

    infrastructure: (site: SiteId) =>
      onFile(file, () => selectInfrastructure.all(site).map((body) => JSON.parse(body) as InfrastructureEntity)),

    summaries: summaryPages,

    vmCount: (site) => onFile(file, () => countVms.get(site) ?? 0),

    virtualMachines: (ids) =>
      onFile(file, () =>
        ids.flatMap((id) => {
          const row = selectVm.get(id);
          return row ? [{ vm: JSON.parse(row.body) as VirtualMachine, readAt: row.read_at }] : [];
        }),
      ),

    forgetSite: (site) =>
      transaction(() => {
        for (const statement of forget) statement.run(site);
      }),

    close: () => {
      database.close();
    },
  };
};
