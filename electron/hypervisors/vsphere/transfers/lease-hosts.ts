import { X509Certificate } from 'node:crypto';
import type { Agent } from 'node:https';
import type { Site } from '../../../../shared/domain/site.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { RemoteFile } from '../transport/file-transfer.ts';
import { createPinnedAgent } from '../transport/pinned-agent.ts';
import type { CertificatePolicy } from '../transport/pinned-connection.ts';
import type { LeaseFile } from './lease-info.ts';

/** The hosts a lease's files lie on, which may be others than the server. */
export interface LeaseHosts {
  /** @throws `unexpected-answer` for an address that is none */
  remote(file: LeaseFile): RemoteFile;
  /** Closes all connections. */
  close(): void;
}

/**
 * Connections of their own, because files would take the server's away from its calls. A host is known by the
 * certificate the server tells of it, over a connection that is pinned itself.
 */
export const openLeaseHosts = (
  site: Site,
  options: { readonly connectTimeoutMs: number; readonly cookie: () => string },
): LeaseHosts => {
  const agents = new Map<string, Agent>();
  const agentFor = (place: string, pinning: RemoteFile['pinning']): Agent => {
    const key = `${place} ${JSON.stringify(pinning)}`;
    const agent = agents.get(key) ?? createPinnedAgent(pinning);
    agents.set(key, agent);
    return agent;
  };
  return {
    remote: (file) => {
      const { host, port, path } = addressOf(file, site);
      const own = host === site.address && port === site.port;
      const pinning = { policy: policyFor(file, own ? site : null), connectTimeoutMs: options.connectTimeoutMs };
      const agent = agentFor(`${host}:${port}`, pinning);
      return { agent, pinning, host, port, path, cookie: own ? options.cookie() : null };
    },
    close: () => {
      for (const agent of agents.values()) agent.destroy();
      agents.clear();
    },
  };
};

/** An asterisk in the place of the host stands for the server that was asked, however it was reached. */
const addressOf = ({ url }: LeaseFile, site: Site): { readonly host: string; readonly port: number; path: string } => {
  // Never the text itself, not even as the cause: it holds the ticket.
  const address = URL.canParse(url) ? new URL(url) : null;
  if (address === null || address.protocol !== 'https:') {
    const detail = address === null ? 'no address of a file' : `an address of a file with ${address.protocol}`;
    throw new AppError('unexpected-answer', { address: site.address, operation: 'HttpNfcLease', detail });
  }
  const path = `${address.pathname}${address.search}`;
  if (address.hostname === '*') return { host: site.address, port: site.port, path };
  const host = address.hostname.replace(/^\[(.*)\]$/, '$1');
  return { host, port: Number(address.port || 443), path };
};

/** @param own the site, where the host is its server itself */
const policyFor = ({ thumbprint, certificate }: LeaseFile, own: Site | null): CertificatePolicy => {
  const told = fingerprintOf(certificate) ?? (thumbprint === '' ? null : thumbprint);
  const pinned = own?.pinnedCertificate ?? null;
  if (own !== null && told === null && pinned === null) return { kind: 'trusted' };
  return { kind: 'told', fingerprints: [told, pinned].filter((each) => each !== null) };
};

const fingerprintOf = (pem: string): string | null => {
  try {
    return pem === '' ? null : new X509Certificate(pem).fingerprint256;
  } catch {
    // What cannot be read is as good as not told; the thumbprint is told as well.
    return null;
  }
};
