import type { RecoveryAction } from '../../../shared/domain/evacuation.ts';
import type { Deletion } from '../../../shared/planning/recovery.ts';
import { useMessages } from '../../messages/use-messages.ts';

export interface RecoveryFooterProps {
  readonly vmName: string;
  readonly chosen: RecoveryAction | null;
  readonly deletions: readonly Deletion[];
  /** What is still to be said of where it is restored; null when nothing is. */
  readonly lacks: 'place' | 'network' | null;
  readonly busy: boolean;
  readonly choosing: boolean;
  readonly picking: boolean;
  /** The step deletes: the person is asked once more. */
  readonly asking: boolean;
  readonly noneSafe: boolean;
  readonly onBack: () => void;
  readonly onClose: () => void;
  readonly onAsk: () => void;
  readonly onBegin: () => void;
}

/** The one button that acts; it says what it does, and why it cannot. */
export const RecoveryFooter = (props: RecoveryFooterProps) => {
  const { common, recovery } = useMessages();
  const { chosen, vmName, busy } = props;
  if (props.picking || (props.asking && chosen !== null)) {
    const what = recovery.list(props.deletions.map((one) => recovery.deletions[one]));
    return (
      <>
        <span className="grow strong" role="alert">
          {!props.picking && recovery.askAgain(vmName, what)}
        </span>
        <button type="button" className="button button-large" onClick={props.onBack}>
          {recovery.goBack}
        </button>
        {!props.picking && chosen !== null && (
          <button type="button" className="button button-large button-danger" onClick={props.onBegin}>
            {recovery.confirm(recovery.verbs[chosen], vmName)}
          </button>
        )}
      </>
    );
  }
  const reason = props.choosing
    ? recovery.choosing
    : props.noneSafe
      ? recovery.noSafeStep
      : props.lacks === null
        ? recovery.nothingUntil
        : recovery.lacks[props.lacks];
  return (
    <>
      <span className="grow muted truncate" aria-live="polite">
        {reason}
      </span>
      <button type="button" className="button button-large" disabled={props.choosing} onClick={props.onClose}>
        {common.close}
      </button>
      {chosen !== null && (
        <button
          type="button"
          className="button button-large button-primary"
          disabled={busy || props.lacks !== null}
          onClick={props.onAsk}
        >
          {recovery.verbs[chosen]}
        </button>
      )}
    </>
  );
};
