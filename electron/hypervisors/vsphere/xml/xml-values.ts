import type { ManagedRef } from '../managed-ref.ts';
import type { XmlNode, XmlValue } from './xml-node.ts';

/*
 * Reading decoded XML. The schema is known by the reader, not by the scanner: whoever reads a field says what it is, so
 * a list of one element and a single element are told apart here. What is not there, or is something else, is undefined.
 */

type Maybe = XmlValue | undefined;

export const asText = (value: Maybe): string | undefined => (typeof value === 'string' ? value : undefined);

export const asRef = (value: Maybe): ManagedRef | undefined => {
  if (typeof value !== 'object' || Array.isArray(value)) return undefined;
  const { type, value: id } = value as XmlNode;
  return typeof type === 'string' && typeof id === 'string' ? { type, value: id } : undefined;
};

export const asNode = (value: Maybe): XmlNode | undefined =>
  typeof value === 'object' && !Array.isArray(value) ? (value as XmlNode) : undefined;

/** All elements of a field that may occur any number of times: none, one, several, or an `ArrayOf…`. */
export const asList = (value: Maybe): readonly XmlValue[] => {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as XmlValue];
};

/** The field reached by this way through nodes. */
export const at = (value: Maybe, ...path: readonly string[]): Maybe => {
  let found: Maybe = value;
  for (const name of path) found = asNode(found)?.[name];
  return found;
};

export const textAt = (value: Maybe, ...path: readonly string[]): string | undefined => asText(at(value, ...path));

export const refAt = (value: Maybe, ...path: readonly string[]): ManagedRef | undefined => asRef(at(value, ...path));

export const listAt = (value: Maybe, ...path: readonly string[]): readonly XmlValue[] => asList(at(value, ...path));

export const refsAt = (value: Maybe, ...path: readonly string[]): readonly ManagedRef[] => asRefs(at(value, ...path));

export const asRefs = (value: Maybe): readonly ManagedRef[] =>
  asList(value)
    .map(asRef)
    .filter((ref) => ref !== undefined);

/** A number that is one; nothing for `NaN`, empty text and the like. */
export const asNumber = (value: Maybe): number | undefined => {
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
};

export const numberAt = (value: Maybe, ...path: readonly string[]): number | undefined => asNumber(at(value, ...path));

/** XML Schema writes booleans as `true`, `false`, `1` and `0`. */
export const asFlag = (value: Maybe): boolean | undefined => {
  if (value === 'true' || value === '1') return true;
  return value === 'false' || value === '0' ? false : undefined;
};

export const flagAt = (value: Maybe, ...path: readonly string[]): boolean | undefined => asFlag(at(value, ...path));

/** ms since 1970. */
export const asTime = (value: Maybe): number | undefined => {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
};

/** The `xsi:type` of a node, without prefix; empty when it has none. */
export const typeOf = (value: Maybe): string => textAt(value, '$type') ?? '';

/** Names of objects come with these three characters escaped (API reference of ManagedEntity.name). */
export const displayName = (name: string): string =>
  name.includes('%')
    ? name.replace(/%(2f|5c|25)/gi, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : name;

/** Back from {@link displayName}, for names that are sent. */
export const serverName = (name: string): string =>
  name.replace(/[%/\\]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
