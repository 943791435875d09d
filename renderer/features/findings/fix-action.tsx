import { type KeyboardEvent, useRef, useState } from 'react';
import type { Finding } from '../../../shared/domain/finding.ts';
import { type Fix, fixableDevices } from '../../../shared/domain/fix.ts';
import type { VirtualMachine } from '../../../shared/domain/virtual-machine.ts';
import type { WireError } from '../../../shared/errors/app-error.ts';
import { fixesFor } from '../../../shared/planning/fixes.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { applyFix } from '../../stores/apply-fix.ts';
import { ErrorNote } from '../errors/error-note.tsx';
import './fix-action.css';

export interface FixActionProps {
  readonly finding: Finding;
  /** The VM's whole facts; undefined while they are being read. */
  readonly facts: VirtualMachine | undefined;
  /** It is done: what was found no longer holds. */
  readonly onFixed: () => void;
}

type Progress =
  | { readonly kind: 'offered' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'applying' }
  | { readonly kind: 'failed'; readonly error: WireError };

/** Takes out of the VM what the finding speaks of, after asking once. Nothing where the console cannot do that. */
export const FixAction = ({ finding, facts, onFixed }: FixActionProps) => {
  const [fix] = fixesFor(finding, facts);
  return fix === undefined || facts === undefined ? null : (
    <OfferedFix key={fix.deviceKeys.join()} fix={fix} facts={facts} onFixed={onFixed} />
  );
};

interface OfferedFixProps {
  readonly fix: Fix;
  readonly facts: VirtualMachine;
  readonly onFixed: () => void;
}

const OfferedFix = ({ fix, facts, onFixed }: OfferedFixProps) => {
  const { fixes, common } = useMessages();
  const [progress, setProgress] = useState<Progress>({ kind: 'offered' });
  const place = useRef<HTMLFieldSetElement>(null);
  const words = fixes.kinds[fix.kind];
  const become = (next: Progress) => {
    // The button that had the focus goes; a person at the keyboard keeps the place.
    place.current?.focus();
    setProgress(next);
  };
  const apply = async () => {
    become({ kind: 'applying' });
    const error = await applyFix(fix);
    if (error === null) onFixed();
    else setProgress({ kind: 'failed', error });
  };
  const close = () => become({ kind: 'offered' });
  const leaveQuestion = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || progress.kind !== 'asking') return;
    // Escape leaves the question, not the dialog.
    event.stopPropagation();
    event.preventDefault();
    close();
  };
  return (
    <fieldset className="fix-action" ref={place} tabIndex={-1} aria-label={words.offer} onKeyDown={leaveQuestion}>
      {progress.kind === 'offered' && (
        <button type="button" className="button button-small" onClick={() => become({ kind: 'asking' })}>
          {words.offer}
        </button>
      )}
      {progress.kind === 'asking' && (
        <>
          <p className="small">
            {words.question(facts.name, fixableDevices(fix.kind, facts))} {fixes.goesToList}
          </p>
          <div className="finding-actions">
            <button type="button" className="button button-small" ref={focusOnce} onClick={() => void apply()}>
              {words.act}
            </button>
            <button type="button" className="button button-subtle button-small" onClick={close}>
              {common.cancel}
            </button>
          </div>
        </>
      )}
      {progress.kind === 'applying' && (
        <p className="small muted" aria-live="polite">
          {fixes.applying}
        </p>
      )}
      {progress.kind === 'failed' && (
        <ErrorNote title={fixes.failed} error={progress.error} onRetry={() => void apply()} />
      )}
    </fieldset>
  );
};

/** The person just asked for it, so it takes the focus when it appears. */
const focusOnce = (button: HTMLButtonElement | null): void => button?.focus();
