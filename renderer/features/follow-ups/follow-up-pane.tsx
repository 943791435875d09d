import { followUpLabel } from '../../../shared/domain/follow-up-source.ts';
import { EmptyState } from '../../controls/empty-state.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { readOlderTaskFollowUps } from '../../stores/task-follow-ups.ts';
import { ErrorNote } from '../errors/error-note.tsx';
import { FollowUpRow } from './follow-up-row.tsx';
import { followUpList } from './tick-off.tsx';
import type { FollowUps } from './use-follow-ups.ts';
import './follow-ups.css';

export type FollowUpFilter = 'open' | 'all';

export interface FollowUpPaneProps {
  readonly followUps: FollowUps;
  readonly filter: FollowUpFilter;
  readonly onShowAll: () => void;
}

/** What is left to people after what the console did to VMs. */
export const FollowUpPane = ({
  followUps: { items, open, loaded, error, retry, older },
  filter,
  onShowAll,
}: FollowUpPaneProps) => {
  const { followUps } = useMessages();
  const shown = filter === 'open' ? open : items;
  return (
    <>
      {error !== null && (
        <div className="follow-up-note">
          <ErrorNote title={followUps.readFailed} error={error} onRetry={retry} />
        </div>
      )}
      {shown.length > 0 ? (
        <>
          <div className="follow-up-grid follow-up-columns" aria-hidden="true">
            <span>{followUps.columns.state}</span>
            <span>{followUps.columns.vm}</span>
            <span>{followUps.columns.toDo}</span>
            <span>{followUps.columns.by}</span>
            <span />
          </div>
          <ul className="follow-up-scroller" aria-label={followUps.tab} {...followUpList}>
            {shown.map((item) => (
              <li key={followUpLabel(item.source)} className="follow-up-item">
                <FollowUpRow item={item} />
              </li>
            ))}
            {filter === 'all' && older !== 'none' && (
              <li className="follow-up-older">
                <button
                  type="button"
                  className="link small"
                  aria-disabled={older === 'reading' || undefined}
                  onClick={() => void readOlderTaskFollowUps()}
                >
                  {older === 'reading' ? followUps.reading : followUps.showOlder}
                </button>
              </li>
            )}
          </ul>
        </>
      ) : items.length > 0 ? (
        <EmptyState icon="success" title={followUps.allDone}>
          <button type="button" className="button" onClick={onShowAll}>
            {followUps.showAll}
          </button>
        </EmptyState>
      ) : loaded ? (
        <EmptyState icon="success" title={followUps.empty} text={followUps.emptyHint} />
      ) : (
        error === null && <p className="muted follow-up-reading">{followUps.reading}</p>
      )}
    </>
  );
};
