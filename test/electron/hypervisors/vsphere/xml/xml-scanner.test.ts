import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isReference, type XmlValue } from '../../../../../electron/hypervisors/vsphere/xml/xml-node.ts';
import { scanXml, XmlError } from '../../../../../electron/hypervisors/vsphere/xml/xml-scanner.ts';

const limits = { maxLength: 1_000_000, maxDepth: 64 };
const scan = (text: string): XmlValue => scanXml(text, limits).root;
/** Nodes have no prototype, so that hostile names are data. For comparing, plain objects are handier. */
const plain = (text: string): unknown => JSON.parse(JSON.stringify(scan(text)));

describe('scanXml', () => {
  it('decodes leaves, nodes, and children of the same name', () => {
    const text = '<?xml version="1.0"?>\n<r><a>1</a><b><c/></b><d>x</d><d>y</d><d>z</d></r>\n';
    expect(plain(text)).toEqual({ a: '1', b: { c: '' }, d: ['x', 'y', 'z'] });
    expect(scanXml(text, limits).rootName).toBe('r');
  });

  it('tells references from types, whatever the prefix of the type', () => {
    expect(plain('<r><vm type="VirtualMachine">vm-1</vm></r>')).toEqual({
      vm: { type: 'VirtualMachine', value: 'vm-1' },
    });
    for (const prefix of ['xsi', 'XMLSchema-instance', 'q1']) {
      expect(plain(`<r><d ${prefix}:type="vim25:VirtualDisk"><key>1</key></d></r>`)).toEqual({
        d: { $type: 'VirtualDisk', key: '1' },
      });
    }
    const [reference, node] = [scan('<r type="T">v</r>'), scan('<r><type>T</type><value>v</value></r>')];
    expect([isReference(reference), isReference(node)]).toEqual([true, false]);
  });

  it('makes a list of an ArrayOf, be it empty or of one', () => {
    expect(plain('<r xsi:type="ArrayOfString"/>')).toEqual([]);
    expect(plain('<r xsi:type="ArrayOfString"></r>')).toEqual([]);
    expect(plain('<r xsi:type="ArrayOfString"><string>a</string></r>')).toEqual(['a']);
  });

  it('tells an empty object from an empty text', () => {
    expect(plain('<r xsi:type="VirtualUSBUSBBackingInfo"/>')).toEqual({ $type: 'VirtualUSBUSBBackingInfo' });
    expect(plain('<r xsi:type="xsd:string"></r>')).toBe('');
    expect(plain('<r/>')).toBe('');
  });

  it('decodes the five entities, character references and character data, and nothing else', () => {
    expect(plain('<r>&lt;&gt;&amp;&quot;&apos;&#65;&#x1F600;<![CDATA[<&>]]><!-- no --></r>')).toBe('<>&"\'A😀<&>');
    expect(plain('<r a="x &lt; y" type="T">1</r>')).toEqual({ type: 'T', value: '1' });
  });

  it('treats names that mean something to JavaScript as data', () => {
    const node = scan('<r><__proto__><polluted>1</polluted></__proto__><constructor>c</constructor></r>');
    expect(Object.keys(node as object)).toEqual(['__proto__', 'constructor']);
    expect((node as Record<string, unknown>).constructor).toBe('c');
    expect({}).not.toHaveProperty('polluted');
  });

  it.each([
    ['a document type', '<!DOCTYPE r [<!ENTITY x "y">]><r>&x;</r>'],
    ['an entity nobody declared', '<r>&nbsp;</r>'],
    ['an entity of the prototype', '<r>&constructor;</r>'],
    ['an unfinished entity', '<r>a & b</r>'],
    ['a character that is none', '<r>&#0;</r>'],
    ['half a surrogate pair', '<r>&#xD800;</r>'],
    ['a character past the last', '<r>&#x110000;</r>'],
    ['mismatched tags', '<r><a></b></r>'],
    ['a longer closing tag', '<r><a></ab></r>'],
    ['an unclosed element', '<r><a></r>'],
    ['two roots', '<r/><r/>'],
    ['text after the end', '<r/>x'],
    ['text between elements', '<r>x<a/></r>'],
    ['a processing instruction', '<r><?php echo 1 ?></r>'],
    ['an attribute without quotes', '<r a=1/>'],
    ['an attribute without a value', '<r a/>'],
    ['attributes without space between', '<r a="1"b="2"/>'],
    ['a tag within an attribute', '<r a="<"/>'],
    ['no element name', '<1/>'],
    ['a declaration within', '<r><!ELEMENT x></r>'],
    ['nothing', ''],
    ['no XML', 'HTTP 503'],
    ['a space before the name', '< r/>'],
  ])('refuses %s', (_what, text) => {
    expect(() => scan(text)).toThrow(XmlError);
  });

  it('refuses what is too deep or too long', () => {
    const nested = (depth: number): string => '<a>'.repeat(depth) + '</a>'.repeat(depth);
    expect(() => scan(nested(64))).not.toThrow();
    expect(() => scan(nested(65))).toThrow(/deep/);
    expect(() => scan(nested(200_000))).toThrow(XmlError);
    expect(() => scanXml('<r/>', { maxLength: 3, maxDepth: 9 })).toThrow(/long/);
  });
});

