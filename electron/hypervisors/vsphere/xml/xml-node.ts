import type { ManagedRef } from '../managed-ref.ts';

/**
 * Decoded XML as the vSphere API writes it:
 * a leaf is its text; an element with a `type` attribute of its own is an object reference; an element with children
 * is a node; a typed `ArrayOf…` element is a list; children of the same name are a list under that name.
 */
export type XmlValue = string | ManagedRef | XmlNode | readonly XmlValue[];

/** Children by name. `$type` is the local name of `xsi:type`, a name no element can have. Has no prototype. */
export interface XmlNode {
  readonly [name: string]: XmlValue;
}

/** A node without inherited names, so that an element called `constructor` or `__proto__` is only data. */
class Node {}
Object.setPrototypeOf(Node.prototype, null);
Reflect.deleteProperty(Node.prototype, 'constructor');

const primitiveTypes = new Set(
  'string int long short byte boolean float double dateTime anyURI base64Binary'.split(' '),
);

/** Collects the children of one element while it is read. */
export class Children {
  private readonly node: Record<string, XmlValue> = new Node() as Record<string, XmlValue>;
  private readonly list: XmlValue[] | null;
  private repeated: Map<string, XmlValue[]> | null = null;

  constructor(asList: boolean) {
    this.list = asList ? [] : null;
  }

  add(name: string, value: XmlValue): void {
    if (this.list !== null) {
      this.list.push(value);
      return;
    }
    const before = this.node[name];
    if (before === undefined) {
      this.node[name] = value;
      return;
    }
    const many = this.repeated?.get(name);
    if (many !== undefined) {
      many.push(value);
      return;
    }
    const first = [before, value];
    this.repeated ??= new Map();
    this.repeated.set(name, first);
    this.node[name] = first;
  }

  value(xsiType: string): XmlValue {
    if (this.list !== null) return this.list;
    if (xsiType !== '') this.node.$type = xsiType;
    return this.node;
  }
}

/** An element without children. An empty one of a complex type is a node of that type, not an empty text. */
export const leaf = (text: string, xsiType: string, refType: string | null): XmlValue => {
  if (refType !== null) return { type: refType, value: text };
  if (text !== '' || xsiType === '' || primitiveTypes.has(xsiType)) return text;
  if (xsiType.startsWith('ArrayOf')) return [];
  const node = new Node() as Record<string, XmlValue>;
  node.$type = xsiType;
  return node;
};

/** Tells an object reference from a node that happens to have children called `type` and `value`. */
export const isReference = (value: XmlValue): value is ManagedRef =>
  typeof value === 'object' && !Array.isArray(value) && Object.getPrototypeOf(value) === Object.prototype;
