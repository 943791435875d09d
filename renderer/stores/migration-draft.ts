import { create } from 'zustand';
import type { EvacuationImage } from '../../shared/domain/evacuation.ts';
import type { Finding } from '../../shared/domain/finding.ts';
import { type EntityId, operationId } from '../../shared/domain/ids.ts';
import type { Destination, MigrationOperation } from '../../shared/domain/migration.ts';
import type { VirtualMachine } from '../../shared/domain/virtual-machine.ts';
import { toWire, type WireError } from '../../shared/errors/app-error.ts';
import { type ColdChoices, folderToBeginWith, usualColdChoices } from '../../shared/planning/cold-choices.ts';
import { checkKey, type MigrationDraft, newDraft, withCold } from '../../shared/planning/migration-draft.ts';
import { call } from '../api/call.ts';
import { openDialog, type RestorableImage } from './dialogs.ts';
import { lastUsedFolder, readFolders, rememberFolder, useFolders } from './folders.ts';
import { addTasks } from './tasks.ts';

export type FactsState =
  | { readonly kind: 'reading' }
  | { readonly kind: 'read' }
  | { readonly kind: 'failed'; readonly error: WireError };

export interface CheckState {
  readonly status: 'idle' | 'running' | 'done' | 'stopped' | 'failed';
  readonly error: WireError | null;
  /** Findings of the last check that came to its end, whatever choices it was about. */
  readonly findings: readonly Finding[];
  /** ms since 1970; null before the first one. */
  readonly checkedAt: number | null;
  /** Key of the operation those findings answer for, see `checkKey`. */
  readonly answersFor: string | null;
}

export type StartProgress =
  | { readonly kind: 'idle' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'failed'; readonly error: WireError };

interface DraftState {
  /** Null while no migration is being prepared. */
  readonly draft: MigrationDraft | null;
  /** The image of a restore alone; null for everything that begins with VMs of the inventory. */
  readonly image: RestorableImage | null;
  readonly facts: ReadonlyMap<EntityId, VirtualMachine>;
  readonly factsState: FactsState;
  readonly check: CheckState;
  readonly start: StartProgress;
  /** The warning whose reason is being typed, by its key, and the text so far. */
  readonly typing: { readonly finding: string; readonly text: string } | null;
}

const untouched: Omit<DraftState, 'draft'> = {
  image: null,
  facts: new Map(),
  factsState: { kind: 'reading' },
  check: { status: 'idle', error: null, findings: [], checkedAt: null, answersFor: null },
  start: { kind: 'idle' },
  typing: null,
};

export const useMigrationDraft = create<DraftState>(() => ({ draft: null, ...untouched }));

/** Ends with the draft: whatever still runs for it is cancelled in the main process too. */
let life = new AbortController();
let runningCheck = new AbortController();

const begin = (
  vms: readonly EntityId[],
  destination: Destination | null,
  cold: Partial<ColdChoices>,
  state: Partial<DraftState>,
): void => {
  closeDraft();
  life = new AbortController();
  const draft = newDraft(operationId(crypto.randomUUID()), vms, destination, { ...usualColdChoices, ...cold });
  useMigrationDraft.setState({ ...untouched, ...state, draft });
  void preselectFolder(life.signal);
};

/** Begins a draft and reads the full facts of its VMs. With the part `evacuate` it goes nowhere. */
export const openDraft = (
  vms: readonly EntityId[],
  destination: Destination | null,
  part: 'whole' | 'evacuate' = 'whole',
): void => {
  begin(vms, destination, { part }, {});
  void readFacts();
};

/** Begins the restore of an image: its VM is in no inventory, and all that is known of it is in the image. */
export const openRestore = (image: RestorableImage, destination: Destination | null): void => {
  const { folder, name, record } = image;
  // In an image a VM is in no pool, on no host, stopped, and no task holds it.
  const vm: VirtualMachine = { ...record.vm, host: null, pool: null, powerState: 'off', busyWith: null };
  begin(
    [vm.id],
    destination,
    { part: 'restore', folder, image: name },
    { image, facts: new Map([[vm.id, vm]]), factsState: { kind: 'read' } },
  );
};

/** Opens the dialog that restores this image, at its destination or one that is still to be chosen. */
export const beginRestore = (image: EvacuationImage, destination: Destination | null): void => {
  const { record } = image;
  if (record !== null) openDialog({ kind: 'restore', image: { ...image, record }, destination });
};

