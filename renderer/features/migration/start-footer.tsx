import { useId } from 'react';
import type { EvacuationPart } from '../../../shared/domain/evacuation.ts';
import type { Messages } from '../../../shared/messages/catalog.ts';
import { Icon } from '../../icons/icon.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { useMigrationDraft } from '../../stores/migration-draft.ts';
import { focusObstacle, hasPlace } from './focus-obstacle.ts';
import { obstacleWords } from './obstacle-words.ts';
import type { DraftView } from './use-draft-view.ts';

export interface StartFooterProps {
  readonly view: DraftView;
  readonly onCancel: () => void;
  readonly onStart: () => void;
}

/** Whether it can start, if not why, and the one act of the dialog. */
export const StartFooter = ({ view, onCancel, onStart }: StartFooterProps) => {
  const messages = useMessages();
  const { migration, coldMigration, common } = messages;
  const { part } = view.draft.cold;
  const starting = useMigrationDraft((state) => state.start.kind === 'starting');
  const whyId = useId();
  const [first] = view.obstacles;
  const waiting = first?.kind === 'not-checked' && first.check === 'running';
  return (
    <>
      <Icon
        name={first === undefined ? 'success' : waiting ? 'running' : 'blocker'}
        tone={first === undefined ? 'ok' : waiting ? 'muted' : 'bad'}
      />
      <p id={whyId} className="grow" aria-live="polite">
        {first === undefined ? (
          readyWords(view, coldMigration)
        ) : (
          <>
            <span className="strong">{migration.cannotStart}</span> {obstacleWords(view, messages)}{' '}
            {hasPlace(first) && !waiting && (
              <button type="button" className="link" onClick={() => focusObstacle(first)}>
                {migration.goToFirst}
              </button>
            )}
          </>
        )}
      </p>
      <button type="button" className="button button-large" disabled={starting} onClick={onCancel}>
        {common.cancel}
      </button>
      <button
        type="button"
        className="button button-primary button-large"
        aria-describedby={whyId}
        // Stays focusable, so that the reason beside it is read out, and the focus is not lost while it starts.
        aria-disabled={first !== undefined || starting}
        onClick={() => {
          if (first === undefined && !starting) onStart();
        }}
      >
        {starting ? migration.starting : startWords(part, messages)}
      </button>
    </>
  );
};

const readyWords = ({ draft, included, hot }: DraftView, words: Messages['coldMigration']): string => {
  switch (draft.cold.part) {
    case 'whole':
      return words.canMigrate(hot.length, included.length - hot.length);
    case 'evacuate':
      return words.canEvacuate(included.length);
    case 'restore':
      return words.canRestore;
    default: {
      const never: never = draft.cold.part;
      return never;
    }
  }
};

const startWords = (part: EvacuationPart, { migration, coldMigration }: Messages): string =>
  ({
    whole: migration.startMigration,
    evacuate: coldMigration.startEvacuation,
    restore: coldMigration.startRestore,
  })[part];

export interface DiscardFooterProps {
  readonly onKeep: () => void;
  readonly onDiscard: () => void;
}

/** In place of the foot, when closing would lose what was typed. */
export const DiscardFooter = ({ onKeep, onDiscard }: DiscardFooterProps) => {
  const { migration } = useMessages();
  return (
    <>
      <Icon name="warning" tone="warn" />
      <p className="grow strong" role="alert">
        {migration.discardQuestion}
      </p>
      <button type="button" className="button button-large" ref={focusWhenShown} onClick={onKeep}>
        {migration.keepEditing}
      </button>
      <button type="button" className="button button-large" onClick={onDiscard}>
        {migration.discard}
      </button>
    </>
  );
};

const focusWhenShown = (button: HTMLButtonElement | null): void => button?.focus();
