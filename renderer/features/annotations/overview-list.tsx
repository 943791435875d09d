import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { EntityId } from '../../../shared/domain/ids.ts';
import { findingText } from '../../../shared/messages/rules.ts';
import { holdsNow, type OverviewFinding, type VmOverview } from '../../../shared/planning/overview.ts';
import { Icon } from '../../icons/icon.tsx';
import { useLanguage, useMessages } from '../../messages/use-messages.ts';
import { closeDialog } from '../../stores/dialogs.ts';
import { useInventory } from '../../stores/inventory.ts';
import { findingLook } from '../findings/finding-look.ts';
import { vmIcon } from '../inventory-tree/entity-icon.ts';
import { showVm } from '../inventory-tree/show-vm.ts';

const rowHeight = 46;
const mostFindings = 3;

const goTo = (vm: EntityId): void => {
  closeDialog();
  showVm(vm);
};

/** VMs with what is to be said of them; only the rows in sight are drawn. A click leads to the VM in the tree. */
export const OverviewList = ({ vms }: { readonly vms: readonly VmOverview[] }) => {
  const { annotations } = useMessages();
  const list = useRef<HTMLUListElement>(null);
  const virtualizer = useVirtualizer({
    count: vms.length,
    getScrollElement: () => list.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    getItemKey: (line) => vms[line]?.vm ?? line,
  });
  return (
    <ul ref={list} className="overview-list" aria-label={annotations.acts.cannotMoveTitle}>
      <li aria-hidden="true" style={{ height: virtualizer.getTotalSize() }} />
      {virtualizer.getVirtualItems().map(({ index, start }) => {
        const overview = vms[index];
        return overview === undefined ? null : (
          <li
            key={overview.vm}
            className="overview-line"
            aria-posinset={index + 1}
            aria-setsize={vms.length}
            style={{ transform: `translateY(${start}px)` }}
          >
            <OverviewRow overview={overview} />
          </li>
        );
      })}
    </ul>
  );
};

const OverviewRow = ({ overview }: { readonly overview: VmOverview }) => {
  const { annotations } = useMessages();
  const index = useInventory((state) => state.index);
  const vm = index.vm(overview.vm);
  const pool = vm?.pool === undefined || vm.pool === null ? undefined : index.place(vm.pool);
  const more = overview.findings.length - mostFindings;
  return (
    <button type="button" className="overview-row" disabled={vm === undefined} onClick={() => goTo(overview.vm)}>
      <span className="overview-vm">
        {vm !== undefined && <Icon name={vmIcon(vm)} />}
        <span className="grow truncate">
          <span className="strong">{overview.vmName}</span>
          {pool !== undefined && <span className="small muted overview-place truncate">{pool.name}</span>}
        </span>
      </span>
      <span className="overview-findings">
        {overview.findings.slice(0, mostFindings).map((one) => (
          <Told key={`${one.finding.ruleId} ${one.finding.code}`} one={one} overview={overview} />
        ))}
        {more > 0 && <span className="small muted">{annotations.acts.more(more)}</span>}
      </span>
    </button>
  );
};

/** One finding in a line; one of the other method says when it would hold. */
const Told = ({ one, overview }: { readonly one: OverviewFinding; readonly overview: VmOverview }) => {
  const messages = useMessages();
  const words = messages.annotations.acts;
  const language = useLanguage();
  const look = findingLook(one.finding, messages);
  const { title, evidence } = findingText(one.finding, language);
  const when = holdsNow(one, overview.method)
    ? null
    : one.methods.includes('hot')
      ? words.whenRunning
      : words.whenStopped;
  return (
    <span className="overview-finding" title={evidence}>
      <Icon name={look.icon} size="small" tone={look.tone} label={look.word} />
      <span className="truncate">
        <span className="muted">{one.finding.ruleId}</span> {title}
        {when !== null && <span className="muted"> ({when})</span>}
      </span>
    </span>
  );
};
