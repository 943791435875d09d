import { Children, leaf, type XmlValue } from './xml-node.ts';

export interface XmlLimits {
  /** UTF-16 units. */
  readonly maxLength: number;
  readonly maxDepth: number;
}

export interface XmlDocument {
  /** Without its prefix. */
  readonly rootName: string;
  readonly root: XmlValue;
}

/** Where an element stands in the text it was read from: positions in UTF-16 units from the start. */
export interface ElementSpan {
  /** Without its prefix. */
  readonly name: string;
  /** The root element is at 1. */
  readonly depth: number;
  readonly from: number;
  /** After the name in the opening tag, up to its end without `/` and `>`. */
  readonly attributes: { readonly from: number; readonly to: number };
  /** Null for an element written as one tag. */
  readonly content: { readonly from: number; readonly to: number } | null;
  readonly to: number;
}

/** The text is not XML this scanner accepts. `position` counts UTF-16 units from the start. */
export class XmlError extends Error {
  readonly position: number;

  constructor(reason: string, position: number) {
    super(`${reason} at ${position}`);
    this.name = 'XmlError';
    this.position = position;
  }
}

const namedEntities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const whitespaceOnly = /^[ \t\r\n]*$/;
const nameText = /^[\p{L}_:][\p{L}\p{N}\p{M}_:.\-·]*$/u;

/**
 * Decodes a whole document, strictly: document types, entities other than the five built-in ones and character
 * references, mismatched tags, mixed content, unfinished input and anything after the root element are refused. So
 * nothing an entity could expand or fetch is ever acted on, and a cut-off answer is never taken for a whole one.
 * Written by hand because it is several times as fast as the libraries that are as strict.
 * @param onElement told of each element when it has ended, so of children before their parents
 * @throws XmlError
 */
export const scanXml = (text: string, limits: XmlLimits, onElement?: (span: ElementSpan) => void): XmlDocument => {
  if (text.length > limits.maxLength) throw new XmlError('too long', limits.maxLength);
  const scanner = new Scanner(text, limits.maxDepth, onElement ?? null);
  return scanner.document();
};

class Scanner {
  private readonly text: string;
  private readonly maxDepth: number;
  private readonly onElement: ((span: ElementSpan) => void) | null;
  private readonly knownNames = new Set<string>();
  private at = 0;
  private elementName = '';

  constructor(text: string, maxDepth: number, onElement: ((span: ElementSpan) => void) | null) {
    this.text = text;
    this.maxDepth = maxDepth;
    this.onElement = onElement;
  }

  document(): XmlDocument {
    if (this.text.charCodeAt(0) === 0xfeff) this.at = 1;
    if (this.text.startsWith('<?xml', this.at)) this.at = this.indexAfter('?>', 'unfinished declaration');
    this.skipMisc();
    if (this.text[this.at] !== '<') throw this.error('no element');
    const root = this.element(1);
    const rootName = localName(this.elementName);
    this.skipMisc();
    if (this.at < this.text.length) throw this.error('text after the end');
    return { rootName, root };
  }

  /** Reads the element that begins here, and leaves its full name in `elementName`. */
  private element(depth: number): XmlValue {
    if (depth > this.maxDepth) throw this.error('nested too deeply');
    const from = this.at;
    const name = this.name();
    const attributesFrom = this.at;
    let xsiType = '';
    let refType: string | null = null;
    for (;;) {
      const before = this.at;
      this.skipSpace();
      const next = this.text.charCodeAt(this.at);
      if (next === 0x3e /* > */) {
        this.at += 1;
        const contentFrom = this.at;
        const value = this.content(name, depth, xsiType, refType);
        this.elementName = name;
        this.onElement?.({
          name: localName(name),
          depth,
          from,
          attributes: { from: attributesFrom, to: contentFrom - 1 },
          content: { from: contentFrom, to: this.text.lastIndexOf('</', this.at - 1) },
          to: this.at,
        });
        return value;
      }
      if (next === 0x2f /* / */) {
        if (this.text.charCodeAt(this.at + 1) !== 0x3e) throw this.error('malformed tag');
        this.at += 2;
        this.elementName = name;
        this.onElement?.({
          name: localName(name),
          depth,
          from,
          attributes: { from: attributesFrom, to: this.at - 2 },
          content: null,
          to: this.at,
        });
        return leaf('', xsiType, refType);
      }
      if (this.at === before) throw this.error('malformed tag');
      const attribute = this.attributeName();
      const value = this.attributeValue();
      if (attribute === 'type') refType = value;
      else if (attribute.endsWith(':type') && !attribute.startsWith('xmlns:')) xsiType = localName(value);
    }
  }

