import { siteOf } from '../../../shared/domain/ids.ts';
import type { VmSummary } from '../../../shared/domain/virtual-machine.ts';
import { size } from '../../../shared/messages/format.ts';
import { Icon } from '../../icons/icon.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { useInventory } from '../../stores/inventory.ts';
import { closeVm } from '../../stores/selection.ts';
import { useSites } from '../../stores/sites.ts';
import { ErrorNote } from '../errors/error-note.tsx';
import { VmFollowUps } from '../follow-ups/vm-follow-ups.tsx';
import { vmIcon } from '../inventory-tree/entity-icon.ts';
import { chooseRow } from '../inventory-tree/tree-selection.ts';
import { reveal, useTree } from '../inventory-tree/tree-state.ts';
import { PaneHeader } from './pane-header.tsx';
import { placeHead, placesAbove } from './place-words.ts';
import { useVmFacts } from './use-vm-facts.ts';
import { VmFactGroups } from './vm-fact-groups.tsx';
import { VmFindings } from './vm-findings.tsx';
import { hostName, poolName } from './vm-sorting.ts';

/** One VM: where it is, what it has, its disks, adapters, snapshots and devices as they were last read. */
export const VmDetails = ({ vm }: { readonly vm: VmSummary }) => {
  const messages = useMessages();
  const { common, poolDetails } = messages;
  const { index } = useInventory((state) => state.latest);
  const view = useTree((state) => state.view);
  const facts = useVmFacts(vm);
  const siteReadAt = useSites(
    (state) => state.sites.find((status) => status.site.id === siteOf(vm.id))?.inventoryReadAt ?? null,
  );
  const above = placesAbove(vm.id, index, view);
  const place = above.at(-1);
  const readAt = facts.kind === 'known' ? facts.readAt : siteReadAt;
  return (
    <>
      <PaneHeader icon={vmIcon(vm)} name={vm.name} above={above} kind={common.kinds['virtual-machine']} readAt={readAt}>
        {place !== undefined && (
          <button
            type="button"
            className="button button-small"
            onClick={() => {
              closeVm();
              reveal(place);
              chooseRow(place);
            }}
          >
            <Icon name="undo" size="small" />
            {poolDetails.backTo(placeHead(place, index, messages)?.name ?? place)}
          </button>
        )}
      </PaneHeader>
      <div className="vm-facts">
        <dl className="fact-strip">
          <Fact name={poolDetails.columns.state} value={common.powerStates[vm.powerState]} />
          <Fact name={poolDetails.columns.host} value={hostName(vm, index) || poolDetails.notTold} />
          {vm.pool !== null && <Fact name={poolDetails.columns.pool} value={poolName(vm, index)} />}
          <Fact name={poolDetails.columns.cpu} value={String(vm.cpuCount)} />
          <Fact name={poolDetails.columns.memory} value={size(vm.memoryBytes)} />
          <Fact name={poolDetails.columns.disk} value={size(vm.diskBytes)} />
        </dl>
        {vm.busyWith !== null && (
          <div className="note">
            <Icon name="lock" />
            {common.busy(vm.busyWith)}
          </div>
        )}
        {vm.condition !== 'connected' && (
          <div className="note note-bad">
            <Icon name="blocker" tone="bad" />
            {poolDetails.conditions[vm.condition]}
          </div>
        )}
        <VmFollowUps vm={vm.id} />
        {facts.kind === 'failed' && <ErrorNote error={facts.error} onRetry={facts.retry} />}
        {facts.kind === 'reading' && <p className="muted vm-facts-reading">{poolDetails.loadingFacts}</p>}
        {facts.kind === 'known' && <VmFindings row={vm} facts={facts.vm} onFixed={facts.retry} />}
        {facts.kind === 'known' && <VmFactGroups vm={facts.vm} />}
      </div>
    </>
  );
};

const Fact = ({ name, value }: { readonly name: string; readonly value: string }) => (
  <div>
    <dt>{name}</dt>
    <dd className="truncate">{value}</dd>
  </div>
);
