import { describe, expect, it } from 'vitest';
import { type Part, type SchemaType, schemaTypes } from './schema-types.ts';
import { type BoundClass, type BoundField, boundClasses } from './vmware-bindings.ts';

/* Whoever wrote our schema also wrote what it is to judge. VMware, who read the same specification, did not. */

const ours = schemaTypes();
const theirs = boundClasses();

/** What VMware calls our types, where it is more than the same name with `Type` behind it. */
const otherNames: Readonly<Record<string, string>> = {
  'ovf:Disk': 'VirtualDiskDescType',
  'ovf:Text': 'MsgType',
  'ovf:Message': 'Msg',
  'ovf:System': 'VSSDType',
  'ovf:ResourceItem': 'RASDType',
  'ovf:StartupItem': 'Item',
  'ovf:ConfigurationValue': 'PropertyConfigurationValueType',
  'rasd:ResourceAllocation': 'CIMResourceAllocationSettingDataType',
  'vssd:VirtualSystemSetting': 'CIMVirtualSystemSettingDataType',
};

const boundName = (name: string): string => {
  const [prefix, local = ''] = name.split(':');
  if (prefix === 'cim') return `Cim${local}`;
  return otherNames[name] ?? (theirs.has(`${local}Type`) ? `${local}Type` : local);
};

const boundClass = (name: string): BoundClass => {
  const found = theirs.get(name);
  if (found === undefined) throw new Error(`VMware has no ${name}`);
  return found;
};

/** A class and all it descends from. */
const lineOf = (name: string): readonly string[] => {
  const base = theirs.get(name)?.base ?? null;
  return base === null ? [name] : [name, ...lineOf(base)];
};

const asMember = (name: string): string =>
  name
    .replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase())
    .replace(/^(CIM|[A-Z])/, (start) => start.toLowerCase());

/** What a member of a class is called that stands for a part of a type. */
const memberName = (part: Part, all: readonly Part[]): string => {
  const twice = all.filter(({ name }) => asMember(name) === asMember(part.name)).length > 1;
  switch (part.kind) {
    case 'any':
      return 'any';
    case 'other-attributes':
      return 'otherAttributes';
    case 'attribute':
      // `class` is a word of the language.
      return part.name === 'class' ? 'clazz' : `${asMember(part.name)}${twice ? 'Attrib' : ''}`;
    default:
      return (
        part.name
          .split('|')
          .map(asMember)
          .map((name, at) => (at === 0 ? name : `Or${name.charAt(0).toUpperCase()}${name.slice(1)}`))
          .join('') + (twice ? 'Element' : '')
      );
  }
};

const order: readonly Part['kind'][] = ['value', 'element', 'any', 'attribute', 'other-attributes'];

/** Elements in their order, attributes, which have none, by name. */
const membersOf = ({ parts }: SchemaType): readonly string[] =>
  order.flatMap((kind) => {
    const members = parts.filter((part) => part.kind === kind).map((part) => memberName(part, parts));
    return kind === 'attribute' ? members.toSorted() : members;
  });

/** What a value of a type may be in VMware's eyes. */
const fits = (part: Part, field: BoundField): boolean => {
  if (/^xs:unsigned/.test(part.type)) return field.type === 'number';
  if (/^xs:(date|time|dateTime)$/.test(part.type)) return field.type === 'Date';
  if (part.type === 'xs:boolean') return field.type === 'boolean';
  const line = lineOf(field.type);
  // Values out of a list: numbers, in CIM.
  if (part.type === 'cim:UnsignedShort' && line.includes('CimAnySimpleType')) return true;
  return ours.has(part.type) ? line.includes(boundName(part.type)) : ['string', 'object'].includes(field.type);
};

const isPlain = ({ kind }: Part): boolean => kind === 'element' || kind === 'attribute' || kind === 'value';

describe('our schema and what VMware generated from theirs', () => {
  it.each([...ours])('agree on %s', (name, type) => {
    const { base, fields } = boundClass(boundName(name));
    expect(membersOf(type)).toEqual(fields.map((field) => field.name));
    expect(type.base === null ? null : boundName(type.base)).toBe(base);
    for (const part of type.parts.filter(isPlain)) {
      const member = memberName(part, type.parts);
      const field = fields.find((each) => each.name === member);
      expect(field, member).toBeDefined();
      if (field === undefined) continue;
      expect(part.repeated, `${member} may be repeated`).toBe(field.repeated);
      expect(fits(part, field), `${part.type} of ${member} is a ${field.type}`).toBe(true);
    }
  });

  it('have the same types', () => {
    const known = new Set([...ours.keys()].map(boundName));
    const ofAnyKind = (name: string): boolean => lineOf(name).some((each) => known.has(each));
    // Kinds of values that no property has, and the one of values out of a list.
    const values = /^(Cim|Qualifier)\w+$/;
    const left = [...theirs.keys()].filter(
      (name) => !ofAnyKind(name) && !lineOf(name).some((each) => values.test(each)),
    );
    expect(left).toEqual([]);
  });
});
