import { type FormEvent, useState } from 'react';
import { toWire, type WireError } from '../../../shared/errors/app-error.ts';
import { TextField } from '../../controls/text-field.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { addFolder, chooseFolder } from '../../stores/folders.ts';
import { ErrorNote } from '../errors/error-note.tsx';
import './folders.css';

const bytesPerGigabyte = 1024 ** 3;
const mostGigabytes = 1_000_000;

/** Bytes of a floor as it was typed, GB; null leaves it to the console, undefined when it is no number. */
const floorBytesOf = (typed: string): number | null | undefined => {
  const text = typed.trim();
  if (text === '') return null;
  const gigabytes = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  return gigabytes <= mostGigabytes ? Math.round(gigabytes * bytesPerGigabyte) : undefined;
};

export interface AddFolderProps {
  /** It is set up now. */
  readonly onAdded: (path: string) => void;
  readonly onCancel: () => void;
}

type Failure = { readonly what: 'choose' | 'add'; readonly error: WireError };

/** Sets up an evacuation image folder: picked in the system's own chooser, or typed, with the room that stays free. */
export const AddFolder = ({ onAdded, onCancel }: AddFolderProps) => {
  const { coldMigration: words, common } = useMessages();
  const [path, setPath] = useState('');
  const [floor, setFloor] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const floorBytes = floorBytesOf(floor);
  const ready = path.trim() !== '' && floorBytes !== undefined && !busy;

  const attempt = async (what: Failure['what'], act: () => Promise<void>) => {
    setBusy(true);
    setFailure(null);
    try {
      await act();
    } catch (cause) {
      setFailure({ what, error: toWire(cause) });
    } finally {
      setBusy(false);
    }
  };
  const browse = () =>
    attempt('choose', async () => {
      const chosen = await chooseFolder();
      if (chosen !== null) setPath(chosen);
    });
  const add = () =>
    attempt('add', async () => {
      if (floorBytes !== undefined) onAdded(await addFolder(path.trim(), floorBytes));
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // Enter in a field adds the folder, and never more than that.
    event.stopPropagation();
    if (ready) void add();
  };
  return (
    <form className="add-folder" onSubmit={submit} aria-label={words.addFolder}>
      {failure !== null && (
        <ErrorNote title={failure.what === 'add' ? words.notAdded : words.notChosen} error={failure.error} />
      )}
      <div className="add-folder-fields">
        <TextField label={words.path} hint={words.pathHint} value={path} onChange={setPath} fieldRef={focusOnce} />
        <button type="button" className="button add-folder-browse" disabled={busy} onClick={() => void browse()}>
          {words.browse}
        </button>
        <TextField
          label={words.floor}
          hint={words.floorHint}
          problem={floorBytes === undefined ? words.noFloor : null}
          value={floor}
          onChange={setFloor}
        />
      </div>
      <div className="add-folder-acts">
        <button type="submit" className="button" disabled={!ready}>
          {words.add}
        </button>
        <button type="button" className="button button-subtle" onClick={onCancel}>
          {common.cancel}
        </button>
        <span className="small muted" aria-live="polite">
          {busy && words.adding}
        </span>
      </div>
    </form>
  );
};

/** The person just asked for it, so its first field takes the focus when it appears. */
const focusOnce = (field: HTMLInputElement | null): void => field?.focus();
