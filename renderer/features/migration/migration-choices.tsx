import { size } from '../../../shared/messages/format.ts';
import { ChoiceField } from '../../controls/choice-field.tsx';
import { Icon } from '../../icons/icon.tsx';
import { useAge } from '../../messages/use-age.ts';
import { useMessages } from '../../messages/use-messages.ts';
import type { RestorableImage } from '../../stores/dialogs.ts';
import { changeDraft, useMigrationDraft } from '../../stores/migration-draft.ts';
import { ColdMethodChoice } from './cold-method-choice.tsx';
import { ColdPolicies, ColdPolicyNote } from './cold-policies.tsx';
import { DestinationChoices } from './destination-choices.tsx';
import { FolderChoice } from './folder-choice.tsx';
import { NetworkMap } from './network-map.tsx';
import type { DraftView } from './use-draft-view.ts';

const mostAtATime = 16;
const atATimeChoices = [1, 2, 3, 4, 6, 8, 12, mostAtATime].map((count) => ({
  value: String(count),
  text: String(count),
}));

export interface MigrationChoicesProps {
  readonly view: DraftView;
  readonly onOtherDestination: () => void;
}

/** The left column: what a person can decide about this move. */
export const MigrationChoices = ({ view, onOtherDestination }: MigrationChoicesProps) => {
  const { migration } = useMessages();
  const image = useMigrationDraft((state) => state.image);
  const { atATime, destination, cold } = view.draft;
  const isWhole = cold.part === 'whole';
  // One image is restored at a time.
  const several = cold.part !== 'restore' && view.included.length > 1;
  return (
    <div className="migration-choices">
      {image !== null && <ImageNote image={image} />}
      {destination !== null && (
        <DestinationChoices view={view} destination={destination} onOther={onOtherDestination} />
      )}
      {isWhole && view.evacuated.length + view.direct.length > 0 && <ColdMethodChoice view={view} />}
      {cold.part !== 'restore' && view.evacuated.length > 0 && <FolderChoice view={view} />}
      {cold.part !== 'evacuate' && <NetworkMap view={view} />}
      {view.included.length > 0 && (
        <section className="migration-section">
          {(several || view.evacuated.length > 0) && (
            <div className={several ? 'migration-three' : 'migration-two'}>
              {several && (
                <ChoiceField
                  label={migration.atATime}
                  choices={atATimeChoices}
                  value={String(atATime)}
                  onChange={(value) => changeDraft((draft) => ({ ...draft, atATime: Number(value) }))}
                />
              )}
              {view.evacuated.length > 0 && <ColdPolicies cold={cold} />}
            </div>
          )}
          {view.evacuated.length > 0 && <ColdPolicyNote cold={cold} />}
          {cold.part !== 'restore' && (
            <p className="note migration-order">
              <Icon name="tasks" />
              {migration.orderNote(view.included.length, atATime)}
            </p>
          )}
        </section>
      )}
    </div>
  );
};

/** Which image is restored, and how old it is. */
const ImageNote = ({ image }: { readonly image: RestorableImage }) => {
  const { coldMigration } = useMessages();
  const age = useAge(image.record.createdAt);
  return (
    <p className="note">
      <Icon name="image" />
      <span>
        <span className="strong">{image.name}</span> {coldMigration.fromImage(image.folder, age)} · {size(image.bytes)}
      </span>
    </p>
  );
};
