import { asEntityId } from '../../../shared/domain/ids.ts';
import type { Host } from '../../../shared/domain/inventory.ts';
import type { Destination } from '../../../shared/domain/migration.ts';
import type { Messages } from '../../../shared/messages/catalog.ts';
import { size } from '../../../shared/messages/format.ts';
import type { DatastoreChoice } from '../../../shared/planning/destination-choices.ts';
import { withHost } from '../../../shared/planning/migration-draft.ts';
import { type Choice, ChoiceField } from '../../controls/choice-field.tsx';
import { Icon } from '../../icons/icon.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { useInventory } from '../../stores/inventory.ts';
import { changeDraft } from '../../stores/migration-draft.ts';
import { choiceId } from './focus-obstacle.ts';
import { placePath } from './place-path.ts';
import type { DraftView } from './use-draft-view.ts';

/** Stands for "let the platform choose" among ids, none of which is empty. */
const platform = '';

const freeCpu = (host: Host): string | null =>
  host.cpuTotalMhz === undefined || host.cpuUsedMhz === undefined
    ? null
    : `${Math.max(0, (host.cpuTotalMhz - host.cpuUsedMhz) / 1_000).toFixed(1)} GHz`;

const freeMemory = (host: Host): string | null =>
  host.memoryTotalBytes === undefined || host.memoryUsedBytes === undefined
    ? null
    : size(Math.max(0, host.memoryTotalBytes - host.memoryUsedBytes));

export const hostChoice = (host: Host, { migration }: Messages): Choice => ({
  value: host.id,
  text: host.name,
  note: migration.freeOf(freeCpu(host), freeMemory(host)),
});

export const datastoreChoice = (
  { datastore, freeBytes, missingBytes }: DatastoreChoice,
  { migration }: Messages,
): Choice => {
  const lacks = missingBytes !== null && missingBytes > 0;
  const free = freeBytes === null ? migration.freeUnknown : migration.free(size(freeBytes));
  return {
    value: datastore.id,
    text: datastore.name,
    note: lacks ? `${free} · ${migration.lacks(size(missingBytes))}` : free,
    disabled: lacks,
  };
};

export interface DestinationChoicesProps {
  readonly view: DraftView;
  readonly destination: Destination;
  readonly onOther: () => void;
}

/** Where exactly: host and datastore at the destination, or the platform's own choice. */
export const DestinationChoices = ({ view, destination, onOther }: DestinationChoicesProps) => {
  const messages = useMessages();
  const { migration } = messages;
  const index = useInventory((state) => state.index);
  const left: Choice = { value: platform, text: migration.platformChooses };
  const hosts = view.hosts.map((host) => hostChoice(host, messages));
  const fixedHost = destination.kind === 'host';
  return (
    <section className="migration-section">
      <h3 className="migration-heading">
        {migration.destination}
        <span className="muted small truncate">
          {[destination.name, ...placePath(index, destination.id)].join(' · ')}
        </span>
        <span className="grow" />
        <button type="button" className="link small" onClick={onOther}>
          {migration.otherDestination}
        </button>
      </h3>
      {view.hosts.length === 0 ? (
        <p className="note note-warn">
          <Icon name="warning" tone="warn" />
          {migration.noHost}
        </p>
      ) : (
        <>
          <div className="migration-two">
            <ChoiceField
              id={choiceId('host')}
              label={migration.host}
              icon={<Icon name="host" />}
              choices={fixedHost ? hosts : [left, ...hosts]}
              placeholder={migration.chooseAgain}
              value={fixedHost ? destination.id : (view.draft.host ?? platform)}
              onChange={(value) =>
                changeDraft((draft) =>
                  withHost(draft, value === platform || fixedHost ? null : asEntityId(value), index),
                )
              }
            />
            <ChoiceField
              id={choiceId('datastore')}
              label={migration.datastore}
              icon={<Icon name="datastore" />}
              choices={[left, ...view.datastores.map((choice) => datastoreChoice(choice, messages))]}
              placeholder={migration.chooseAgain}
              value={view.draft.datastore ?? platform}
              onChange={(value) =>
                changeDraft((draft) => ({ ...draft, datastore: value === platform ? null : asEntityId(value) }))
              }
            />
          </div>
          {view.draft.datastore === null && view.relocatedBytes !== null && (
            <p className="muted small migration-hint">
              {view.relocatedBytes === 0 ? migration.disksStay : migration.disksCopied}
            </p>
          )}
          {view.draft.datastore === null && view.evacuated.length > 0 && (
            <p className="muted small migration-hint">{migration.disksRestored}</p>
          )}
        </>
      )}
    </section>
  );
};
