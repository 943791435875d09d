import type { ReactNode } from 'react';
import type { RecoveryAction, RecoveryAssessment } from '../../../shared/domain/evacuation.ts';
import type { TaskView } from '../../../shared/domain/task.ts';
import { deletionsOf } from '../../../shared/planning/recovery.ts';
import { Icon, type IconName } from '../../icons/icon.tsx';
import { useMessages } from '../../messages/use-messages.ts';

const icons: Readonly<Record<RecoveryAction, IconName>> = {
  resume: 'play',
  'roll-back': 'undo',
  'restore-to-origin': 'home',
  'restore-elsewhere': 'restore',
  'keep-image': 'image',
};

export interface ChoiceCardsProps {
  readonly assessment: RecoveryAssessment;
  readonly view: TaskView;
  readonly chosen: RecoveryAction | null;
  readonly onChoose: (action: RecoveryAction) => void;
  /** Where an image is restored elsewhere: shown in that card while it is chosen. */
  readonly target: ReactNode;
}

/** What can be done now. What is not safe is shown, too, with why. */
export const ChoiceCards = ({ assessment, view, chosen, onChoose, target }: ChoiceCardsProps) => {
  const messages = useMessages();
  const { evacuation, recovery } = messages;
  const { vmName, destination } = view.header.move;
  const options = assessment.options.toSorted(
    (left, right) => Number(left.obstacle !== null) - Number(right.obstacle !== null),
  );
  return (
    <fieldset className="recovery-choices">
      <legend className="recovery-heading">{recovery.chooseStep}</legend>
      {options.map(({ action, obstacle }) => {
        const deletions = deletionsOf(action, assessment.facts, view).map((one) => recovery.deletions[one]);
        const isChosen = action === chosen && obstacle === null;
        return (
          <div
            key={action}
            className={`recovery-choice${isChosen ? ' recovery-choice-on' : ''}${obstacle === null ? '' : ' recovery-choice-off'}`}
          >
            <input
              type="radio"
              id={`recovery-${action}`}
              name="recovery-action"
              checked={isChosen}
              disabled={obstacle !== null}
              aria-describedby={`recovery-${action}-what`}
              data-initial-focus={isChosen || undefined}
              onChange={() => onChoose(action)}
            />
            <div className="grow">
              <label htmlFor={`recovery-${action}`} className="row strong">
                <Icon name={icons[action]} />
                {evacuation.actions[action]}
                {action === assessment.advised && (
                  <span className="badge badge-ok">
                    <Icon name="check" />
                    {recovery.advised}
                  </span>
                )}
              </label>
              <p id={`recovery-${action}-what`} className="small">
                {obstacle === null
                  ? recovery.whatEach[action](vmName, view.header.originName, destination.name)
                  : recovery.notSafe(evacuation.obstacles[obstacle])}
              </p>
              {obstacle === null && deletions.length > 0 && (
                <p className="small muted row recovery-deletes">
                  <Icon name="trash" size="small" />
                  {recovery.deletes(recovery.list(deletions))}
                </p>
              )}
              {isChosen && action === 'restore-elsewhere' && target}
            </div>
          </div>
        );
      })}
    </fieldset>
  );
};
