import type { ManagedRef } from '../managed-ref.ts';
import { call, element, leaf, type SoapRequest, typed } from './xml-writer.ts';

/** Begins an export: returns a lease. */
export const exportVm = (vm: ManagedRef): SoapRequest => call('ExportVm', vm);

export const leaseProgress = (lease: ManagedRef, percent: number): SoapRequest =>
  call('HttpNfcLeaseProgress', lease, leaf('percent', percent));

export const leaseManifest = (lease: ManagedRef): SoapRequest => call('HttpNfcLeaseGetManifest', lease);

export const completeLease = (lease: ManagedRef): SoapRequest => call('HttpNfcLeaseComplete', lease);

/** With the reason the server's own task list is to show. */
export const abortLease = (lease: ManagedRef): SoapRequest =>
  call('HttpNfcLeaseAbort', lease, element('fault', typed('fault', 'RequestCanceled'), leaf('localizedMessage', '')));
