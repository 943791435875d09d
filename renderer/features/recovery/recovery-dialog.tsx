import { useMemo, useState } from 'react';
import type { RecoveryAction, RestoreTarget } from '../../../shared/domain/evacuation.ts';
import { siteOf, type TaskId, taskLabel } from '../../../shared/domain/ids.ts';
import type { TaskView } from '../../../shared/domain/task.ts';
import { summaryOf } from '../../../shared/domain/virtual-machine.ts';
import { awaitsRecovery, deletionsOf } from '../../../shared/planning/recovery.ts';
import { DialogFrame } from '../../controls/dialog-frame.tsx';
import { Icon } from '../../icons/icon.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { closeDialog, useDialogs } from '../../stores/dialogs.ts';
import { useInventory } from '../../stores/inventory.ts';
import { useSites } from '../../stores/sites.ts';
import { ErrorNote } from '../errors/error-note.tsx';
import { DestinationPicker } from '../migration/destination-picker.tsx';
import { stateLook } from '../tasks/task-words.ts';
import { useTaskDetails } from '../tasks/use-task-details.ts';
import { ChoiceCards } from './choice-cards.tsx';
import { Holdings } from './holdings.tsx';
import { RecoveryFooter } from './recovery-footer.tsx';
import { adaptersWithoutNetwork, completeTarget, RestoreTargetFields } from './restore-target.tsx';
import { SiteOffline } from './site-offline.tsx';
import { type Assessment, useAssessment } from './use-assessment.ts';
import { useChoosing } from './use-choosing.ts';
import { useRecoveredVm } from './use-recovered-vm.ts';
import { WhatHappened } from './what-happened.tsx';
import './recovery.css';

/** How to go on with a cold migration that did not end by itself. Nothing happens before a person has chosen. */
export const RecoveryDialog = () => {
  const request = useDialogs((state) => state.open);
  return request?.kind === 'recover' ? <Reading key={request.task} task={request.task} /> : null;
};

const Reading = ({ task }: { readonly task: TaskId }) => {
  const { common, tasks } = useMessages();
  const { view, error, read } = useTaskDetails(task);
  if (view !== null) return <OpenRecovery view={view} />;
  return (
    <DialogFrame
      size="large"
      title={taskLabel(task)}
      onClose={closeDialog}
      footer={
        <>
          <span className="grow" />
          <button type="button" className="button button-large" onClick={closeDialog}>
            {common.close}
          </button>
        </>
      }
    >
      <div className="recovery-reading">
        {error === null ? (
          <p className="muted">{tasks.details.reading}</p>
        ) : (
          <ErrorNote title={tasks.details.failedToRead} error={error} onRetry={read} />
        )}
      </div>
    </DialogFrame>
  );
};

