import type { DetailedPeerCertificate, PeerCertificate, TLSSocket } from 'node:tls';
import type { CertificateInfo } from '../../../../shared/domain/site.ts';

/** What a person needs to see of the certificate the other side showed; null when it showed none. */
export const certificateOf = (socket: TLSSocket): CertificateInfo | null => {
  const certificate = socket.getPeerCertificate();
  // Node answers with an empty object where there is none.
  if (!certificate?.fingerprint256) return null;
  return {
    subject: nameOf(certificate.subject),
    issuer: nameOf(certificate.issuer),
    fingerprintSha256: certificate.fingerprint256,
    fingerprintSha1: certificate.fingerprint,
    validFrom: Date.parse(certificate.valid_from),
    validTo: Date.parse(certificate.valid_to),
    subjectAltNames: altNamesOf(certificate),
    trusted: socket.authorized,
  };
};

const nameOf = (name: DetailedPeerCertificate['subject'] | undefined): string =>
  Object.entries(name ?? {})
    .map(([attribute, value]) => `${attribute}=${[value].flat().join('+')}`)
    .join(', ');

/** `DNS:vc.example.org, IP Address:10.0.0.5` -> the names alone. */
const altNamesOf = (certificate: PeerCertificate): readonly string[] =>
  (certificate.subjectaltname ?? '')
    .split(', ')
    .filter((entry) => entry.includes(':'))
    .map((entry) => entry.slice(entry.indexOf(':') + 1));
