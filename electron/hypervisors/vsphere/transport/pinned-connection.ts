import { isIP } from 'node:net';
import * as tls from 'node:tls';
import type { CertificateInfo } from '../../../../shared/domain/site.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { certificateOf } from './certificate-info.ts';

/**
 * Which certificate a server may show. `any`: for a first look, before anything secret is sent. `told`: one of those a
 * server that is known already told of another, by their SHA-1 or SHA-256 fingerprints; with none, no certificate.
 */
export type CertificatePolicy =
  | { readonly kind: 'pinned'; readonly fingerprintSha256: string }
  | { readonly kind: 'told'; readonly fingerprints: readonly string[] }
  | { readonly kind: 'trusted' }
  | { readonly kind: 'any' };

export interface PinnedConnectionOptions {
  readonly host: string;
  readonly port: number;
  readonly policy: CertificatePolicy;
  readonly connectTimeoutMs: number;
  readonly onCertificate?: (certificate: CertificateInfo) => void;
  /** Takes what arrives, out of memory that is used again for what arrives next; false: hold it back until resumed. */
  readonly onBytes?: (bytes: Buffer) => boolean;
}

export interface PinnedConnection {
  readonly socket: tls.TLSSocket;
  /**
   * Resolves when the server's certificate has passed the policy, and nothing may be sent before: so no byte of a
   * request, and no password, ever gets to a server that failed it.
   * @throws `certificate-unknown`, `certificate-changed`, or the socket's own error; then the socket is gone
   */
  readonly ready: Promise<void>;
}

/** As much as a socket is read at once. */
const readBytes = 64 * 1024;

export const connectPinned = (options: PinnedConnectionOptions): PinnedConnection => {
  const { host, port, policy, connectTimeoutMs, onCertificate, onBytes } = options;
  const memory = onBytes === undefined ? null : Buffer.allocUnsafeSlow(readBytes);
  const socket = tls.connect({
    host,
    port,
    // An address is no name to ask for, and asking for one is an error.
    ...(isIP(host) === 0 ? { servername: host } : {}),
    // Checked below, so that the certificate can be shown to a person when it fails.
    rejectUnauthorized: false,
    secureContext: trusting(),
    ALPNProtocols: ['http/1.1'],
    ...(memory === null
      ? {}
      : { onread: { buffer: memory, callback: (bytes: number) => onBytes?.(memory.subarray(0, bytes)) ?? true } }),
  });
  const ready = new Promise<void>((resolve, reject) => {
    const giveUp = setTimeout(() => {
      socket.destroy(Object.assign(new Error('no TLS connection in time'), { code: 'ETIMEDOUT' }));
    }, connectTimeoutMs);
    let answered = false;
    const answer = (error: Error | null): void => {
      if (answered) return;
      answered = true;
      clearTimeout(giveUp);
      socket.removeListener('error', answer);
      socket.removeListener('close', closed);
      if (error === null) resolve();
      else {
        socket.on('error', () => undefined);
        socket.destroy();
        reject(error);
      }
    };
    const closed = (): void =>
      answer(Object.assign(new Error('closed during the TLS handshake'), { code: 'ECONNRESET' }));
    socket.on('error', answer);
    socket.on('close', closed);
    socket.once('secureConnect', () => {
      const certificate = certificateOf(socket);
      if (certificate === null) return answer(new Error('the server shows no certificate'));
      onCertificate?.(certificate);
      answer(objection(policy, certificate, host));
    });
  });
  return { socket, ready };
};

const objection = (policy: CertificatePolicy, certificate: CertificateInfo, address: string): AppError | null => {
  switch (policy.kind) {
    case 'any':
      return null;
    case 'trusted':
      return certificate.trusted ? null : new AppError('certificate-unknown', { address, certificate });
    case 'pinned': {
      const pinned = policy.fingerprintSha256;
      const same = pinned.toUpperCase() === certificate.fingerprintSha256.toUpperCase();
      return same ? null : new AppError('certificate-changed', { address, pinned, certificate });
    }
    case 'told': {
      const shown = [certificate.fingerprintSha256, certificate.fingerprintSha1];
      const [pinned] = policy.fingerprints;
      if (pinned === undefined) return new AppError('certificate-unknown', { address, certificate });
      const same = policy.fingerprints.some((told) => shown.some((one) => one.toUpperCase() === told.toUpperCase()));
      return same ? null : new AppError('certificate-changed', { address, pinned, certificate });
    }
    default:
      return policy satisfies never;
  }
};

let context: tls.SecureContext | undefined;

/** Made once: to read all these certificates takes longer than to connect. */
const trusting = (): tls.SecureContext => {
  context ??= tls.createSecureContext({ ca: trustedAuthorities() });
  return context;
};

/** The authorities this program brings, and those of the operating system where the runtime can read them. */
const trustedAuthorities = (): string[] => {
  const authorities = [...new Set([...ofStore('default'), ...ofStore('system')])];
  return authorities.length > 0 ? authorities : [...tls.rootCertificates];
};

const ofStore = (store: 'default' | 'system'): readonly string[] => {
  try {
    // Newer runtimes only; older ones know the built-in authorities alone.
    return tls.getCACertificates?.(store) ?? [];
  } catch {
    return [];
  }
};
