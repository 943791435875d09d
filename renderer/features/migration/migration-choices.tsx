import type { Destination } from '../../../shared/domain/migration.ts';
import { ChoiceField } from '../../controls/choice-field.tsx';
import { Icon } from '../../icons/icon.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { changeDraft } from '../../stores/migration-draft.ts';
import { DestinationChoices } from './destination-choices.tsx';
import { NetworkMap } from './network-map.tsx';
import type { DraftView } from './use-draft-view.ts';

const mostAtATime = 16;
const atATimeChoices = [1, 2, 3, 4, 6, 8, 12, mostAtATime].map((count) => ({
  value: String(count),
  text: String(count),
}));
const namedAtMost = 4;

export interface MigrationChoicesProps {
  readonly view: DraftView;
  readonly destination: Destination;
  readonly onOtherDestination: () => void;
}

/** The left column: what a person can decide about this move. */
export const MigrationChoices = ({ view, destination, onOtherDestination }: MigrationChoicesProps) => {
  const { migration } = useMessages();
  const { atATime } = view.draft;
  return (
    <div className="migration-choices">
      <DestinationChoices view={view} destination={destination} onOther={onOtherDestination} />
      {view.cold.length > 0 && <ColdNote view={view} />}
      <NetworkMap view={view} />
      {view.included.length > 0 && (
        <section className="migration-section">
          <div className="migration-two">
            <ChoiceField
              label={migration.atATime}
              choices={atATimeChoices}
              value={String(atATime)}
              onChange={(value) => changeDraft((draft) => ({ ...draft, atATime: Number(value) }))}
            />
          </div>
          <p className="note migration-order">
            <Icon name="tasks" />
            {migration.orderNote(view.included.length, atATime)}
          </p>
        </section>
      )}
    </div>
  );
};

const ColdNote = ({ view }: { readonly view: DraftView }) => {
  const { migration } = useMessages();
  const shown = view.cold.slice(0, namedAtMost).map((vm) => vm.name);
  const rest = view.cold.length - shown.length;
  const names = migration.list(rest > 0 ? [...shown, migration.more(rest)] : shown);
  return (
    <section className="migration-section">
      <h3 className="migration-heading">{migration.coldHeading}</h3>
      <div className="note migration-unavailable">
        <Icon name="info" />
        <div>
          <p className="strong">{migration.coldUnavailable}</p>
          <p>{migration.coldLeftOut(names, view.cold.length)}</p>
        </div>
      </div>
    </section>
  );
};