const OpenRecovery = ({ view }: { readonly view: TaskView }) => {
  const { recovery } = useMessages();
  const site = useSites((state) => state.sites.find((one) => one.site.id === siteOf(view.header.move.vm)));
  const isOnline = site?.connection.kind === 'connected' || site?.connection.kind === 'syncing';
  const assessment = useAssessment(view.header.id, isOnline);
  const { last, lookAgain } = assessment;
  const [wanted, setWanted] = useState<RecoveryAction | null>(null);
  const [target, setTarget] = useState<RestoreTarget | null>(null);
  const [picking, setPicking] = useState(false);
  const [asking, setAsking] = useState(false);
  const choosing = useChoosing(view.header.id, lookAgain);
  const { index } = useInventory((state) => state.latest);

  const isSafe = (action: RecoveryAction | null): boolean =>
    last?.options.some((option) => option.action === action && option.obstacle === null) === true;
  const chosen = isSafe(wanted) ? wanted : isSafe(last?.advised ?? null) ? (last?.advised ?? null) : null;
  const elsewhere = chosen === 'restore-elsewhere';
  const recovered = useRecoveredVm(view, elsewhere);
  const { vm } = recovered;
  const summaries = useMemo(() => (vm === null ? [] : [summaryOf(vm)]), [vm]);
  const lacks = !elsewhere
    ? null
    : target === null || vm === null
      ? 'place'
      : adaptersWithoutNetwork(target, vm, index).length > 0
        ? 'network'
        : null;
  const deletions = last === null || chosen === null ? [] : deletionsOf(chosen, last.facts, view);
  const waits = awaitsRecovery(view);

  const close = () => {
    if (!choosing.busy) closeDialog();
  };
  const begin = () => {
    if (chosen === null || lacks !== null) return;
    const to = elsewhere && target !== null && vm !== null ? completeTarget(target, vm, index) : undefined;
    setAsking(false);
    void choosing.choose({ action: chosen, ...(to === undefined ? {} : { to }) });
  };

  return (
    <DialogFrame
      size="large"
      title={recovery.title(view.header.move.vmName)}
      facts={<Facts view={view} />}
      onClose={close}
      footer={
        <RecoveryFooter
          vmName={view.header.move.vmName}
          chosen={waits ? chosen : null}
          deletions={deletions}
          lacks={lacks}
          busy={choosing.busy || assessment.looking}
          choosing={choosing.busy}
          picking={picking}
          asking={asking}
          noneSafe={waits && last !== null && chosen === null && last.advised === null}
          onBack={() => {
            setPicking(false);
            setAsking(false);
          }}
          onClose={close}
          onAsk={() => (deletions.length > 0 ? setAsking(true) : begin())}
          onBegin={begin}
        />
      }
    >
      {picking && vm !== null ? (
        <DestinationPicker
          fromImage
          vms={summaries}
          chosen={target?.destination.id ?? null}
          onPick={(destination) => {
            setTarget({ destination, host: null, datastore: null, networkMap: {} });
            setPicking(false);
          }}
        />
      ) : (
        <div className="recovery">
          <Known assessment={assessment} view={view}>
            {site !== undefined && !isOnline && <SiteOffline status={site} />}
            {choosing.error !== null && <ErrorNote title={recovery.notChosen} error={choosing.error} />}
            {!waits && <NoLongerWaits view={view} />}
          </Known>
          <div className="recovery-columns">
            <WhatHappened view={view} />
            {waits && last !== null && (
              <ChoiceCards
                assessment={last}
                view={view}
                chosen={chosen}
                onChoose={setWanted}
                target={
                  target !== null && vm !== null ? (
                    <RestoreTargetFields
                      target={target}
                      vm={vm}
                      onChange={setTarget}
                      onOther={() => setPicking(true)}
                    />
                  ) : (
                    <>
                      {recovered.error !== null && <ErrorNote error={recovered.error} />}
                      <button
                        type="button"
                        className="button button-small recovery-where"
                        disabled={vm === null}
                        onClick={() => setPicking(true)}
                      >
                        {recovery.chooseWhere}
                      </button>
                    </>
                  )
                }
              />
            )}
          </div>
        </div>
      )}
    </DialogFrame>
  );
};

/** Task, way and state in a line under the title. */
const Facts = ({ view }: { readonly view: TaskView }) => {
  const { common, recovery } = useMessages();
  const { header, state } = view;
  const look = stateLook[state];
  return (
    <p className="recovery-facts">
      <span className="muted">{taskLabel(header.id)}</span>
      <span>{recovery.from(common.methods[header.move.method], header.originName, header.move.destination.name)}</span>
      <span className={`row tone-${look.tone ?? 'plain'}`}>
        <Icon name={look.icon} size="small" />
        {common.taskStates[state]}
      </span>
    </p>
  );
};

interface KnownProps {
  readonly assessment: Assessment;
  readonly view: TaskView;
  readonly children: React.ReactNode;
}

/** What is known of source, image and restored VM, and how fresh that is. */
const Known = ({ assessment: { last, looking, error, lookAgain }, view, children }: KnownProps) => {
  const { recovery } = useMessages();
  return (
    <div className="recovery-known">
      {children}
      {error !== null && !looking && <ErrorNote title={recovery.lookFailed} error={error} onRetry={lookAgain} />}
      {last !== null && <Holdings assessment={last} view={view} />}
      <p className="row small muted" aria-live="polite">
        {looking ? (
          <>
            <Icon name="running" size="small" />
            {recovery.looking}
          </>
        ) : (
          <button type="button" className="link small" onClick={lookAgain}>
            {recovery.lookAgain}
          </button>
        )}
      </p>
    </div>
  );
};

const NoLongerWaits = ({ view }: { readonly view: TaskView }) => {
  const { common, recovery } = useMessages();
  return (
    <p className="note">
      <Icon name="info" />
      {recovery.noLongerWaits(common.taskStates[view.state])}
    </p>
  );
};
