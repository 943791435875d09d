import { followUpLabel } from '../../../shared/domain/follow-up-source.ts';
import type { EntityId } from '../../../shared/domain/ids.ts';
import { clockTime } from '../../../shared/messages/format.ts';
import { Icon } from '../../icons/icon.tsx';
import { now } from '../../messages/clock.ts';
import { useLanguage, useMessages } from '../../messages/use-messages.ts';
import { followUpLook, ToDo } from './follow-up-row.tsx';
import { followUpList, TickOff } from './tick-off.tsx';
import { useFollowUpsOf } from './use-follow-ups.ts';
import './follow-ups.css';

/** What is left to do about this VM; nothing where nothing is. */
export const VmFollowUps = ({ vm }: { readonly vm: EntityId }) => {
  const { followUps } = useMessages();
  const language = useLanguage();
  const open = useFollowUpsOf(vm);
  if (open.length === 0) return null;
  return (
    <section className="vm-follow-ups" aria-label={followUps.ofVm} {...followUpList}>
      <h3 className="strong">{followUps.ofVm}</h3>
      <ul>
        {open.map((item) => {
          const look = followUpLook[item.state];
          return (
            <li key={followUpLabel(item.source)} className="vm-follow-up">
              <Icon name={look.icon} tone={look.tone} label={followUps.states[item.state]} />
              <div className="grow">
                <ToDo item={item} />
                <span className="follow-up-to-do small muted">
                  {followUpLabel(item.source)} · {item.by}, {clockTime(item.at, now(), language)}
                </span>
              </div>
              <TickOff item={item} />
            </li>
          );
        })}
      </ul>
    </section>
  );
};
