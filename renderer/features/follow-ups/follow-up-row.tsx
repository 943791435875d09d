import { followUpLabel } from '../../../shared/domain/follow-up-source.ts';
import type { FollowUpItem, FollowUpState } from '../../../shared/messages/follow-up-items.ts';
import { clockTime } from '../../../shared/messages/format.ts';
import { Icon, type IconName, type IconProps } from '../../icons/icon.tsx';
import { now } from '../../messages/clock.ts';
import { useLanguage, useMessages } from '../../messages/use-messages.ts';
import { useInventory } from '../../stores/inventory.ts';
import { showVm } from '../inventory-tree/show-vm.ts';
import { TickOff } from './tick-off.tsx';

/** Shape and colour of a state; its word stands beside it. */
export const followUpLook: Readonly<
  Record<FollowUpState, { readonly icon: IconName; readonly tone: IconProps['tone'] }>
> = {
  'to-do': { icon: 'step-pending', tone: undefined },
  look: { icon: 'not-determined', tone: 'warn' },
  nothing: { icon: 'minus', tone: 'muted' },
  done: { icon: 'check', tone: 'ok' },
};

/** One thing to do: of which VM, what, who had it changed and when, and the button that ticks it off. */
export const FollowUpRow = ({ item }: { readonly item: FollowUpItem }) => {
  const { followUps } = useMessages();
  const language = useLanguage();
  const look = followUpLook[item.state];
  return (
    <div className="follow-up-grid follow-up-line">
      <span className={`row tone-${look.tone ?? 'plain'}`}>
        <Icon name={look.icon} tone={look.tone} />
        {followUps.states[item.state]}
      </span>
      <span className="follow-up-cell truncate">
        <span className="muted">{followUpLabel(item.source)}</span> <VmName item={item} />
      </span>
      <span className="follow-up-cell">
        <ToDo item={item} />
      </span>
      <span className="follow-up-cell small muted">
        {item.by}, {clockTime(item.at, now(), language)}
      </span>
      <span className="follow-up-act">
        <TickOff item={item} />
      </span>
    </div>
  );
};

/** Leads to the VM, as long as there is one. */
const VmName = ({ item: { vm, vmName } }: { readonly item: FollowUpItem }) => {
  const { followUps } = useMessages();
  const name = useInventory((state) => state.latest.index.vm(vm)?.name);
  if (name === undefined) {
    return (
      <span className="strong" title={followUps.gone}>
        {vmName} <span className="muted small">({followUps.gone})</span>
      </span>
    );
  }
  return (
    <button type="button" className="follow-up-vm strong" title={followUps.show(name)} onClick={() => showVm(vm)}>
      {name}
    </button>
  );
};

/** What there is to do, and what else is to be known of it. */
export const ToDo = ({ item: { toDo, note } }: { readonly item: FollowUpItem }) => (
  <>
    {toDo.map((words) => (
      <span key={words} className="follow-up-to-do">
        {words}
      </span>
    ))}
    {note !== null && <span className="follow-up-to-do small muted">{note}</span>}
  </>
);
