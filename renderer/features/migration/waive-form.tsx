import { useId, useState } from 'react';
import type { WaiverSubject } from '../../../shared/domain/annotation.ts';
import { toWire, type WireError } from '../../../shared/errors/app-error.ts';
import { isReason } from '../../../shared/planning/migration-draft.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { waive } from '../../stores/annotations.ts';
import { ErrorNote } from '../errors/error-note.tsx';

const usualDays = 30;

/** A day as date fields write it, in the time zone of the window. */
const fieldDay = (day: Date): string =>
  [day.getFullYear(), `${day.getMonth() + 1}`.padStart(2, '0'), `${day.getDate()}`.padStart(2, '0')].join('-');

const inDays = (days: number): Date => {
  const now = new Date();
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
};

/** The end of the day that was chosen, ms since 1970; null when that is no day from today on. */
export const endOfDay = (text: string): number | null => {
  const [year, month, day] = text.split('-').map(Number);
  if (year === undefined || month === undefined || day === undefined) return null;
  // Its last millisecond, so that it is written as the day that was chosen.
  const end = new Date(year, month - 1, day + 1).getTime() - 1;
  return Number.isNaN(end) || end <= Date.now() ? null : end;
};

export interface WaiveFormProps {
  readonly subject: WaiverSubject;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

/** Accepts a warning in advance: why, and until when. Escape leaves the form, not the dialog. */
export const WaiveForm = ({ subject, onDone, onCancel }: WaiveFormProps) => {
  const { annotations, common } = useMessages();
  const words = annotations.acts;
  const id = useId();
  const [reason, setReason] = useState('');
  const [day, setDay] = useState(fieldDay(inDays(usualDays)));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<WireError | null>(null);
  const until = endOfDay(day);
  const possible = !busy && isReason(reason) && until !== null;
  const accept = (): void => {
    if (!possible) return;
    setBusy(true);
    setError(null);
    waive(subject, reason.trim(), until)
      .then(onDone)
      .catch((thrown: unknown) => {
        setError(toWire(thrown));
        setBusy(false);
      });
  };
  return (
    <form
      className="waive"
      onSubmit={(event) => {
        event.preventDefault();
        accept();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        event.preventDefault();
        onCancel();
      }}
    >
      <p className="small muted">{words.acceptText}</p>
      <div className="reason">
        <label className="small muted" htmlFor={`${id}-reason`}>
          {words.reason}
        </label>
        <input
          id={`${id}-reason`}
          className="field reason-field"
          ref={focusOnce}
          value={reason}
          maxLength={1_000}
          placeholder={words.reasonHint}
          onChange={(event) => setReason(event.target.value)}
        />
        <label className="small muted" htmlFor={`${id}-until`}>
          {words.untilLabel}
        </label>
        <input
          id={`${id}-until`}
          className="field"
          type="date"
          min={fieldDay(inDays(0))}
          value={day}
          aria-invalid={until === null}
          onChange={(event) => setDay(event.target.value)}
        />
        <button type="submit" className="button button-small" disabled={!possible}>
          {words.acceptAct}
        </button>
        <button type="button" className="button button-subtle button-small" onClick={onCancel}>
          {common.cancel}
        </button>
      </div>
      {until === null && <p className="small tone-bad">{words.noDay}</p>}
      {error !== null && <ErrorNote error={error} />}
    </form>
  );
};

/** The person just asked for the form, so its first field takes the focus when it appears. */
const focusOnce = (field: HTMLInputElement | null): void => field?.focus();
