import type { SiteStatus } from '../../shared/domain/site.ts';
import type { VmSummary } from '../../shared/domain/virtual-machine.ts';
import type { Messages } from '../../shared/messages/catalog.ts';
import { mostVmsPerOperation } from '../features/drag/drop-outcome.ts';

const isMovable = (vm: VmSummary): boolean =>
  !vm.isTemplate && vm.busyWith === null && (vm.powerState === 'on' || vm.powerState === 'off');

/** Why "Migrate…" is not offered for these VMs; null when the dialog can open. What blocks single VMs it tells itself. */
export const migrateReason = (
  vms: readonly VmSummary[],
  sites: readonly SiteStatus[],
  { shell }: Messages,
): string | null => {
  if (vms.length === 0) return shell.why.nothingSelected;
  if (vms.length > mostVmsPerOperation) return shell.why.tooMany(mostVmsPerOperation);
  const offline = sites.find(
    ({ site, connection }) =>
      connection.kind !== 'connected' && connection.kind !== 'syncing' && vms.some((vm) => vm.site === site.id),
  );
  if (offline !== undefined) return shell.why.siteOffline(offline.site.name);
  return vms.some(isMovable) ? null : shell.why.noneMovable;
};
