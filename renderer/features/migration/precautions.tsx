import { useState } from 'react';
import type { Finding } from '../../../shared/domain/finding.ts';
import { isOpenWarning } from '../../../shared/planning/acknowledgement.ts';
import { countFindings, findingsByVm } from '../../../shared/planning/findings-by-vm.ts';
import { exclude } from '../../../shared/planning/migration-draft.ts';
import { Icon } from '../../icons/icon.tsx';
import { useAge } from '../../messages/use-age.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { changeDraft, checkOperation, readFacts, stopCheck, useMigrationDraft } from '../../stores/migration-draft.ts';
import { ErrorNote } from '../errors/error-note.tsx';
import { FindingCounts } from '../findings/finding-counts.tsx';
import { checkId, precautionsId } from './focus-obstacle.ts';
import { NotIncluded } from './not-included.tsx';
import type { DraftView } from './use-draft-view.ts';
import { VmPrecautions } from './vm-precautions.tsx';

const groupsAtOnce = 30;
/** More VMs without any precaution than this are only counted. */
const clearAtMost = 5;

const CheckedAge = ({ at }: { readonly at: number }) => {
  const age = useAge(at);
  return <>{useMessages().migration.checkedAge(age)}</>;
};

/** Whether what is shown answers for the present choices, and since when. */
const CheckLine = ({ view }: { readonly view: DraftView }) => {
  const { migration } = useMessages();
  const checkedAt = useMigrationDraft((state) => state.check.checkedAt);
  if (view.key === null) return null;
  switch (view.standing) {
    case 'running':
      return (
        <p className="small muted check-line" aria-live="polite">
          {checkedAt === null ? migration.checking : migration.olderFindings}{' '}
          <button type="button" className="link small" onClick={stopCheck}>
            {migration.stopCheck}
          </button>
        </p>
      );
    case 'stopped':
      return (
        <p className="small tone-warn check-line" aria-live="polite">
          {migration.checkStopped}
        </p>
      );
    case 'failed':
      return null;
    case 'fresh':
      return <p className="small muted check-line">{checkedAt !== null && <CheckedAge at={checkedAt} />}</p>;
    default: {
      const never: never = view.standing;
      return never;
    }
  }
};

/** Leaves out at once what cannot go, where that is more than a click or two. */
const ExcludeBlocked = ({ view }: { readonly view: DraftView }) => {
  const { migration } = useMessages();
  const blocked = new Set(
    view.findings.flatMap(({ severity, vm }) => (severity === 'blocker' && vm !== null ? [vm] : [])),
  );
  if (blocked.size < 2) return null;
  const leaveOut = () => {
    document.getElementById(precautionsId)?.focus();
    changeDraft((draft) => [...blocked].reduce(exclude, draft));
  };
  return (
    <button type="button" className="link small" onClick={leaveOut}>
      {migration.excludeBlocked(blocked.size)}
    </button>
  );
};

/** Everything the rules and the platform say of this move, VM by VM, worst first. */
export const Precautions = ({ view }: { readonly view: DraftView }) => {
  const { migration } = useMessages();
  const check = useMigrationDraft((state) => state.check);
  const [onlyToDo, setOnlyToDo] = useState(false);
  const [groupLimit, setGroupLimit] = useState(groupsAtOnce);
  const isToDo = (finding: Finding): boolean =>
    finding.severity === 'blocker' || isOpenWarning(finding, view.draft.vms, view.draft.acknowledgements);
  const toDo = view.findings.filter(isToDo);
  const inPlay = [...view.blocked, ...view.included];
  const byId = new Map(inPlay.map((vm) => [vm.id, vm]));
  const groups = findingsByVm(view.findings, [...byId.keys()]).map((group) => ({
    vm: group.vm === null ? null : (byId.get(group.vm) ?? null),
    own: group.findings,
    shown: onlyToDo ? group.findings.filter(isToDo) : group.findings,
  }));
  const speaking = groups.filter((group) => group.shown.length > 0);
  const clear = onlyToDo ? [] : groups.filter((group) => group.own.length === 0);
  const visible = speaking.slice(0, groupLimit);
  const recheck = () => {
    void checkOperation(view.operation);
    void readFacts();
  };
  return (
    <section className="migration-precautions" aria-label={migration.precautions}>
      <header className="migration-heading">
        <h3 id={precautionsId} tabIndex={-1}>
          {migration.precautions}
        </h3>
        <FindingCounts counts={countFindings(view.findings)} />
        <span className="grow" />
        <fieldset className="segmented segmented-flat" aria-label={migration.precautions}>
          <button type="button" aria-pressed={onlyToDo} onClick={() => setOnlyToDo(true)}>
            {migration.toDo(toDo.length)}
          </button>
          <button type="button" aria-pressed={!onlyToDo} onClick={() => setOnlyToDo(false)}>
            {migration.all(view.findings.length)}
          </button>
        </fieldset>
        <button
          type="button"
          id={checkId}
          className="button button-subtle button-small"
          disabled={view.operation === null}
          onClick={recheck}
        >
          <Icon name="refresh" size="small" />
          {migration.checkAgain}
        </button>
      </header>
      <div className="row check-row">
        <CheckLine view={view} />
        <span className="grow" />
        <ExcludeBlocked view={view} />
      </div>
      {view.standing === 'failed' && check.error !== null && (
        <ErrorNote title={migration.checkFailed} error={check.error} onRetry={recheck} />
      )}
      <div className={view.standing === 'running' && check.checkedAt !== null ? 'precautions-old' : undefined}>
        {visible.map((group) => (
          <VmPrecautions
            key={group.vm?.id ?? 'operation'}
            view={view}
            vm={group.vm}
            own={group.own}
            shown={group.shown}
          />
        ))}
        {speaking.length > visible.length && (
          <button type="button" className="link small" onClick={() => setGroupLimit(groupLimit + groupsAtOnce)}>
            {migration.moreVms(speaking.length - visible.length)}
          </button>
        )}
        {onlyToDo && speaking.length === 0 && <p className="muted migration-nothing">{migration.nothingToDo}</p>}
        {clear.length > clearAtMost ? (
          <p className="note vm-precautions">
            <Icon name="check" {...(view.standing === 'fresh' ? { tone: 'ok' as const } : {})} />
            {migration.clearVms(clear.length)}
          </p>
        ) : (
          clear.map((group) => (
            <VmPrecautions key={group.vm?.id ?? 'operation'} view={view} vm={group.vm} own={[]} shown={[]} />
          ))
        )}
      </div>
      <NotIncluded view={view} />
    </section>
  );
};
