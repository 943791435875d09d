import type { SiteId } from '../../shared/domain/ids.ts';
import type { SiteKind } from '../../shared/domain/platform.ts';
import type { Site } from '../../shared/domain/site.ts';
import type { SqliteDatabase } from './open-database.ts';
import type { Settings } from './ports.ts';
import { onFile } from './storage-error.ts';

interface SiteRow {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly address: string;
  readonly port: number;
  readonly user_name: string;
  readonly pinned_certificate: string | null;
}

const siteOfRow = (row: SiteRow): Site => ({
  id: row.id as SiteId,
  name: row.name,
  kind: row.kind as SiteKind,
  address: row.address,
  port: row.port,
  userName: row.user_name,
  pinnedCertificate: row.pinned_certificate,
});

/**
 * Sites and preferences on an open, migrated `journal.db`.
 * Its methods throw `storage-locked`, `storage-failed` or `storage-damaged`.
 */
export const createSettings = (database: SqliteDatabase): Settings => {
  const file = database.name;
  const selectSites = database.prepare<[], SiteRow>(
    'SELECT id, name, kind, address, port, user_name, pinned_certificate FROM site ORDER BY name, id',
  );
  const upsertSite = database.prepare(`
    INSERT INTO site (id, name, kind, address, port, user_name, pinned_certificate) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, address = excluded.address,
      port = excluded.port, user_name = excluded.user_name, pinned_certificate = excluded.pinned_certificate`);
  const deleteSite = database.prepare('DELETE FROM site WHERE id = ?');
  const selectPreference = database.prepare<[string], string>('SELECT value FROM preference WHERE key = ?').pluck();
  const upsertPreference = database.prepare('INSERT OR REPLACE INTO preference (key, value) VALUES (?, ?)');

  return {
    sites: () => onFile(file, () => selectSites.all().map(siteOfRow)),
    saveSite: (site) =>
      onFile(file, () => {
        upsertSite.run(site.id, site.name, site.kind, site.address, site.port, site.userName, site.pinnedCertificate);
      }),
    removeSite: (site) =>
      onFile(file, () => {
        deleteSite.run(site);
      }),
    preference: (key) => onFile(file, () => selectPreference.get(key) ?? null),
    setPreference: (key, value) =>
      onFile(file, () => {
        upsertPreference.run(key, value);
      }),
  };
};
