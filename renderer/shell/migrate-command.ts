import type { SiteStatus } from '../../shared/domain/site.ts';
import type { VmSummary } from '../../shared/domain/virtual-machine.ts';
import type { Messages } from '../../shared/messages/catalog.ts';
import { mostVmsPerOperation } from '../features/drag/drop-outcome.ts';

const isMovable = (vm: VmSummary): boolean =>
  !vm.isTemplate && vm.busyWith === null && (vm.powerState === 'on' || vm.powerState === 'off');

/** What stands against doing anything with these VMs together; null when nothing does. */
const sharedReason = (vms: readonly VmSummary[], sites: readonly SiteStatus[], { shell }: Messages): string | null => {
  if (vms.length === 0) return shell.why.nothingSelected;
  if (vms.length > mostVmsPerOperation) return shell.why.tooMany(mostVmsPerOperation);
  const offline = sites.find(
    ({ site, connection }) =>
      connection.kind !== 'connected' && connection.kind !== 'syncing' && vms.some((vm) => vm.site === site.id),
  );
  return offline === undefined ? null : shell.why.siteOffline(offline.site.name);
};

/** Why "Migrate…" is not offered for these VMs; null when the dialog can open. What blocks single VMs it tells itself. */
export const migrateReason = (
  vms: readonly VmSummary[],
  sites: readonly SiteStatus[],
  messages: Messages,
): string | null => sharedReason(vms, sites, messages) ?? (vms.some(isMovable) ? null : messages.shell.why.noneMovable);

/** Only a stopped VM can be evacuated. */
export const isStopped = (vm: VmSummary): boolean => isMovable(vm) && vm.powerState === 'off';

/** Why "Evacuate…" is not offered for these VMs; null when the dialog can open. It takes the stopped ones among them. */
export const evacuateReason = (
  vms: readonly VmSummary[],
  sites: readonly SiteStatus[],
  messages: Messages,
): string | null =>
  sharedReason(vms, sites, messages) ?? (vms.some(isStopped) ? null : messages.coldMigration.evacuateWhy.noneStopped);
