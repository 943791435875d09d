import { type ElementSpan, scanXml, type XmlLimits } from './xml-scanner.ts';

/** An element and those in it, by where they stand in a text. */
export interface XmlOutline extends ElementSpan {
  readonly children: readonly XmlOutline[];
}

/**
 * For what is to be sent back as it came, without this program knowing what it means.
 * @throws XmlError as {@link scanXml}
 */
export const outlineOf = (text: string, limits: XmlLimits): XmlOutline => {
  const finished: XmlOutline[][] = [];
  scanXml(text, limits, (span) => {
    const children = finished[span.depth + 1] ?? [];
    finished[span.depth + 1] = [];
    finished[span.depth] ??= [];
    finished[span.depth]?.push({ ...span, children });
  });
  const [root] = finished[1] ?? [];
  if (root === undefined) throw new Error('a document without an element');
  return root;
};

/** The elements on the way down to the one of these names, the root first; null when there is none. */
export const wayDown = (root: XmlOutline, ...names: readonly string[]): readonly XmlOutline[] | null => {
  const way = [root];
  let element = root;
  for (const name of names) {
    const child = element.children.find((each) => each.name === name);
    if (child === undefined) return null;
    way.push(child);
    element = child;
  }
  return way;
};

const declaration = /\s(xmlns(?::[^\s=]+)?)\s*=\s*("[^"]*"|'[^']*')/g;

/** The namespaces an element stands in, as attributes; of several of one prefix, the innermost. */
export const namespacesOf = (text: string, way: readonly XmlOutline[]): string => {
  const declared = new Map<string, string>();
  for (const { attributes } of way) {
    for (const [, name = '', uri = ''] of text.slice(attributes.from, attributes.to).matchAll(declaration)) {
      declared.set(name, uri);
    }
  }
  return [...declared].map(([name, uri]) => ` ${name}=${uri}`).join('');
};

/** The attributes of an element without its declarations of namespaces. */
export const ownAttributes = (text: string, { attributes }: ElementSpan): string =>
  text.slice(attributes.from, attributes.to).replace(declaration, '').trimEnd();
