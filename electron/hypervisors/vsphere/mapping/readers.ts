import type { XmlValue } from '../xml/xml-node.ts';
import { asFlag, asNumber, asRef, asRefs, asText, displayName } from '../xml/xml-values.ts';

/**
 * How the properties of an object are read, by their path in the API. The paths are also what is asked of the server:
 * a property is named once. A reader turns the server's value into something small and plain, because all values are
 * kept: a later change brings only the properties that changed.
 */
export type Readers = Readonly<Record<string, (value: XmlValue) => unknown>>;

/** What readers made of the properties told so far. What is absent was not told. */
export type Facts<Table extends Readers> = {
  readonly [Path in keyof Table]?: Exclude<ReturnType<Table[Path]>, undefined>;
};

export const readName = (value: XmlValue): string | undefined => {
  const name = asText(value);
  return name === undefined ? undefined : displayName(name);
};

export const text = asText;
export const number = asNumber;
export const flag = asFlag;
export const ref = asRef;
export const refs = asRefs;

/** Properties of every object of the tree. */
export const treeReaders = { name: readName, parent: ref } satisfies Readers;

/** Leaves out what is undefined: an absent property means "not told", and only that. */
export const told = <Value extends object>(
  value: Value,
): { [Key in keyof Value as undefined extends Value[Key] ? never : Key]: Value[Key] } & {
  [Key in keyof Value as undefined extends Value[Key] ? Key : never]?: Exclude<Value[Key], undefined>;
} => Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as never;
