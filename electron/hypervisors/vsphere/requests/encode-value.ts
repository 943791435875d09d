import type { XmlNode, XmlValue } from '../xml/xml-node.ts';
import { isReference } from '../xml/xml-node.ts';
import { escapeXml, leaf, reference } from './xml-writer.ts';

/**
 * Writes a decoded value as it came, children in the order they were read in, which is that of the schema. So an object
 * of the server can be sent back with one part replaced, without this program knowing all of its parts.
 */
export const encodeValue = (
  name: string,
  value: XmlValue,
  /** XML to put in the place of some of its children. */
  replaced: Readonly<Record<string, string>> = {},
): string => {
  if (typeof value === 'string') return leaf(name, value);
  if (isReference(value)) return reference(name, value);
  if (Array.isArray(value)) return value.map((each: XmlValue) => encodeValue(name, each, replaced)).join('');
  const { $type: type, ...children } = value as XmlNode;
  const attribute = typeof type === 'string' ? ` xsi:type="${escapeXml(type)}"` : '';
  const content = Object.entries(children).map(([child, each]) => replaced[child] ?? encodeValue(child, each));
  return `<${name}${attribute}>${content.join('')}</${name}>`;
};
