import type { VirtualMachine } from '../../shared/domain/virtual-machine.ts';
import type { SqliteDatabase } from './open-database.ts';

/** Prepares writing a VM's summary and facts; the caller holds the transaction. */
export const prepareVmWriter = (database: SqliteDatabase): ((vm: VirtualMachine, readAt: number) => void) => {
  const upsertSummary = database
    .prepare<unknown[], number>(`
      INSERT INTO vm (id, site, read_at, name, parent, host, pool, power_state, condition, is_template, cpu_count,
        memory_bytes, disk_bytes, busy_with)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET site = excluded.site, read_at = excluded.read_at, name = excluded.name,
        parent = excluded.parent, host = excluded.host, pool = excluded.pool, power_state = excluded.power_state,
        condition = excluded.condition, is_template = excluded.is_template, cpu_count = excluded.cpu_count,
        memory_bytes = excluded.memory_bytes, disk_bytes = excluded.disk_bytes, busy_with = excluded.busy_with
      RETURNING row`)
    .pluck();
  const upsertFacts = database.prepare(`
    INSERT INTO vm_facts (vm_row, body) VALUES (?, ?) ON CONFLICT (vm_row) DO UPDATE SET body = excluded.body`);

  return (vm, readAt) => {
    const row = upsertSummary.get(
      vm.id,
      vm.site,
      readAt,
      vm.name,
      vm.parent,
      vm.host,
      vm.pool,
      vm.powerState,
      vm.condition,
      vm.isTemplate ? 1 : 0,
      vm.cpuCount,
      vm.memoryBytes,
      vm.diskBytes,
      vm.busyWith,
    );
    upsertFacts.run(row, JSON.stringify(vm));
  };
};
