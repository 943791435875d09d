import type { RestoreTarget } from '../../../shared/domain/evacuation.ts';
import { asEntityId, type EntityId } from '../../../shared/domain/ids.ts';
import type { InventoryView } from '../../../shared/domain/inventory.ts';
import type { NetworkAdapter, VirtualMachine } from '../../../shared/domain/virtual-machine.ts';
import {
  datastoreChoices,
  hostsFor,
  hostsInQuestion,
  type NetworkChoice,
  networkAtDestination,
  networkChoices,
  networkMapOf,
} from '../../../shared/planning/destination-choices.ts';
import { type Choice, ChoiceField } from '../../controls/choice-field.tsx';
import { Icon } from '../../icons/icon.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { useInventory } from '../../stores/inventory.ts';
import { datastoreChoice, hostChoice } from '../migration/destination-choices.tsx';
import { placePath } from '../migration/place-path.ts';

/** Stands for "let the platform choose" among ids, none of which is empty. */
const platform = '';

const networksAt = ({ destination, host }: RestoreTarget, inventory: InventoryView): readonly NetworkChoice[] =>
  networkChoices(hostsInQuestion(destination, host, inventory), inventory);

/** Adapters for which no network is known there: neither their own, nor one of its name, nor a chosen one. */
export const adaptersWithoutNetwork = (
  target: RestoreTarget,
  vm: VirtualMachine,
  inventory: InventoryView,
): readonly NetworkAdapter[] =>
  (vm.adapters ?? []).filter(
    (adapter) =>
      networkAtDestination(adapter, target.networkMap[adapter.key], networksAt(target, inventory)).kind === 'missing',
  );

/** The target as it is asked for: with the networks that are found there by their name. */
export const completeTarget = (target: RestoreTarget, vm: VirtualMachine, inventory: InventoryView): RestoreTarget => ({
  ...target,
  networkMap: networkMapOf(vm, target.networkMap, networksAt(target, inventory)),
});

export interface RestoreTargetFieldsProps {
  readonly target: RestoreTarget;
  readonly vm: VirtualMachine;
  readonly onChange: (target: RestoreTarget) => void;
  readonly onOther: () => void;
}

/** Where exactly it is restored: host, datastore and, where its own is not there, network. */
export const RestoreTargetFields = ({ target, vm, onChange, onOther }: RestoreTargetFieldsProps) => {
  const messages = useMessages();
  const { migration, recovery } = messages;
  const { index } = useInventory((state) => state.latest);
  const { destination, host, datastore } = target;
  const hosts = hostsFor(destination, index);
  const stores = datastoreChoices(hostsInQuestion(destination, host, index), [vm], index);
  const networks = networksAt(target, index);
  const left: Choice = { value: platform, text: migration.platformChooses };
  const chosen = (value: string): EntityId | null => (value === platform ? null : asEntityId(value));
  // An adapter whose network was chosen keeps its field, so that the choice can be changed.
  const asked = (vm.adapters ?? []).filter(
    (adapter) => networkAtDestination(adapter, undefined, networks).kind === 'missing',
  );
  return (
    <div className="recovery-target">
      <p className="row small">
        <Icon name="arrow-right" size="small" tone="muted" />
        <span className="truncate">
          <span className="strong">{destination.name}</span>{' '}
          <span className="muted">{placePath(index, destination.id).join(' · ')}</span>
        </span>
        <span className="grow" />
        <button type="button" className="link small" onClick={onOther}>
          {recovery.changeWhere}
        </button>
      </p>
      <div className="recovery-two">
        <ChoiceField
          label={migration.host}
          icon={<Icon name="host" />}
          choices={
            destination.kind === 'host'
              ? hosts.map((one) => hostChoice(one, messages))
              : [left, ...hosts.map((one) => hostChoice(one, messages))]
          }
          value={destination.kind === 'host' ? destination.id : (host ?? platform)}
          onChange={(value) =>
            destination.kind !== 'host' && onChange({ ...target, host: chosen(value), datastore: null })
          }
        />
        <ChoiceField
          label={migration.datastore}
          icon={<Icon name="datastore" />}
          choices={[left, ...stores.map((choice) => datastoreChoice(choice, messages))]}
          value={datastore ?? platform}
          onChange={(value) => onChange({ ...target, datastore: chosen(value) })}
        />
        {asked.map((adapter) => (
          <ChoiceField
            key={adapter.key}
            label={migration.networkOf(vm.name, adapter.label)}
            icon={<Icon name="network" />}
            choices={networks.map(({ network }) => ({ value: network.id, text: network.name }))}
            placeholder={migration.chooseNetwork}
            value={target.networkMap[adapter.key] ?? null}
            onChange={(value) =>
              onChange({ ...target, networkMap: { ...target.networkMap, [adapter.key]: asEntityId(value) } })
            }
          />
        ))}
      </div>
    </div>
  );
};
