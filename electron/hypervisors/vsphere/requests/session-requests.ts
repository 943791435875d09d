import type { ManagedRef } from '../managed-ref.ts';
import { call, leaf, type SoapRequest } from './xml-writer.ts';

const serviceInstance: ManagedRef = { type: 'ServiceInstance', value: 'ServiceInstance' };

/** Needs no log-in. */
export const retrieveServiceContent = (): SoapRequest => call('RetrieveServiceContent', serviceInstance);

/** Cheap, and counts as activity. Needs a log-in. */
export const currentTime = (): SoapRequest => call('CurrentTime', serviceInstance);

export const login = (
  sessionManager: ManagedRef,
  credentials: { readonly userName: string; readonly password: string },
): SoapRequest =>
  call(
    'Login',
    sessionManager,
    leaf('userName', credentials.userName),
    leaf('password', credentials.password),
    // Faults are told in the server's words. One language, so that logs can be searched.
    leaf('locale', 'en_US'),
  );

export const logout = (sessionManager: ManagedRef): SoapRequest => call('Logout', sessionManager);
