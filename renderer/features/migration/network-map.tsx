import { useState } from 'react';
import { asEntityId, type EntityId } from '../../../shared/domain/ids.ts';
import type { NetworkAdapter, VmSummary } from '../../../shared/domain/virtual-machine.ts';
import { type NetworkChoice, networkAtDestination } from '../../../shared/planning/destination-choices.ts';
import { withNetwork } from '../../../shared/planning/migration-draft.ts';
import { adaptersWithoutNetwork } from '../../../shared/planning/start-obstacles.ts';
import { type Choice, ChoiceField } from '../../controls/choice-field.tsx';
import { Icon } from '../../icons/icon.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { changeDraft, readFacts, useMigrationDraft } from '../../stores/migration-draft.ts';
import { ErrorNote } from '../errors/error-note.tsx';
import { networkId } from './focus-obstacle.ts';
import type { DraftView } from './use-draft-view.ts';

interface AdapterLine {
  readonly vm: VmSummary;
  readonly adapter: NetworkAdapter;
  readonly missing: boolean;
}

const isElsewhere = ({ adapter }: AdapterLine, view: DraftView): boolean =>
  networkAtDestination(adapter, undefined, view.networks).kind === 'missing';

const shownAtFirst = 12;
const shownPerStep = 40;

/** Adapters whose own network is not at the destination first, chosen or not, so that no line jumps away; else VM by VM. */
const linesOf = (view: DraftView): readonly AdapterLine[] =>
  view.included
    .flatMap((vm) => {
      const facts = view.facts.get(vm.id);
      if (facts === undefined) return [];
      const missing = new Set(adaptersWithoutNetwork(view.draft, facts, view.networks));
      return (facts.adapters ?? []).map((adapter) => ({ vm, adapter, missing: missing.has(adapter) }));
    })
    .toSorted((left, right) => Number(isElsewhere(right, view)) - Number(isElsewhere(left, view)));

interface MapRowProps extends AdapterLine {
  readonly networks: readonly NetworkChoice[];
  readonly hostCount: number;
  readonly chosen: EntityId | null;
  /** Other adapters on the same network that have none here either. */
  readonly alike: readonly AdapterLine[];
}

const MapRow = ({ vm, adapter, missing, networks, hostCount, chosen, alike }: MapRowProps) => {
  const { migration } = useMessages();
  const at = networkAtDestination(adapter, chosen ?? undefined, networks);
  const from = adapter.networkName ?? networks.find((one) => one.network.id === adapter.network)?.network.name;
  const choices: Choice[] = networks.map(({ network, hostCount: reached }) => ({
    value: network.id,
    text: network.name,
    note: reached < hostCount ? migration.onSomeHosts(reached, hostCount) : undefined,
  }));
  const choose = (network: EntityId, lines: readonly AdapterLine[]) =>
    changeDraft((draft) =>
      lines.reduce(
        (changed, line) =>
          withNetwork(changed, line.vm.id, line.adapter.key, network === line.adapter.network ? null : network),
        draft,
      ),
    );
  return (
    <>
      <div className="network-row">
        <span className="truncate">
          <span className="strong">{vm.name}</span> {adapter.label}
        </span>
        <span className="truncate" title={from}>
          {at.kind === 'none' ? migration.noAdapterNetwork : (from ?? migration.adapterNetworkUnknown)}
        </span>
        <Icon name="arrow-right" size="small" tone={missing ? 'bad' : 'muted'} />
        {at.kind === 'none' || at.kind === 'unknown' ? (
          <span className="muted">{at.kind === 'none' ? '' : migration.adapterNetworkUnknown}</span>
        ) : (
          <ChoiceField
            small
            labelHidden
            id={networkId(vm.id, adapter.key)}
            label={migration.networkOf(vm.name, adapter.label)}
            choices={choices}
            value={at.kind === 'missing' ? null : at.network}
            placeholder={migration.chooseNetwork}
            onChange={(value) => choose(asEntityId(value), [{ vm, adapter, missing }])}
          />
        )}
      </div>
      {chosen !== null && alike.length > 0 && (
        <button
          type="button"
          className="link small network-all"
          onClick={() => choose(chosen, [{ vm, adapter, missing }, ...alike])}
        >
          {migration.applyToAll(alike.length + 1, from ?? '')}
        </button>
      )}
    </>
  );
};

/** Which network each adapter has at the destination: its own where that exists, else a choice. */
export const NetworkMap = ({ view }: { readonly view: DraftView }) => {
  const { migration } = useMessages();
  const factsState = useMigrationDraft((state) => state.factsState);
  const [limit, setLimit] = useState(shownAtFirst);
  const lines = linesOf(view);
  const missing = lines.filter((line) => line.missing);
  const shown = lines.slice(0, limit);
  const waiting = factsState.kind === 'reading' && view.facts.size === 0;
  if (view.included.length === 0) return null;
  return (
    <section className="migration-section">
      <h3 className="migration-heading">
        {migration.networks}
        <span className="muted small">
          {lines.length > 0 && migration.adapters(lines.length)}
          {lines.length > 0 && ' · '}
          {lines.length > 0 &&
            (missing.length > 0 ? migration.withoutNetwork(missing.length) : migration.allNetworksHere)}
        </span>
      </h3>
      {factsState.kind === 'failed' && <ErrorNote error={factsState.error} onRetry={() => void readFacts()} />}
      {waiting && <p className="muted small">{migration.readingFacts}</p>}
      {factsState.kind === 'read' && lines.length === 0 && <p className="muted small">{migration.noAdapters}</p>}
      {shown.map((line) => (
        <MapRow
          key={`${line.vm.id} ${line.adapter.key}`}
          {...line}
          networks={view.networks}
          hostCount={view.hostsInQuestion.length}
          chosen={view.draft.networks.get(line.vm.id)?.[line.adapter.key] ?? null}
          alike={missing.filter(
            (other) => other.adapter !== line.adapter && other.adapter.network === line.adapter.network,
          )}
        />
      ))}
      {shown.length < lines.length && (
        <button type="button" className="link small" onClick={() => setLimit(limit + shownPerStep)}>
          {migration.moreAdapters(Math.min(shownPerStep, lines.length - shown.length))}
        </button>
      )}
    </section>
  );
};
