import type { ManagedRef } from '../managed-ref.ts';
import { localizedFault } from '../transport/soap-fault.ts';
import type { XmlValue } from '../xml/xml-node.ts';
import { asRef, asText, at, listAt, refAt, textAt, typeOf } from '../xml/xml-values.ts';

/** News of one object: properties with their new values; null for a property that has none any more. */
export interface ObjectUpdate {
  readonly ref: ManagedRef;
  /** `enter` brings all properties there are. */
  readonly kind: 'enter' | 'modify' | 'leave';
  readonly properties: readonly (readonly [path: string, value: XmlValue | null])[];
}

export interface UpdateSet {
  /** To be named in the next question. Null when there is no news. */
  readonly version: string | null;
  /** More is waiting. */
  readonly truncated: boolean;
  readonly updates: readonly ObjectUpdate[];
}

export interface RetrievedObjects {
  /** Names the next page; null after the last. */
  readonly token: string | null;
  readonly updates: readonly ObjectUpdate[];
}

/** The session had ended when the server read properties: it answers all the same, with everything missing. */
export class NotAuthenticatedAnswer extends Error {}

/** @throws NotAuthenticatedAnswer */
export const readUpdateSet = (returnval: XmlValue | undefined): UpdateSet => ({
  version: textAt(returnval, 'version') ?? null,
  truncated: textAt(returnval, 'truncated') === 'true',
  updates: listAt(returnval, 'filterSet').flatMap((filter) => listAt(filter, 'objectSet').map(readObjectUpdate)),
});

const readObjectUpdate = (update: XmlValue): ObjectUpdate => {
  refuseUnauthenticated(update);
  const kind = textAt(update, 'kind');
  return {
    ref: refAt(update, 'obj') ?? { type: '', value: '' },
    kind: kind === 'enter' || kind === 'leave' ? kind : 'modify',
    properties: listAt(update, 'changeSet').map((change) => {
      const name = textAt(change, 'name') ?? '';
      const gone = textAt(change, 'op') === 'remove' || textAt(change, 'op') === 'indirectRemove';
      return [name, gone ? null : (at(change, 'val') ?? null)];
    }),
  };
};

/**
 * @param kind `enter` when all properties of the objects were asked for, `modify` when some were
 * @throws NotAuthenticatedAnswer
 */
export const readRetrieved = (returnval: XmlValue | undefined, kind: 'enter' | 'modify'): RetrievedObjects => ({
  token: textAt(returnval, 'token') ?? null,
  updates: listAt(returnval, 'objects').map((object) => {
    refuseUnauthenticated(object);
    return {
      ref: refAt(object, 'obj') ?? { type: '', value: '' },
      kind,
      properties: listAt(object, 'propSet').map(
        (property) => [textAt(property, 'name') ?? '', at(property, 'val') ?? null] as const,
      ),
    };
  }),
});

const refuseUnauthenticated = (object: XmlValue): void => {
  for (const missing of listAt(object, 'missingSet')) {
    if (typeOf(at(missing, 'fault', 'fault')) === 'NotAuthenticated') {
      throw new NotAuthenticatedAnswer(localizedFault(at(missing, 'fault')).message);
    }
  }
};

/** The part of a SOAP envelope that a method returned. */
export const returnvalOf = (envelope: XmlValue, method: string): XmlValue | undefined =>
  at(envelope, 'Body', `${method}Response`, 'returnval');

/** How many objects a list of references names, by their types. */
export const countByType = (references: readonly XmlValue[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const reference of references) {
    const type = asRef(reference)?.type ?? asText(reference) ?? '';
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return counts;
};
