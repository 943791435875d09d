import type { ManagedRef } from '../managed-ref.ts';

/** Text as it may stand in XML, between tags and in attributes. */
export const escapeXml = (text: string): string => text.replace(forbidden, (character) => escapes[character] ?? '');

// Besides what has a meaning in XML: what XML 1.0 cannot carry at all, escaped or not. That is left out.
const forbidden = /[&<>"'\r\uFFFE\uFFFF\p{Cs}]|[^\P{Cc}\t\n\r]/gu;
const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  // A bare carriage return would arrive as a line feed.
  '\r': '&#13;',
};

/** A leaf element; nothing at all where there is no value. */
export const leaf = (name: string, value: string | number | boolean | null | undefined): string =>
  value === null || value === undefined ? '' : `<${name}>${escapeXml(String(value))}</${name}>`;

/** An element around other elements. */
export const element = (name: string, ...content: readonly string[]): string =>
  `<${name}>${content.join('')}</${name}>`;

/** An element whose type has to be named, because the schema declares only a base of it. */
export const typed = (name: string, type: string, ...content: readonly string[]): string =>
  `<${name} xsi:type="${escapeXml(type)}">${content.join('')}</${name}>`;

/** An object reference; nothing at all where there is none. */
export const reference = (name: string, ref: ManagedRef | null | undefined): string =>
  ref ? `<${name} type="${escapeXml(ref.type)}">${escapeXml(ref.value)}</${name}>` : '';

/** One call: its name and the object called, then the arguments in the order of the schema, which is checked. */
export const call = (method: string, target: ManagedRef, ...content: readonly string[]): SoapRequest => ({
  method,
  body: `<${method} xmlns="urn:vim25">${reference('_this', target)}${content.join('')}</${method}>`,
});

export interface SoapRequest {
  /** As the API reference names it: `RelocateVM_Task`. */
  readonly method: string;
  readonly body: string;
}

export const envelope = ({ body }: SoapRequest): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;
