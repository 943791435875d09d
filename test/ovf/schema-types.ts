import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XmlDocument, XmlElement } from 'libxml2-wasm';
import { namespaces } from './namespaces.ts';
import { schemaFolder } from './ovf-schema.ts';

/** One thing that a type has, in addition to what its base has. */
export interface Part {
  readonly kind: 'element' | 'attribute' | 'any' | 'other-attributes' | 'value';
  /** Empty where it has none. Of a repeated choice the names of all, joined by `|`. */
  readonly name: string;
  /** As the schema has it, with prefix; empty where there is none. */
  readonly type: string;
  readonly repeated: boolean;
}

export interface SchemaType {
  readonly base: string | null;
  readonly parts: readonly Part[];
}

const of = (element: XmlElement, name: string): string => element.attr(name)?.value ?? '';
const isRepeated = (element: XmlElement): boolean => of(element, 'maxOccurs') === 'unbounded';
const withoutPrefix = (name: string): string => name.replace(/^.*:/, '');
const elementsAt = (of_: XmlDocument | XmlElement, path: string): readonly XmlElement[] =>
  of_.find(path, namespaces).filter((node) => node instanceof XmlElement);

const partOf = (element: XmlElement): Part => {
  const name = of(element, 'name') || withoutPrefix(of(element, 'ref'));
  const type = of(element, 'type') || of(element, 'ref');
  const common = { name, type, repeated: isRepeated(element) };
  switch (element.name) {
    case 'choice':
      return {
        ...common,
        kind: 'element',
        name: elementsAt(element, 'xs:element')
          .map((each) => of(each, 'name'))
          .join('|'),
      };
    case 'element':
      return { ...common, kind: 'element' };
    case 'attribute':
      return { ...common, kind: 'attribute' };
    case 'anyAttribute':
      return { kind: 'other-attributes', name: '', type: '', repeated: false };
    default:
      return { kind: 'any', name: '', type: '', repeated: true };
  }
};

const wanted = ['element', 'any', 'group', 'choice', 'attribute', 'anyAttribute'];

const typeOf = (declaration: XmlElement): SchemaType => {
  const [extended] = elementsAt(declaration, './/xs:extension');
  const isRepeatedChoice = 'parent::xs:choice[@maxOccurs]';
  const parts = elementsAt(declaration, `.//xs:*[not(${isRepeatedChoice})]`)
    .filter(({ name }) => wanted.includes(name))
    .filter((element) => element.name !== 'choice' || isRepeated(element))
    .map(partOf);
  const base = extended === undefined ? '' : of(extended, 'base');
  if (base.startsWith('xs:'))
    return { base: null, parts: [{ kind: 'value', name: 'value', type: base, repeated: false }, ...parts] };
  return { base: base || null, parts };
};

/** The complex types of our schema by their names, with the prefixes that the schema uses. */
export const schemaTypes = (): ReadonlyMap<string, SchemaType> => {
  const types = new Map<string, SchemaType>();
  for (const file of readdirSync(schemaFolder)) {
    const document = XmlDocument.fromBuffer(readFileSync(join(schemaFolder, file)));
    const target = of(document.root, 'targetNamespace');
    const prefix = Object.entries(namespaces).find(([, uri]) => uri === target)?.[0] ?? '';
    for (const declaration of elementsAt(document, '//xs:complexType'))
      types.set(`${prefix}:${of(declaration, 'name')}`, typeOf(declaration));
    document.dispose();
  }
  return types;
};
