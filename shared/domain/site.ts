import type { WireError } from '../errors/app-error.ts';
import type { SiteId } from './ids.ts';
import type { SiteKind } from './platform.ts';

/** A management server the console knows: a vCenter, an ESXi host, an SCVMM server or a lab. Holds no secret. */
export interface Site {
  readonly id: SiteId;
  readonly name: string;
  readonly kind: SiteKind;
  /** Host name or IP address, without scheme and port. Empty for a lab. */
  readonly address: string;
  /** TCP port; 443 unless told otherwise. */
  readonly port: number;
  readonly userName: string;
  /** SHA-256 of the server's leaf certificate the user accepted, as `AA:BB:…`; null before the first contact. */
  readonly pinnedCertificate: string | null;
}

/** A server certificate as shown to a person before it is pinned. */
export interface CertificateInfo {
  readonly subject: string;
  readonly issuer: string;
  /** SHA-256 of the DER form, `AA:BB:…`, 32 bytes. */
  readonly fingerprintSha256: string;
  /** SHA-1 of the DER form, `AA:BB:…`; vCenter wants it for moves between vCenters. */
  readonly fingerprintSha1: string;
  /** ms since 1970. */
  readonly validFrom: number;
  readonly validTo: number;
  readonly subjectAltNames: readonly string[];
  /** True when a certificate authority this machine trusts signed it for this name. */
  readonly trusted: boolean;
}

/** What the server says of itself after log-in. */
export interface AboutPlatform {
  /** For example `VMware vCenter Server` or `System Center Virtual Machine Manager`. */
  readonly product: string;
  /** For example `8.0.3`. */
  readonly version: string;
  /** Tells two servers apart whatever their address. */
  readonly instanceId: string;
}

export type SiteConnection =
  | { readonly kind: 'offline' }
  | { readonly kind: 'connecting' }
  /** Logged in; the first sync is under way. `total` is null until the server told it. */
  | { readonly kind: 'syncing'; readonly loaded: number; readonly total: number | null }
  | { readonly kind: 'connected'; readonly since: number }
  /** Not connected because of `error`; `retryAt` (ms since 1970) when the console tries again by itself, else null. */
  | { readonly kind: 'failed'; readonly error: WireError; readonly retryAt: number | null };

/** A site with its present state, as lists and chips show it. */
export interface SiteStatus {
  readonly site: Site;
  readonly connection: SiteConnection;
  readonly about: AboutPlatform | null;
  /** When the cached inventory was last known to agree with the server, ms since 1970; null when never read. */
  readonly inventoryReadAt: number | null;
  readonly vmCount: number;
  /** True when a password for the site is at hand (keychain or this session), so connecting will not ask. */
  readonly passwordKnown: boolean;
}
