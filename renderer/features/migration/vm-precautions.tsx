import { useState } from 'react';
import type { Finding } from '../../../shared/domain/finding.ts';
import { type EntityId, siteOf } from '../../../shared/domain/ids.ts';
import type { VmSummary } from '../../../shared/domain/virtual-machine.ts';
import { size } from '../../../shared/messages/format.ts';
import { needsAcknowledgement } from '../../../shared/planning/acknowledgement.ts';
import { methodFor } from '../../../shared/planning/cold-choices.ts';
import { findingKey } from '../../../shared/planning/findings-by-vm.ts';
import { acknowledgementOf, exclude, withdrawAcknowledgement } from '../../../shared/planning/migration-draft.ts';
import { adaptersWithoutNetwork } from '../../../shared/planning/start-obstacles.ts';
import { Icon } from '../../icons/icon.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { changeDraft, checkOperation, typeReason } from '../../stores/migration-draft.ts';
import { FindingCard } from '../findings/finding-card.tsx';
import { FixAction } from '../findings/fix-action.tsx';
import { vmIcon } from '../inventory-tree/entity-icon.ts';
import { ReasonForm, useReasonText } from './acknowledge.tsx';
import { findingId, focusObstacle, precautionsId } from './focus-obstacle.ts';
import type { DraftView } from './use-draft-view.ts';
import { WaiveForm } from './waive-form.tsx';
import { WithdrawWaiver } from './withdraw-waiver.tsx';

interface OneProps {
  readonly view: DraftView;
  readonly finding: Finding;
}

const OnePrecaution = ({ view, finding }: OneProps) => {
  const { annotations, findings: words } = useMessages();
  const [accepting, setAccepting] = useState(false);
  const typed = useReasonText(finding);
  const given = acknowledgementOf(view.draft, finding);
  const asks = needsAcknowledgement(finding);
  const alike = view.findings.filter(
    (other) =>
      other.ruleId === finding.ruleId &&
      needsAcknowledgement(other) &&
      (other === finding || acknowledgementOf(view.draft, other) === null),
  );
  const recheck = () => {
    document.getElementById(precautionsId)?.focus();
    void checkOperation(view.operation);
  };
  const end =
    given !== null ? (
      <span className="acknowledged small tone-ok">
        <Icon name="success" size="small" />
        {words.acknowledged}
      </span>
    ) : asks && typed === null && !accepting ? (
      <>
        {finding.vm !== null && (
          <button type="button" className="button button-subtle button-small" onClick={() => setAccepting(true)}>
            {annotations.acts.accept}
          </button>
        )}
        <button
          type="button"
          className="button button-small"
          onClick={() => typeReason({ finding: findingKey(finding), text: '' })}
        >
          {words.acknowledgeOpen}
        </button>
      </>
    ) : null;
  /** The form goes; the warning it belonged to keeps the place of a person at the keyboard. */
  const leaveForm = () => {
    document.getElementById(findingId(finding))?.focus();
    setAccepting(false);
  };
  return (
    <FindingCard
      finding={finding}
      id={findingId(finding)}
      end={end}
      waiverEnd={<WithdrawWaiver finding={finding} onDone={recheck} />}
      rows={
        given !== null && (
          <>
            <dt>{words.acknowledged}</dt>
            <dd>
              {words.quoted(given.reason)}{' '}
              <button
                type="button"
                className="link small"
                onClick={() => changeDraft((draft) => withdrawAcknowledgement(draft, finding))}
              >
                {words.withdraw}
              </button>
            </dd>
          </>
        )
      }
    >
      {finding.ruleId === 'X8' && finding.vm !== null && <MapAdapter view={view} vm={finding.vm} />}
      {finding.vm !== null && <FixAction finding={finding} facts={view.facts.get(finding.vm)} onFixed={recheck} />}
      {asks && given === null && accepting && finding.vm !== null && (
        <WaiveForm
          subject={{ site: siteOf(finding.vm), vm: finding.vm, ruleId: finding.ruleId }}
          onDone={() => {
            setAccepting(false);
            recheck();
          }}
          onCancel={leaveForm}
        />
      )}
      {asks && given === null && typed !== null && <ReasonForm finding={finding} alike={alike} text={typed} />}
    </FindingCard>
  );
};

