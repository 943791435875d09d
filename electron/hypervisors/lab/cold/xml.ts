import { DamagedDescription } from './checked-description.ts';

/** An element with the names as they are written, prefix and all. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // Readers take these for blanks in attributes, and a carriage return for a line feed anywhere.
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};
const plain: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  '#9': '\t',
  '#10': '\n',
  '#13': '\r',
};

/** What has a meaning in XML, and what XML 1.0 cannot carry at all, escaped or not: that is left out. */
const unsuited = /[&<>"\t\n\r]|[^\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

export const escapeXml = (text: string): string => text.replace(unsuited, (character) => escapes[character] ?? '');

const unescapeXml = (text: string): string =>
  text.replace(/&([^;]*);?/g, (_whole, name: string) => {
    const character = plain[name];
    if (character === undefined) throw new DamagedDescription(`&${name};`);
    return character;
  });

/** An element as text. Children are text already. */
export const element = (
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  ...children: readonly string[]
): string => {
  const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(`${value}`)}"`);
  return children.length === 0
    ? `<${name}${pairs.join('')}/>`
    : `<${name}${pairs.join('')}>${children.join('')}</${name}>`;
};

const token = /<\/([\w:.-]+)\s*>|<([\w:.-]+)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/y;
const attribute = /([\w:.-]+)="([^"]*)"/g;
const declaration = /^<\?xml [^?]*\?>\s*/;

interface Open {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

/** Reads the plain XML that the lab writes; everything else, document types above all, is damage. @throws DamagedDescription */
export const parseXml = (source: string): XmlElement => {
  const body = source.replace(declaration, '').trimEnd();
  const whole: Open = { name: '', attributes: {}, children: [], text: '' };
  const path: Open[] = [whole];
  token.lastIndex = 0;
  while (token.lastIndex < body.length) {
    const at = token.lastIndex;
    const found = token.exec(body);
    const top = path.at(-1) ?? whole;
    if (found === null) throw new DamagedDescription(`unexpected text at ${at}`);
    const [, closed, opened, pairs = '', ended, text] = found;
    if (text !== undefined) top.text += unescapeXml(text);
    else if (closed !== undefined) {
      if (top.name !== closed) throw new DamagedDescription(closed);
      path.pop();
    } else if (opened !== undefined) {
      const entries = [...pairs.matchAll(attribute)].map(
        ([, key = '', value = '']) => [key, unescapeXml(value)] as const,
      );
      const child: Open = { name: opened, attributes: Object.fromEntries(entries), children: [], text: '' };
      top.children.push(child);
      if (ended === '') path.push(child);
    }
  }
  const [root, ...more] = whole.children;
  if (path.length !== 1 || root === undefined || more.length > 0 || whole.text.trim() !== '') {
    throw new DamagedDescription('the document does not end where it should');
  }
  return root;
};
