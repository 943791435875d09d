import { type ReactNode, useId, useState } from 'react';
import type { WireError } from '../../../shared/errors/app-error.ts';
import { errorText } from '../../../shared/messages/errors.ts';
import { Icon } from '../../icons/icon.tsx';
import { useLanguage, useMessages } from '../../messages/use-messages.ts';
import './error-note.css';

export interface ErrorNoteProps {
  readonly error: WireError;
  /** What failed, from the person's side: "The site was not added". Without it the cause leads. */
  readonly title?: string | undefined;
  readonly onRetry?: (() => void) | undefined;
  /** Further ways out beside "Try again": "Enter the password…". */
  readonly actions?: ReactNode;
}

/** An error where it happened: cause, consequence, remedy, a way to try again, and the raw details for a report. */
export const ErrorNote = ({ error, title, onRetry, actions }: ErrorNoteProps) => {
  const language = useLanguage();
  const { common } = useMessages();
  const [open, setOpen] = useState(false);
  const detailsId = useId();
  const { cause, consequence, remedy } = errorText(error, language);
  return (
    <div className="note note-bad error-note" role="alert">
      <Icon name="failed" tone="bad" />
      <div className="grow">
        {title !== undefined && <p className="strong">{title}</p>}
        <p className={title === undefined ? 'strong' : undefined}>{cause}</p>
        {consequence !== '' && <p>{consequence}</p>}
        {remedy.length === 1 && <p>{remedy[0]}</p>}
        {remedy.length > 1 && (
          <ol>
            {remedy.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        )}
        <div className="row error-note-actions">
          {onRetry !== undefined && (
            <button type="button" className="button button-small" onClick={onRetry}>
              <Icon name="refresh" size="small" />
              {common.tryAgain}
            </button>
          )}
          {actions}
          <button
            type="button"
            className="link small"
            aria-expanded={open}
            aria-controls={detailsId}
            onClick={() => setOpen(!open)}
          >
            {common.details}
          </button>
        </div>
        <pre id={detailsId} className="monospace error-note-details" hidden={!open}>
          {`${error.code}\n${JSON.stringify(error.data, null, 2)}`}
        </pre>
      </div>
    </div>
  );
};
