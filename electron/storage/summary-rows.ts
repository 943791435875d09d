import type { EntityId, SiteId } from '../../shared/domain/ids.ts';
import type { PowerState, VmCondition, VmSummary } from '../../shared/domain/virtual-machine.ts';
import type { SqliteDatabase } from './open-database.ts';
import { onFile } from './storage-error.ts';

/** In the order of the query's columns: arrays are read markedly faster than rows with names. */
type SummaryRow = readonly [
  row: number,
  id: EntityId,
  site: SiteId,
  name: string,
  parent: EntityId | null,
  host: EntityId | null,
  pool: EntityId | null,
  powerState: PowerState,
  condition: VmCondition,
  isTemplate: number,
  cpuCount: number,
  memoryBytes: number,
  diskBytes: number,
  busyWith: string | null,
];

const summaryOfRow = (row: SummaryRow): VmSummary => ({
  kind: 'virtual-machine',
  id: row[1],
  site: row[2],
  name: row[3],
  parent: row[4],
  host: row[5],
  pool: row[6],
  powerState: row[7],
  condition: row[8],
  isTemplate: row[9] === 1,
  cpuCount: row[10],
  memoryBytes: row[11],
  diskBytes: row[12],
  busyWith: row[13],
});

/** Prepares reading summaries in pages. Every page is a query of its own, so writes may happen between two pages. */
export const prepareSummaryPages = (
  database: SqliteDatabase,
): ((site: SiteId, pageSize: number) => Iterable<readonly VmSummary[]>) => {
  const select = database
    .prepare<[string, number, number], SummaryRow>(`
      SELECT row, id, site, name, parent, host, pool, power_state, condition, is_template, cpu_count, memory_bytes,
        disk_bytes, busy_with
      FROM vm WHERE site = ? AND row > ? ORDER BY row LIMIT ?`)
    .raw();

  return function* pages(site, pageSize) {
    let after = -1;
    for (;;) {
      const rows = onFile(database.name, () => select.all(site, after, pageSize));
      const last = rows.at(-1);
      if (!last) return;
      yield rows.map(summaryOfRow);
      if (rows.length < pageSize) return;
      after = last[0];
    }
  };
};
