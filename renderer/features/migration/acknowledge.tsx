import { useId } from 'react';
import type { Finding } from '../../../shared/domain/finding.ts';
import { findingKey } from '../../../shared/planning/findings-by-vm.ts';
import { acknowledge, isReason } from '../../../shared/planning/migration-draft.ts';
import { Icon } from '../../icons/icon.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { changeDraft, typeReason, useMigrationDraft } from '../../stores/migration-draft.ts';
import { findingId } from './focus-obstacle.ts';

export interface ReasonFormProps {
  readonly finding: Finding;
  /** All open findings of the same kind, this one among them. */
  readonly alike: readonly Finding[];
  readonly text: string;
}

/** Accepting a warning takes a reason. Enter accepts the warning and never more than that. */
export const ReasonForm = ({ finding, alike, text }: ReasonFormProps) => {
  const words = useMessages().findings;
  const { common } = useMessages();
  const fieldId = useId();
  const enough = isReason(text);
  const accept = (accepted: readonly Finding[]) => {
    if (!enough) return;
    changeDraft((draft) => acknowledge(draft, accepted, text));
    close();
  };
  /** The field goes; the warning it belonged to keeps the place of a person at the keyboard. */
  const close = () => {
    document.getElementById(findingId(finding))?.focus();
    typeReason(null);
  };
  return (
    <div className="reason">
      <label className="small muted" htmlFor={fieldId}>
        {words.reason}
      </label>
      <input
        id={fieldId}
        className="field reason-field"
        ref={focusOnce}
        value={text}
        maxLength={1_000}
        placeholder={words.reasonHint}
        onChange={(event) => typeReason({ finding: findingKey(finding), text: event.target.value })}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) accept([finding]);
          if (event.key !== 'Escape') return;
          // Escape leaves the field, not the dialog.
          event.stopPropagation();
          event.preventDefault();
          close();
        }}
      />
      <button type="button" className="button button-small" disabled={!enough} onClick={() => accept([finding])}>
        <Icon name="check" size="small" />
        {words.acknowledge}
      </button>
      {alike.length > 1 && (
        <button type="button" className="button button-small" disabled={!enough} onClick={() => accept(alike)}>
          {words.acknowledgeAll(alike.length)}
        </button>
      )}
      <button
        type="button"
        className="button button-subtle button-small button-icon"
        aria-label={common.cancel}
        onClick={close}
      >
        <Icon name="close" size="small" />
      </button>
    </div>
  );
};

/** The person just asked for the field, so it takes the focus when it appears. */
const focusOnce = (field: HTMLInputElement | null): void => field?.focus();

/** The text being typed for this warning; null while its field is closed. */
export const useReasonText = (finding: Finding): string | null =>
  useMigrationDraft(({ typing }) => (typing?.finding === findingKey(finding) ? typing.text : null));