const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,8}$/);
const leafText = fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) =>
  // What XML cannot carry, and what it changes on the way.
  [...text].filter((character) => !/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/u.test(character)).join(''),
);
const { tree } = fc.letrec<{ tree: Shape }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    leafText.map((text): Shape => ({ kind: 'leaf', text })),
    fc.tuple(name, leafText).map(([type, value]): Shape => ({ kind: 'reference', type, value })),
    fc
      .uniqueArray(fc.tuple(name, tie('tree')), { selector: ([key]) => key, minLength: 1, maxLength: 4 })
      .map((children): Shape => ({ kind: 'node', children })),
  ),
}));

type Shape =
  | { readonly kind: 'leaf'; readonly text: string }
  | { readonly kind: 'reference'; readonly type: string; readonly value: string }
  | { readonly kind: 'node'; readonly children: readonly (readonly [string, Shape])[] };

const escaped = (text: string): string => text.replace(/[&<>]/g, (character) => `&#${character.codePointAt(0)};`);

const written = (element: string, shape: Shape): string => {
  switch (shape.kind) {
    case 'leaf':
      return `<${element}>${escaped(shape.text)}</${element}>`;
    case 'reference':
      return `<${element} type="${shape.type}">${escaped(shape.value)}</${element}>`;
    case 'node':
      return `<${element}>${shape.children.map(([key, child]) => written(key, child)).join('')}</${element}>`;
    default:
      return shape satisfies never;
  }
};

const read = (shape: Shape): unknown => {
  switch (shape.kind) {
    case 'leaf':
      return shape.text;
    case 'reference':
      return { type: shape.type, value: shape.value };
    case 'node':
      return shape.children.map(([key, child]) => [key, read(child)]);
    default:
      return shape satisfies never;
  }
};

/** As {@link read} shows it: the children of nodes as pairs, so that no name is special. */
const asRead = (value: XmlValue): unknown =>
  typeof value === 'string' || isReference(value)
    ? value
    : Object.entries(value).map(([key, child]) => [key, asRead(child as XmlValue)]);

describe('scanXml, for any document', () => {
  it('reads back what was written', () => {
    fc.assert(
      fc.property(tree, (shape) => {
        expect(asRead(scan(written('r', shape)))).toEqual(read(shape));
      }),
    );
  });

  it('refuses every document that was cut off', () => {
    fc.assert(
      fc.property(tree, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (shape, where) => {
        const text = written('r', shape);
        expect(() => scan(text.slice(0, Math.floor(text.length * where)))).toThrow(XmlError);
      }),
    );
  });

  it('either reads or refuses, and never breaks', () => {
    const fragments = fc.constantFrom(
      '<',
      '>',
      '/',
      '&',
      ';',
      '"',
      "'",
      '=',
      ' ',
      'a',
      '<a>',
      '</a>',
      ']]>',
      '<!--',
      '-->',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(fragments, fc.string()), { maxLength: 30 }), (parts) => {
        try {
          scan(parts.join(''));
        } catch (error) {
          expect(error).toBeInstanceOf(XmlError);
        }
      }),
    );
  });
});
