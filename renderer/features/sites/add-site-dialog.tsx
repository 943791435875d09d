import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { AboutPlatform, CertificateInfo } from '../../../shared/domain/site.ts';
import { type ErrorCode, hasCode, toWire, type WireError } from '../../../shared/errors/app-error.ts';
import { call } from '../../api/call.ts';
import { DialogFrame } from '../../controls/dialog-frame.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { closeDialog } from '../../stores/dialogs.ts';
import { ErrorNote } from '../errors/error-note.tsx';
import { CertificateCard } from './certificate-card.tsx';
import { addRequest, emptySiteForm, problemFields, type SiteForm } from './site-form.ts';
import { SiteFormFields } from './site-form-fields.tsx';
import { useBusy } from './use-busy.ts';

type Step =
  | { readonly kind: 'form' }
  /** The server answered; its certificate is there to be judged. */
  | { readonly kind: 'certificate'; readonly certificate: CertificateInfo; readonly about: AboutPlatform | null };

/** Errors about what was typed: they send the person back to the fields. */
const aboutTheFields: readonly ErrorCode[] = ['login-refused', 'invalid-input', 'site-unreachable'];

/** Adds a site in two looks: what to reach, then whether that is really it. Nothing typed is lost on the way. */
export const AddSiteDialog = () => {
  const { sites, common } = useMessages();
  const [form, setForm] = useState<SiteForm>(emptySiteForm);
  const [tried, setTried] = useState(false);
  const [step, setStep] = useState<Step>({ kind: 'form' });
  const [failure, setFailure] = useState<{ readonly title: string; readonly error: WireError } | null>(null);
  const busy = useBusy();
  const address = form.address.trim();
  const addressField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);
  const failedWith = busy.what === null ? (failure?.error.code ?? null) : null;
  useEffect(() => {
    // What can be mended is under the fingers again.
    if (failedWith === 'login-refused') passwordField.current?.focus();
    else if (failedWith !== null) addressField.current?.focus();
  }, [failedWith]);

  const addNow = async (pinned: string | null, signal: AbortSignal) => {
    setFailure(null);
    try {
      await call('sites.add', addRequest(form, pinned), { signal });
      closeDialog();
    } catch (error) {
      setFailure({ title: sites.notAdded, error: toWire(error) });
      if (aboutTheFields.some((code) => hasCode(error, code))) setStep({ kind: 'form' });
    }
  };
  const add = (pinned: string) => busy.run(sites.loggingIn(address), (signal) => addNow(pinned, signal));

  const probe = () =>
    busy.run(sites.contacting(address), async (signal) => {
      setFailure(null);
      try {
        const { kind, port } = addRequest(form, null);
        const { certificate, about } = await call('sites.probe', { kind, address, port }, { signal });
        if (certificate === null) await addNow(null, signal);
        else setStep({ kind: 'certificate', certificate, about });
      } catch (error) {
        setFailure({ title: sites.notAdded, error: toWire(error) });
      }
    });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (busy.what !== null) return;
    setTried(true);
    if (problemFields(form).size === 0) probe();
  };

  return (
    <DialogFrame
      size="small"
      title={step.kind === 'form' ? sites.addSite : sites.certificateHeading(address)}
      onClose={() => {
        busy.stop();
        closeDialog();
      }}
      footer={
        <>
          <span className="grow muted small" aria-live="polite">
            {busy.what}
          </span>
          {busy.what !== null ? (
            <button type="button" key="stop" className="button button-large" ref={focusWhenShown} onClick={busy.stop}>
              {sites.stop}
            </button>
          ) : step.kind === 'form' ? (
            <button type="button" key="cancel" className="button button-large" onClick={closeDialog}>
              {common.cancel}
            </button>
          ) : (
            <button
              type="button"
              key="back"
              className="button button-large"
              ref={focusWhenShown}
              onClick={() => setStep({ kind: 'form' })}
            >
              {sites.back}
            </button>
          )}
          {step.kind === 'form' ? (
            <button
              type="submit"
              form="add-site"
              className="button button-primary button-large"
              disabled={busy.what !== null}
            >
              {sites.next}
            </button>
          ) : (
            <button
              type="button"
              className="button button-primary button-large"
              disabled={busy.what !== null}
              onClick={() => add(step.certificate.fingerprintSha256)}
            >
              {sites.acceptAndPin}
            </button>
          )}
        </>
      }
    >
      <div className="site-dialog">
        {failure !== null && failure.error.code !== 'cancelled' && (
          <ErrorNote title={failure.title} error={failure.error} />
        )}
        {step.kind === 'form' ? (
          <form id="add-site" className="site-form" onSubmit={submit} noValidate>
            <SiteFormFields
              form={form}
              problems={tried ? problemFields(form) : new Set()}
              disabled={busy.what !== null}
              onChange={setForm}
              addressField={addressField}
              passwordField={passwordField}
            />
          </form>
        ) : (
          <>
            <p>{sites.certificateLead}</p>
            {step.about !== null && (
              <p className="muted small">{sites.found(step.about.product, step.about.version)}</p>
            )}
            <CertificateCard certificate={step.certificate} />
          </>
        )}
      </div>
    </DialogFrame>
  );
};

/** The button that was pressed is gone or disabled; the way back takes its place, never the one that accepts. */
const focusWhenShown = (button: HTMLButtonElement | null): void => button?.focus();
