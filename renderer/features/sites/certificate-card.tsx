import type { CertificateInfo } from '../../../shared/domain/site.ts';
import { Icon } from '../../icons/icon.tsx';
import { now } from '../../messages/clock.ts';
import { useLanguage, useMessages } from '../../messages/use-messages.ts';

const bytesPerLine = 8;

/** `AA:BB:…` in lines of eight bytes, each byte apart, so that a person can compare them one by one. */
export const fingerprintLines = (fingerprint: string): readonly string[] => {
  const bytes = fingerprint.split(':');
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += bytesPerLine) lines.push(bytes.slice(at, at + bytesPerLine).join(' '));
  return lines;
};

export const Fingerprint = ({ fingerprint }: { readonly fingerprint: string }) => (
  <pre className="fingerprint monospace">{fingerprintLines(fingerprint).join('\n')}</pre>
);

const useDay = () => {
  const language = useLanguage();
  return (at: number): string =>
    new Intl.DateTimeFormat(language === 'ja' ? 'ja-JP' : 'en-GB', { dateStyle: 'medium' }).format(at);
};

/** A server certificate for a person to judge. */
export const CertificateCard = ({ certificate }: { readonly certificate: CertificateInfo }) => {
  const { sites } = useMessages();
  const day = useDay();
  const present = now();
  const problem =
    present > certificate.validTo ? sites.expired : present < certificate.validFrom ? sites.notYetValid : null;
  return (
    <div className="certificate">
      <dl className="certificate-lines">
        <dt>{sites.subject}</dt>
        <dd>{certificate.subject}</dd>
        <dt>{sites.issuer}</dt>
        <dd>{certificate.issuer}</dd>
        <dt>{sites.validity}</dt>
        <dd>
          {sites.validFromTo(day(certificate.validFrom), day(certificate.validTo))}
          {problem !== null && <span className="tone-bad strong"> {problem}</span>}
        </dd>
        {certificate.subjectAltNames.length > 0 && (
          <>
            <dt>{sites.names}</dt>
            <dd>{certificate.subjectAltNames.join(', ')}</dd>
          </>
        )}
        <dt>{sites.fingerprint}</dt>
        <dd>
          <Fingerprint fingerprint={certificate.fingerprintSha256} />
        </dd>
      </dl>
      <p className={`note${certificate.trusted ? ' note-ok' : ' note-warn'}`}>
        <Icon name={certificate.trusted ? 'shield' : 'warning'} tone={certificate.trusted ? 'ok' : 'warn'} />
        {certificate.trusted ? sites.certificateTrusted : sites.certificateUntrusted}
      </p>
    </div>
  );
};