/** Measures the folders, and takes the obvious one unless the person was quicker. */
const preselectFolder = async (signal: AbortSignal): Promise<void> => {
  await readFolders();
  const { folders } = useFolders.getState();
  const { draft } = useMigrationDraft.getState();
  if (signal.aborted || folders === null || draft === null || draft.cold.folder !== null) return;
  useMigrationDraft.setState({ draft: withCold(draft, { folder: folderToBeginWith(folders, lastUsedFolder()) }) });
};

/** Forgets the draft and cancels what still runs for it. */
export const closeDraft = (): void => {
  runningCheck.abort();
  life.abort();
  useMigrationDraft.setState({ draft: null, ...untouched });
};

export const changeDraft = (change: (draft: MigrationDraft) => MigrationDraft): void =>
  useMigrationDraft.setState(({ draft }) => (draft === null ? {} : { draft: change(draft), start: { kind: 'idle' } }));

/** Opens the reason field of a warning, keeps what is typed in it, or closes it (null). */
export const typeReason = (typing: DraftState['typing']): void => useMigrationDraft.setState({ typing });

/** The contract answers for at most this many VMs at once. */
const factsPerCall = 2_000;

/** Reads the full facts of the draft's VMs (again). Never rejects: what went wrong is in the state. */
export const readFacts = async (): Promise<void> => {
  const { draft, image } = useMigrationDraft.getState();
  if (draft === null || image !== null) return;
  const { signal } = life;
  useMigrationDraft.setState({ factsState: { kind: 'reading' } });
  try {
    const facts = new Map<EntityId, VirtualMachine>();
    for (let from = 0; from < draft.vms.length; from += factsPerCall) {
      const ids = draft.vms.slice(from, from + factsPerCall);
      for (const { vm } of await call('inventory.facts', { ids }, { signal })) facts.set(vm.id, vm);
    }
    if (!signal.aborted) useMigrationDraft.setState({ facts, factsState: { kind: 'read' } });
  } catch (error) {
    if (!signal.aborted) useMigrationDraft.setState({ factsState: { kind: 'failed', error: toWire(error) } });
  }
};

const changeCheck = (part: Partial<CheckState>): void =>
  useMigrationDraft.setState(({ check }) => ({ check: { ...check, ...part } }));

/**
 * Checks the operation; a check that still runs for other choices is cancelled. Former findings stay until the new ones
 * are there. With null there is nothing to check. Never rejects: what went wrong is in the state.
 */
export const checkOperation = async (operation: MigrationOperation | null): Promise<void> => {
  runningCheck.abort();
  if (operation === null) {
    changeCheck({ status: 'idle', error: null, findings: [], checkedAt: null, answersFor: null });
    return;
  }
  const mine = new AbortController();
  runningCheck = mine;
  changeCheck({ status: 'running', error: null });
  try {
    const { findings, checkedAt } = await call('migration.check', { operation }, { signal: mine.signal });
    if (runningCheck !== mine || mine.signal.aborted) return;
    changeCheck({ status: 'done', findings, checkedAt, answersFor: checkKey(operation) });
  } catch (error) {
    if (runningCheck !== mine || mine.signal.aborted) return;
    changeCheck({ status: 'failed', error: toWire(error) });
  }
};

/** Stops the check that runs; what it had answered for stays. */
export const stopCheck = (): void => {
  if (useMigrationDraft.getState().check.status !== 'running') return;
  runningCheck.abort();
  changeCheck({ status: 'stopped' });
};

/** Starts the operation. True when its tasks are in the log; else the reason is in the state and the draft stays. */
export const startOperation = async (operation: MigrationOperation): Promise<boolean> => {
  if (useMigrationDraft.getState().start.kind === 'starting') return false;
  useMigrationDraft.setState({ start: { kind: 'starting' } });
  try {
    addTasks(await call('migration.start', { operation }));
    const folder = operation.moves.find((move) => move.evacuation !== undefined)?.evacuation?.folder;
    if (folder !== undefined) rememberFolder(folder);
    useMigrationDraft.setState({ start: { kind: 'idle' } });
    return true;
  } catch (error) {
    useMigrationDraft.setState({ start: { kind: 'failed', error: toWire(error) } });
    return false;
  }
};
