import type { ManagedRef } from '../managed-ref.ts';
import type { XmlValue } from '../xml/xml-node.ts';
import { asNumber, at, flagAt, listAt, numberAt, refAt, textAt } from '../xml/xml-values.ts';

/** What a lease is about, once it is ready (HttpNfcLeaseInfo). */
export interface LeaseInfo {
  readonly vm: ManagedRef;
  /** How long it lives without a sign of progress, ms. */
  readonly timeoutMs: number;
  readonly files: readonly LeaseFile[];
}

/** One file behind an address (HttpNfcLeaseDeviceUrl). */
export interface LeaseFile {
  readonly key: string;
  /** Of an import: the id its specification has for the file. */
  readonly importKey: string;
  /** Holds a ticket: whoever has it may read or write. */
  readonly url: string;
  /** SHA-1 of the certificate the host will show; empty where it is the server's own. */
  readonly thumbprint: string;
  /** The certificate itself, PEM, from newer servers. */
  readonly certificate: string;
  readonly disk: boolean;
  /** A name the server has for the file. For telling what it is, never for a path. */
  readonly targetId: string;
  readonly fileSize: number | null;
}

/** What servers give, for one that does not tell. */
const usualTimeoutSeconds = 300;

/** Null for what is none. */
export const leaseInfoOf = (info: XmlValue | undefined): LeaseInfo | null => {
  const vm = refAt(info, 'entity');
  if (vm === undefined) return null;
  return {
    vm,
    timeoutMs: (asNumber(at(info, 'leaseTimeout')) ?? usualTimeoutSeconds) * 1000,
    files: listAt(info, 'deviceUrl').map((file) => ({
      key: textAt(file, 'key') ?? '',
      importKey: textAt(file, 'importKey') ?? '',
      url: textAt(file, 'url') ?? '',
      thumbprint: textAt(file, 'sslThumbprint') ?? '',
      certificate: textAt(file, 'sslCertificate') ?? '',
      disk: flagAt(file, 'disk') ?? false,
      targetId: textAt(file, 'targetId') ?? '',
      fileSize: numberAt(file, 'fileSize') || null,
    })),
  };
};