/** Leads to the field where the first adapter without a network gets one. */
const MapAdapter = ({ view, vm }: { readonly view: DraftView; readonly vm: EntityId }) => {
  const { migration } = useMessages();
  const facts = view.facts.get(vm);
  const adapter = facts === undefined ? undefined : adaptersWithoutNetwork(view.draft, facts, view.networks)[0];
  if (adapter === undefined) return null;
  return (
    <div className="finding-actions">
      <button
        type="button"
        className="button button-small"
        onClick={() => focusObstacle({ kind: 'network-missing', vm, adapter: adapter.key })}
      >
        <Icon name="network" size="small" />
        {migration.mapAdapter}
      </button>
    </div>
  );
};

export interface VmPrecautionsProps {
  readonly view: DraftView;
  /** Null: findings of the operation as a whole. */
  readonly vm: VmSummary | null;
  /** Those to show; the head counts all of {@link own}. */
  readonly shown: readonly Finding[];
  readonly own: readonly Finding[];
}

/** One VM with everything that is to be said of it. */
export const VmPrecautions = ({ view, vm, shown, own }: VmPrecautionsProps) => {
  const { migration } = useMessages();
  const warnings = own.filter(needsAcknowledgement);
  const done = warnings.filter((finding) => acknowledgementOf(view.draft, finding) !== null).length;
  const blocked = own.some((finding) => finding.severity === 'blocker');
  return (
    <section className={`vm-precautions${blocked ? ' vm-precautions-blocked' : ''}`}>
      <header className="vm-precautions-head">
        {vm === null ? <Icon name="migrate" /> : <Icon name={vmIcon(vm)} />}
        <h4 className="strong truncate">{vm?.name ?? migration.wholeOperation}</h4>
        {vm !== null && <VmFacts view={view} vm={vm} />}
        <span className="grow" />
        {blocked ? (
          <span className="badge badge-bad">
            <Icon name="blocker" />
            {migration.blocked}
          </span>
        ) : done === warnings.length && view.standing === 'fresh' ? (
          <span className="badge badge-ok">
            <Icon name="check" />
            {migration.ready}
          </span>
        ) : (
          warnings.length > 0 && <span className="small muted">{migration.acknowledgedOf(done, warnings.length)}</span>
        )}
        {vm !== null && view.draft.cold.part !== 'restore' && <ExcludeButton vm={vm} strong={blocked} />}
      </header>
      {shown.map((finding) => (
        <OnePrecaution key={findingKey(finding)} view={view} finding={finding} />
      ))}
    </section>
  );
};

const VmFacts = ({ view, vm }: { readonly view: DraftView; readonly vm: VmSummary }) => {
  const { common, tasks } = useMessages();
  const { draft } = view;
  const method = methodFor(vm, draft.destination, draft.cold);
  const state = method === null ? common.powerStates[vm.powerState] : tasks.short[method];
  return (
    <span className="muted truncate">
      {state} · {size(vm.diskBytes)}
    </span>
  );
};

const ExcludeButton = ({ vm, strong }: { readonly vm: VmSummary; readonly strong: boolean }) => {
  const { migration } = useMessages();
  const leaveOut = (id: EntityId) => {
    document.getElementById(precautionsId)?.focus();
    changeDraft((draft) => exclude(draft, id));
  };
  return (
    <button
      type="button"
      className={`button button-small${strong ? '' : ' button-subtle'}`}
      aria-label={migration.excludeVm(vm.name)}
      onClick={() => leaveOut(vm.id)}
    >
      {migration.exclude}
    </button>
  );
};
