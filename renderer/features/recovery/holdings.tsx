import { useState } from 'react';
import type { RecoveryAssessment } from '../../../shared/domain/evacuation.ts';
import type { TaskView } from '../../../shared/domain/task.ts';
import { imageProblemWords } from '../../../shared/messages/evacuation.ts';
import { type Holding, holdingsOf, type Safety, safetyOf } from '../../../shared/planning/recovery.ts';
import { call } from '../../api/call.ts';
import { Icon, type IconName, type IconProps } from '../../icons/icon.tsx';
import { useAge } from '../../messages/use-age.ts';
import { useLanguage, useMessages } from '../../messages/use-messages.ts';
import { notifyError } from '../../stores/notices.ts';

interface Look {
  readonly icon: IconName;
  readonly tone: IconProps['tone'];
  /** Of the frame around it. */
  readonly frame: string;
}

const safetyLook: Readonly<Record<Safety, Look>> = {
  safe: { icon: 'shield', tone: 'ok', frame: 'ok' },
  twice: { icon: 'blocker', tone: 'bad', frame: 'bad' },
  unsealed: { icon: 'not-determined', tone: 'warn', frame: 'warn' },
  'not-known': { icon: 'not-determined', tone: 'warn', frame: 'warn' },
  'no-good-copy': { icon: 'blocker', tone: 'bad', frame: 'bad' },
};

const holdingLook: Readonly<Record<Holding, { readonly icon: IconName; readonly badge: string }>> = {
  holds: { icon: 'check', badge: 'badge-ok' },
  older: { icon: 'warning', badge: 'badge-warn' },
  'does-not-hold': { icon: 'minus', badge: '' },
  'not-known': { icon: 'not-determined', badge: 'badge-warn' },
};

export interface HoldingsProps {
  readonly assessment: RecoveryAssessment;
  readonly view: TaskView;
}

/** Whether the VM is safe, and the three of which one must hold at every moment. */
export const Holdings = ({ assessment, view }: HoldingsProps) => {
  const { common, recovery } = useMessages();
  const seen = recovery.looked(useAge(assessment.assessedAt));
  const { facts, sourceHeldBy } = assessment;
  const held = sourceHeldBy === null ? '' : ` ${recovery.sourceHeld(common.busy(sourceHeldBy))}`;
  const { vmName } = view.header.move;
  const holdings = holdingsOf(facts);
  const safety = safetyOf(facts);
  const look = safetyLook[safety];
  const good = Object.values(holdings).filter((holding) => holding === 'holds').length;
  const on = [facts.source, facts.restored].filter((state) => state === 'running').length;
  const more: Readonly<Record<Safety, string>> = {
    safe: recovery.safetyMore.copies(good, on),
    twice: recovery.safetyMore.twice,
    unsealed: recovery.safetyMore.unsealed,
    'not-known': recovery.safetyMore.notKnown,
    'no-good-copy': recovery.safetyMore.noGoodCopy,
  };
  return (
    <section className={`holdings holdings-${look.frame}`} aria-label={recovery.safety[safety](vmName)}>
      <p className="holdings-head">
        <Icon name={look.icon} tone={look.tone} />
        <span className="grow">
          <span className="strong">{recovery.safety[safety](vmName)}</span> {more[safety]}
        </span>
      </p>
      <div className="holdings-cells">
        <Cell
          heading={recovery.headings.source}
          holding={holdings.source}
          text={`${recovery.sourceFacts[facts.source]}${held}`}
          detail={facts.source === 'parked' || facts.source === 'used' ? view.cold.parkedName : null}
          seen={seen}
        />
        <Cell
          heading={recovery.headings.image}
          holding={holdings.image}
          text={recovery.imageFacts[facts.image]}
          detail={assessment.imagePath}
          seen={seen}
          act={facts.image === 'sealed' && <VerifyImage view={view} />}
        />
        <Cell
          heading={recovery.headings.restored}
          holding={holdings.restored}
          text={recovery.restoredFacts[facts.restored]}
          detail={null}
          seen={seen}
        />
      </div>
    </section>
  );
};

interface CellProps {
  readonly heading: string;
  readonly holding: Holding;
  readonly text: string;
  /** A name or a path, to read and to copy. */
  readonly detail: string | null;
  readonly seen: string;
  readonly act?: React.ReactNode;
}

const Cell = ({ heading, holding, text, detail, seen, act }: CellProps) => {
  const { recovery } = useMessages();
  const { icon, badge } = holdingLook[holding];
  return (
    <div className="holding">
      <h3 className="row">
        <span className="strong grow">{heading}</span>
        <span className={`badge ${badge}`}>
          <Icon name={icon} />
          {recovery.holdings[holding]}
        </span>
      </h3>
      <p className="small">{text}</p>
      {detail !== null && (
        <p className="monospace holding-detail" title={detail}>
          {detail}
        </p>
      )}
      <p className="small muted row">
        {seen}
        {act}
      </p>
    </div>
  );
};

type Verifying = 'idle' | 'running' | { readonly problem: string | null };

/** Reads the image back and compares it: the look alone sees that its files are there. */
const VerifyImage = ({ view }: { readonly view: TaskView }) => {
  const { recovery } = useMessages();
  const language = useLanguage();
  const [state, setState] = useState<Verifying>('idle');
  const { image } = view.cold;
  const folder = image?.folder ?? view.header.move.evacuation?.folder;
  const name = image?.name ?? view.header.move.evacuation?.image;
  if (folder === undefined || name === undefined) return null;
  const verify = () => {
    setState('running');
    call('evacuation.verifyImage', { folder, image: name }).then(
      ({ problem }) => setState({ problem: problem === null ? null : imageProblemWords(problem, language) }),
      (error: unknown) => {
        setState('idle');
        notifyError(error);
      },
    );
  };
  if (state === 'idle') {
    return (
      <button type="button" className="link small" onClick={verify}>
        {recovery.verify}
      </button>
    );
  }
  return (
    <span role="status" className={state === 'running' ? '' : state.problem === null ? 'tone-ok' : 'tone-bad'}>
      {state === 'running' ? recovery.verifying : (state.problem ?? recovery.verified)}
    </span>
  );
};
