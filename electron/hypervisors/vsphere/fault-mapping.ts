import { AppError } from '../../../shared/errors/app-error.ts';
import { nativeIdOfRef } from './managed-ref.ts';
import { localizedFault, VimFault } from './transport/soap-fault.ts';
import { at, listAt, refAt, textAt } from './xml/xml-values.ts';

/** What is known about the call that failed. */
export interface FaultContext {
  readonly address: string;
  /** The method, as the API reference names it. */
  readonly operation: string;
  /** Names of objects that people know, by native id. */
  readonly names?: Readonly<Record<string, string>>;
  /** Native id of the VM that is acted on. */
  readonly vm?: string;
  /** Native id of where it is to go. */
  readonly destination?: string;
}

/** A fault of the server in the words of the console. What already is an AppError stays. */
export const asAppError = (error: unknown, context: FaultContext): AppError => {
  if (error instanceof AppError) return error;
  if (error instanceof VimFault) return faultError(error, context);
  return new AppError('internal', { detail: error instanceof Error ? error.message : String(error) }, error);
};

const faultError = (fault: VimFault, context: FaultContext): AppError => {
  const { address, operation, names = {}, vm, destination } = context;
  const object = refAt(fault.detail, 'object') ?? refAt(fault.detail, 'obj');
  const id = object === undefined ? undefined : nativeIdOfRef(object);
  switch (fault.fault) {
    case 'NotAuthenticated':
      return new AppError('session-expired', { address }, fault);
    case 'NoPermission': {
      const privilege = textAt(fault.detail, 'privilegeId') ?? '';
      return new AppError('no-privilege', { privilege, object: (id && names[id]) ?? id ?? '' }, fault);
    }
    case 'ManagedObjectNotFound':
      if (id !== undefined && id === vm) return new AppError('vm-gone', { vmName: names[id] ?? id }, fault);
      if (id !== undefined && id === destination) {
        return new AppError('destination-gone', { name: names[id] ?? id }, fault);
      }
  }
  return new AppError('platform-fault', { fault: fault.fault, message: sentenceOf(fault), operation }, fault);
};

/** The server's sentence, with the particulars a migration fault carries beside it. */
export const sentenceOf = (fault: VimFault): string => {
  const details = listAt(fault.detail, 'faultMessage').map((each) => textAt(each, 'message') ?? '');
  const inner = at(fault.detail, 'fault') === undefined ? '' : sentenceOf(localizedFault(fault.detail));
  const cause = at(fault.detail, 'faultCause');
  const reason = cause === undefined ? '' : sentenceOf(localizedFault(cause));
  const sentences = [fault.sentence, ...details, inner, reason].map((sentence) => sentence.trim());
  return [...new Set(sentences.filter((sentence) => sentence !== ''))].join(' ') || fault.fault;
};