  private content(name: string, depth: number, xsiType: string, refType: string | null): XmlValue {
    const { text } = this;
    let characters = '';
    let children: Children | null = null;
    for (;;) {
      const tag = text.indexOf('<', this.at);
      if (tag < 0) throw this.error('unfinished element');
      if (tag > this.at) characters += this.decoded(text.slice(this.at, tag));
      this.at = tag;
      const next = text.charCodeAt(tag + 1);
      if (next === 0x2f /* / */) {
        this.closingTag(name);
        if (children === null) return leaf(characters, xsiType, refType);
        if (!whitespaceOnly.test(characters)) throw this.error('text between elements');
        return children.value(xsiType);
      }
      if (next === 0x21 /* ! */) {
        characters += this.commentOrCharacters();
      } else if (next === 0x3f /* ? */) {
        throw this.error('processing instruction');
      } else {
        children ??= new Children(xsiType.startsWith('ArrayOf'));
        const value = this.element(depth + 1);
        children.add(localName(this.elementName), value);
      }
    }
  }

  private closingTag(name: string): void {
    if (!this.text.startsWith(name, this.at + 2)) throw this.error(`<${name}> is not closed`);
    this.at += 2 + name.length;
    this.skipSpace();
    if (this.text.charCodeAt(this.at) !== 0x3e) throw this.error(`<${name}> is not closed`);
    this.at += 1;
  }

  private commentOrCharacters(): string {
    if (this.text.startsWith('<!--', this.at)) {
      this.skipComment();
      return '';
    }
    if (!this.text.startsWith('<![CDATA[', this.at)) throw this.error('declaration');
    const from = this.at + 9;
    this.at = this.indexAfter(']]>', 'unfinished character data');
    return this.text.slice(from, this.at - 3);
  }

  private name(): string {
    const from = this.at + 1;
    let to = from;
    for (let code = this.text.charCodeAt(to); !endsName(code); code = this.text.charCodeAt(to)) to += 1;
    const name = this.text.slice(from, to);
    if (!this.knownNames.has(name)) {
      if (!nameText.test(name)) throw this.error('no element name');
      this.knownNames.add(name);
    }
    this.at = to;
    return name;
  }

  private attributeName(): string {
    const equals = this.text.indexOf('=', this.at);
    if (equals < 0) throw this.error('malformed attribute');
    const name = this.text.slice(this.at, equals).trimEnd();
    if (!this.knownNames.has(name)) {
      if (!nameText.test(name)) throw this.error('malformed attribute');
      this.knownNames.add(name);
    }
    this.at = equals + 1;
    return name;
  }

  private attributeValue(): string {
    this.skipSpace();
    const quote = this.text[this.at];
    if (quote !== '"' && quote !== "'") throw this.error('attribute without quotes');
    const from = this.at + 1;
    this.at = from;
    this.at = this.indexAfter(quote, 'unfinished attribute');
    const raw = this.text.slice(from, this.at - 1);
    if (raw.includes('<')) throw this.error('malformed attribute');
    return this.decoded(raw);
  }

  private decoded(raw: string): string {
    if (!raw.includes('&')) return raw;
    return raw.replace(/&([^;&]*)(;?)/g, (_all, entity: string, end: string) => {
      if (end === '') throw this.error('unfinished entity');
      const named = Object.hasOwn(namedEntities, entity) ? namedEntities[entity] : undefined;
      return named ?? this.character(entity);
    });
  }

  private character(entity: string): string {
    const [, hex, decimal] = /^#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}))$/.exec(entity) ?? [];
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    if (!isXmlCharacter(code)) throw this.error('unknown entity');
    return String.fromCodePoint(code);
  }

  private skipMisc(): void {
    for (;;) {
      this.skipSpace();
      if (!this.text.startsWith('<!--', this.at)) return;
      this.skipComment();
    }
  }

  private skipComment(): void {
    this.at += 4;
    this.at = this.indexAfter('-->', 'unfinished comment');
  }

  private skipSpace(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.at += 1;
    }
  }

  private indexAfter(needle: string, complaint: string): number {
    const index = this.text.indexOf(needle, this.at);
    if (index < 0) throw this.error(complaint);
    return index + needle.length;
  }

  private error(reason: string): XmlError {
    return new XmlError(reason, this.at);
  }
}

const localName = (name: string): string => {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
};

/** True after the end of the text, too: there `charCodeAt` is NaN. */
const endsName = (code: number): boolean =>
  code === 0x3e || code === 0x20 || code === 0x2f || code === 0x0a || code === 0x0d || code === 0x09 || !(code >= 0x21);

const isXmlCharacter = (code: number): boolean =>
  code === 0x9 ||
  code === 0xa ||
  code === 0xd ||
  (code >= 0x20 && code <= 0xd7ff) ||
  (code >= 0xe000 && code <= 0xfffd) ||
  (code >= 0x10000 && code <= 0x10ffff);
