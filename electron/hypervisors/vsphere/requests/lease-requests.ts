import type { ChecksumKind } from '../../transfer.ts';
import type { ManagedRef } from '../managed-ref.ts';
import { call, element, leaf, type SoapRequest, typed } from './xml-writer.ts';

/** Begins an export: returns a lease. */
export const exportVm = (vm: ManagedRef): SoapRequest => call('ExportVm', vm);

export const leaseProgress = (lease: ManagedRef, percent: number): SoapRequest =>
  call('HttpNfcLeaseProgress', lease, leaf('percent', percent));

export const leaseManifest = (lease: ManagedRef): SoapRequest => call('HttpNfcLeaseGetManifest', lease);

/** How files are to be counted from now on (since 6.7). @param keys of the lease's files */
export const setChecksumType = (lease: ManagedRef, keys: readonly string[], kind: ChecksumKind): SoapRequest =>
  call(
    'HttpNfcLeaseSetManifestChecksumType',
    lease,
    ...keys.map((key) => element('deviceUrlsToChecksumTypes', leaf('key', key), leaf('value', kind))),
  );

export const completeLease = (lease: ManagedRef): SoapRequest => call('HttpNfcLeaseComplete', lease);

/** With the reason the server's own task list is to show. */
export const abortLease = (lease: ManagedRef): SoapRequest =>
  call('HttpNfcLeaseAbort', lease, element('fault', typed('fault', 'RequestCanceled'), leaf('localizedMessage', '')));
