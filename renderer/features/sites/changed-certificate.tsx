import { useState } from 'react';
import type { CertificateInfo, SiteStatus } from '../../../shared/domain/site.ts';
import type { WireError } from '../../../shared/errors/app-error.ts';
import { DialogFrame } from '../../controls/dialog-frame.tsx';
import { Icon } from '../../icons/icon.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { ErrorNote } from '../errors/error-note.tsx';
import { CertificateCard, Fingerprint } from './certificate-card.tsx';

export interface ChangedCertificateProps {
  readonly status: SiteStatus;
  readonly certificate: CertificateInfo;
  readonly error: WireError | null;
  /** What is going on, in words; null when nothing is. */
  readonly busy: string | null;
  readonly onAccept: (fingerprint: string) => void;
  readonly onClose: () => void;
}

/** The old and the new certificate. Keeping the old one is the default; taking the new one needs a word of the person. */
export const ChangedCertificate = ({
  status,
  certificate,
  error,
  busy,
  onAccept,
  onClose,
}: ChangedCertificateProps) => {
  const { sites } = useMessages();
  const [compared, setCompared] = useState(false);
  const { site } = status;
  const pinned = site.pinnedCertificate;
  return (
    <DialogFrame
      size="small"
      title={pinned === null ? sites.certificateHeading(site.address) : sites.changedHeading(site.name)}
      onClose={onClose}
      footer={
        <>
          <span className="grow muted small" aria-live="polite">
            {busy}
          </span>
          <button
            type="button"
            className="button button-large"
            disabled={!compared || busy !== null}
            onClick={() => onAccept(certificate.fingerprintSha256)}
          >
            {pinned === null ? sites.acceptAndPin : sites.acceptNew}
          </button>
          <button type="button" className="button button-primary button-large" data-initial-focus onClick={onClose}>
            {sites.keepOld}
          </button>
        </>
      }
    >
      <div className="site-dialog">
        {error !== null && <ErrorNote error={error} />}
        <p className="note note-warn">
          <Icon name="warning" tone="warn" />
          {pinned === null ? sites.certificateLead : sites.changedLead}
        </p>
        {pinned !== null && (
          <section>
            <h3 className="strong">{sites.pinnedCertificate}</h3>
            <Fingerprint fingerprint={pinned} />
          </section>
        )}
        <section>
          <h3 className="strong">{sites.newCertificate}</h3>
          <CertificateCard certificate={certificate} />
        </section>
        <label className="check-line-field">
          <input
            type="checkbox"
            checked={compared}
            disabled={busy !== null}
            onChange={(event) => setCompared(event.target.checked)}
          />
          {sites.iCompared}
        </label>
      </div>
    </DialogFrame>
  );
};
