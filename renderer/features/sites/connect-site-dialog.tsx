import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { CertificateInfo, SiteStatus } from '../../../shared/domain/site.ts';
import { toWire, type WireError } from '../../../shared/errors/app-error.ts';
import { call } from '../../api/call.ts';
import { DialogFrame } from '../../controls/dialog-frame.tsx';
import { TextField } from '../../controls/text-field.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { closeDialog } from '../../stores/dialogs.ts';
import { ErrorNote } from '../errors/error-note.tsx';
import { ChangedCertificate } from './changed-certificate.tsx';
import { RememberPassword } from './remember-password.tsx';
import { useBusy } from './use-busy.ts';

/** The certificate an error asks the person to judge; null for any other error. */
const certificateOf = (error: WireError): CertificateInfo | null =>
  error.code === 'certificate-changed' || error.code === 'certificate-unknown' ? error.data.certificate : null;

const failureOf = ({ connection }: SiteStatus): WireError | null =>
  connection.kind === 'failed' ? connection.error : null;

/** What a known site needs before it connects: a look at its new certificate, or a password. */
export const ConnectSiteDialog = ({ status }: { readonly status: SiteStatus }) => {
  const { sites } = useMessages();
  const { site } = status;
  const known = failureOf(status);
  const [certificate, setCertificate] = useState(known === null ? null : certificateOf(known));
  const [error, setError] = useState(known);
  const [password, setPassword] = useState('');
  const [remember, setRemember] = useState(false);
  const busy = useBusy();
  const passwordField = useRef<HTMLInputElement>(null);
  const isIdle = busy.what === null;
  // How the site stands may be told a moment after the dialog was asked for because of it.
  const told = known === null ? '' : `${known.code} ${certificateOf(known)?.fingerprintSha256}`;
  const [seen, setSeen] = useState(told);
  if (isIdle && told !== seen) {
    setSeen(told);
    if (known !== null) {
      setCertificate(certificateOf(known));
      setError(known);
    }
  }
  useEffect(() => {
    // The button that was pressed is disabled meanwhile; after a failure the password is under the fingers again.
    if (isIdle && error !== null) passwordField.current?.focus();
  }, [isIdle, error]);

  /** With a password, or with the one at hand. The dialog stays open for whatever the person has to answer. */
  const connectNow = async (given: string | null, signal: AbortSignal) => {
    setError(null);
    try {
      const secret = given === null ? {} : { password: given, rememberPassword: remember };
      await call('sites.connect', { site: site.id, ...secret }, { signal });
      closeDialog();
    } catch (cause) {
      const wire = toWire(cause);
      setCertificate(certificateOf(wire));
      // That it needs a password is no news: the field for it is what the dialog shows.
      setError(wire.code === 'password-needed' || wire.code === 'cancelled' ? null : wire);
    }
  };
  const connect = (given: string) => busy.run(sites.loggingIn(site.address), (signal) => connectNow(given, signal));

  const accept = (fingerprint: string) =>
    busy.run(sites.contacting(site.address), async (signal) => {
      try {
        await call('sites.acceptCertificate', { site: site.id, fingerprint }, { signal });
      } catch (cause) {
        setError(toWire(cause));
        return;
      }
      setCertificate(null);
      await connectNow(password === '' ? null : password, signal);
    });

  const close = () => {
    busy.stop();
    closeDialog();
  };

  if (certificate !== null) {
    return (
      <ChangedCertificate
        key={certificate.fingerprintSha256}
        status={status}
        certificate={certificate}
        error={error !== null && certificateOf(error) === null ? error : null}
        busy={busy.what}
        onAccept={accept}
        onClose={close}
      />
    );
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (password !== '' && busy.what === null) connect(password);
  };
  const shown = error !== null && error.code !== 'password-needed' ? error : null;
  return (
    <DialogFrame
      size="small"
      title={sites.connectTo(site.name)}
      onClose={close}
      footer={
        <>
          <span className="grow muted small" aria-live="polite">
            {busy.what}
          </span>
          <CancelButton stop={busy.what === null ? null : busy.stop} onClose={close} />
          <button
            type="submit"
            form="connect-site"
            className="button button-primary button-large"
            disabled={password === '' || busy.what !== null}
          >
            {sites.connect}
          </button>
        </>
      }
    >
      <div className="site-dialog">
        {shown !== null && <ErrorNote title={sites.notConnected(site.name)} error={shown} />}
        <form id="connect-site" className="site-form" onSubmit={submit}>
          <TextField
            label={sites.passwordFor(site.userName, site.address)}
            type="password"
            value={password}
            disabled={busy.what !== null}
            initialFocus
            fieldRef={passwordField}
            onChange={setPassword}
          />
          <RememberPassword checked={remember} disabled={busy.what !== null} onChange={setRemember} />
        </form>
      </div>
    </DialogFrame>
  );
};

interface CancelButtonProps {
  readonly stop: (() => void) | null;
  readonly onClose: () => void;
}

const CancelButton = ({ stop, onClose }: CancelButtonProps) => {
  const { sites, common } = useMessages();
  return (
    <button type="button" className="button button-large" onClick={stop ?? onClose}>
      {stop === null ? common.cancel : sites.stop}
    </button>
  );
};
