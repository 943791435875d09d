import type { XmlNode, XmlValue } from '../xml/xml-node.ts';
import { asNode, at, textAt, typeOf } from '../xml/xml-values.ts';

/** A fault of the server, as the API reference names it. Never leaves this adapter: see fault-mapping.ts. */
export class VimFault extends Error {
  /** `InvalidLogin`, `InsufficientResourcesFault`, … */
  readonly fault: string;
  /** The server's own sentence; may be empty. */
  readonly sentence: string;
  readonly detail: XmlNode;

  constructor(fault: string, sentence: string, detail: XmlNode) {
    super(`${fault}: ${sentence}`);
    this.name = 'VimFault';
    this.fault = fault;
    this.sentence = sentence;
    this.detail = detail;
  }
}

export const isFault = (error: unknown, fault: string): error is VimFault =>
  error instanceof VimFault && error.fault === fault;

/** The fault a SOAP body carries; null when it carries none. */
export const faultInBody = (body: XmlValue | undefined): VimFault | null => {
  const fault = at(body, 'Fault');
  if (fault === undefined) return null;
  const sentence = textAt(fault, 'faultstring') ?? '';
  // One child, named after the fault or plainly `Fault`, and typed.
  const [name, content] = Object.entries(asNode(at(fault, 'detail')) ?? {}).find(([key]) => key !== '$type') ?? [
    '',
    {},
  ];
  const type = typeOf(content) || name.replace(/Fault$/, '') || (textAt(fault, 'faultcode') ?? 'Fault');
  return new VimFault(type, sentence, asNode(content) ?? {});
};

/** A fault as objects of the API carry it (LocalizedMethodFault). */
export const localizedFault = (value: XmlValue | undefined): VimFault => {
  const fault = at(value, 'fault');
  return new VimFault(typeOf(fault) || 'Fault', textAt(value, 'localizedMessage') ?? '', asNode(fault) ?? {});
};
