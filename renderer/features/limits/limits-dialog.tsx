import { type FormEvent, useEffect, useId, useState } from 'react';
import { defaultLimits, type Limits, limitNames } from '../../../shared/domain/limits.ts';
import { toWire, type WireError } from '../../../shared/errors/app-error.ts';
import { mostAtATime } from '../../../shared/ipc/schemas/limits.ts';
import { DialogFrame } from '../../controls/dialog-frame.tsx';
import { TextField } from '../../controls/text-field.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { announce } from '../../stores/announcements.ts';
import { closeDialog, useDialogs } from '../../stores/dialogs.ts';
import { changeLimits, readLimits, useLimits } from '../../stores/limits.ts';
import { ErrorNote } from '../errors/error-note.tsx';
import './limits.css';

/** How much is done at the same time. */
export const LimitsDialog = () => {
  const request = useDialogs((state) => state.open);
  return request?.kind === 'limits' ? <LimitsNow /> : null;
};

/** The fields begin with what holds now, so they wait for it. */
const LimitsNow = () => {
  const { limits: words, common } = useMessages();
  const { limits, error } = useLimits();
  useEffect(() => {
    void readLimits();
  }, []);
  if (limits !== null) return <LimitsForm limits={limits} />;
  return (
    <DialogFrame
      size="small"
      title={words.title}
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
      <div className="limits">
        {error === null ? (
          <p className="muted">{words.reading}</p>
        ) : (
          <ErrorNote title={words.unread} error={error} onRetry={() => void readLimits()} />
        )}
      </div>
    </DialogFrame>
  );
};

type Typed = Readonly<Record<keyof Limits, string>>;

const typedOf = (limits: Limits): Typed => ({
  perHost: String(limits.perHost),
  perDatastore: String(limits.perDatastore),
  perFolder: String(limits.perFolder),
  filesPerVm: String(limits.filesPerVm),
});

/** Null for what is no limit. */
const limitOf = (text: string): number | null => {
  const limit = /^\d{1,4}$/.test(text.trim()) ? Number(text) : 0;
  return limit >= 1 && limit <= mostAtATime ? limit : null;
};

/** Null as long as one of them is no limit. */
const limitsOf = (typed: Typed): Limits | null => {
  const [perHost = null, perDatastore = null, perFolder = null, filesPerVm = null] = limitNames.map((name) =>
    limitOf(typed[name]),
  );
  return perHost === null || perDatastore === null || perFolder === null || filesPerVm === null
    ? null
    : { perHost, perDatastore, perFolder, filesPerVm };
};

const changesOf = (before: Limits, wanted: Limits): Partial<Limits> =>
  Object.fromEntries(limitNames.flatMap((name) => (wanted[name] === before[name] ? [] : [[name, wanted[name]]])));

const LimitsForm = ({ limits }: { readonly limits: Limits }) => {
  const { limits: words, common } = useMessages();
  const formId = useId();
  // What somebody else changes meanwhile is neither written over nor put into fields a person is typing in.
  const [before] = useState(limits);
  const [typed, setTyped] = useState(typedOf(before));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<WireError | null>(null);
  const wanted = limitsOf(typed);
  const problemOf = (text: string): string | null => {
    if (limitOf(text) !== null) return null;
    return text.trim() === '' ? words.missing(mostAtATime) : words.noLimit(text.trim(), mostAtATime);
  };
  const save = async () => {
    if (wanted === null || busy) return;
    setBusy(true);
    setError(null);
    try {
      await changeLimits(changesOf(before, wanted));
      announce(words.saved);
      closeDialog();
    } catch (cause) {
      setError(toWire(cause));
      setBusy(false);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save();
  };
  return (
    <DialogFrame
      size="small"
      title={words.title}
      onClose={closeDialog}
      footer={
        <>
          <button
            type="button"
            className="button button-subtle button-large"
            onClick={() => setTyped(typedOf(defaultLimits))}
          >
            {words.usual}
          </button>
          <span className="grow" />
          <button type="button" className="button button-large" onClick={closeDialog}>
            {common.cancel}
          </button>
          <button
            type="submit"
            form={formId}
            className="button button-primary button-large"
            aria-disabled={wanted === null || busy || undefined}
          >
            {busy ? words.saving : words.save}
          </button>
        </>
      }
    >
      <form id={formId} className="limits" onSubmit={submit} aria-label={words.title}>
        {error !== null && <ErrorNote title={words.notSaved} error={error} />}
        <p className="muted">{words.intro}</p>
        <div className="limits-fields">
          {limitNames.map((name) => (
            <TextField
              key={name}
              label={words.names[name]}
              hint={words.hints[name](defaultLimits[name])}
              problem={problemOf(typed[name])}
              value={typed[name]}
              onChange={(value) => setTyped((others) => ({ ...others, [name]: value }))}
            />
          ))}
        </div>
      </form>
    </DialogFrame>
  );
};
