import { useEffect, useState } from 'react';
import type { Destination } from '../../../shared/domain/migration.ts';
import type { Messages } from '../../../shared/messages/catalog.ts';
import { withDestination } from '../../../shared/planning/migration-draft.ts';
import { DialogFrame } from '../../controls/dialog-frame.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { closeDialog, type DialogRequest, useDialogs } from '../../stores/dialogs.ts';
import { setTaskPanelOpen } from '../../stores/layout.ts';
import {
  changeDraft,
  checkOperation,
  closeDraft,
  openDraft,
  openRestore,
  startOperation,
  useMigrationDraft,
} from '../../stores/migration-draft.ts';
import { ErrorNote } from '../errors/error-note.tsx';
import { DestinationPicker } from './destination-picker.tsx';
import { MigrationChoices } from './migration-choices.tsx';
import { MigrationFacts } from './migration-facts.tsx';
import { Precautions } from './precautions.tsx';
import { DiscardFooter, StartFooter } from './start-footer.tsx';
import { type DraftView, useDraftView } from './use-draft-view.ts';
import { useFirstProblemFocus } from './use-first-problem-focus.ts';
import './migration.css';

/** The dialog between a drop, or the menu, and a migration. Nothing starts without it. */
export const MigrationDialog = () => {
  const request = useDialogs((state) => state.open);
  switch (request?.kind) {
    case 'migrate':
    case 'evacuate':
    case 'restore':
      return <Preparation request={request} />;
    default:
      return null;
  }
};

type PreparationRequest = Extract<DialogRequest, { readonly kind: 'migrate' | 'evacuate' | 'restore' }>;

const prepare = (request: PreparationRequest): void => {
  switch (request.kind) {
    case 'migrate':
      openDraft(request.vms, request.destination);
      break;
    case 'evacuate':
      openDraft(request.vms, null, 'evacuate');
      break;
    case 'restore':
      openRestore(request.image, request.destination);
      break;
    default: {
      const never: never = request;
      throw new RangeError(`no dialog prepares ${never}`);
    }
  }
};

const Preparation = ({ request }: { readonly request: PreparationRequest }) => {
  useEffect(() => {
    prepare(request);
    return closeDraft;
  }, [request]);
  const view = useDraftView();
  useCheck(view);
  return view === null ? null : <OpenDialog view={view} />;
};

/** Checks on opening and whenever a choice changes what the check would answer. */
const useCheck = (view: DraftView | null): void => {
  const key = view?.key ?? null;
  const [checked, setChecked] = useState<string | null>(null);
  const operation = view?.operation ?? null;
  useEffect(() => {
    if (key === checked) return;
    setChecked(key);
    void checkOperation(operation);
  }, [key, checked, operation]);
};

const OpenDialog = ({ view }: { readonly view: DraftView }) => {
  const messages = useMessages();
  const { migration } = messages;
  const start = useMigrationDraft((state) => state.start);
  const typing = useMigrationDraft((state) => state.typing);
  const [pickingOther, setPickingOther] = useState(false);
  const [leaving, setLeaving] = useState(false);
  useFirstProblemFocus(view);
  const { draft } = view;
  const goesNowhere = draft.cold.part === 'evacuate';
  const picking = !goesNowhere && (draft.destination === null || pickingOther);
  const hasWritten = draft.acknowledgements.length > 0 || (typing !== null && typing.text.trim() !== '');

  const close = () => {
    if (start.kind === 'starting') return;
    if (hasWritten && !leaving) setLeaving(true);
    else closeDialog();
  };
  const begin = async () => {
    if (view.operation === null || view.obstacles.length > 0) return;
    if (await startOperation(view.operation)) {
      setTaskPanelOpen(true);
      closeDialog();
      return;
    }
    // What stood in the way is news: the findings shown were older than that.
    void checkOperation(view.operation);
  };
  const pick = (destination: Destination) => {
    changeDraft((before) => withDestination(before, destination));
    setPickingOther(false);
  };

  return (
    <DialogFrame
      size="large"
      title={titleOf(view, messages)}
      facts={picking ? undefined : <MigrationFacts view={view} />}
      onClose={close}
      footer={
        leaving ? (
          <DiscardFooter onKeep={() => setLeaving(false)} onDiscard={closeDialog} />
        ) : (
          <StartFooter view={view} onCancel={close} onStart={() => void begin()} />
        )
      }
    >
      {start.kind === 'failed' && (
        <div className="migration-failed">
          <ErrorNote title={migration.notStarted} error={start.error} />
        </div>
      )}
      {picking ? (
        <DestinationPicker
          vms={view.vms}
          fromImage={draft.cold.part === 'restore'}
          chosen={draft.destination?.id ?? null}
          onPick={pick}
        />
      ) : (
        <div className="migration-columns">
          <MigrationChoices view={view} onOtherDestination={() => setPickingOther(true)} />
          <Precautions view={view} />
        </div>
      )}
    </DialogFrame>
  );
};

const titleOf = ({ draft, vms }: DraftView, { migration, coldMigration }: Messages): string => {
  const names = vms.map((vm) => vm.name);
  const destination = draft.destination?.name ?? null;
  switch (draft.cold.part) {
    case 'whole':
      return migration.title(names, destination);
    case 'evacuate':
      return coldMigration.evacuateTitle(names);
    case 'restore':
      return coldMigration.restoreTitle(names[0] ?? '', destination);
    default: {
      const never: never = draft.cold.part;
      return never;
    }
  }
};
