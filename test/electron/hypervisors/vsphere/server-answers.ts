import { escapeXml } from '../../../../electron/hypervisors/vsphere/requests/xml-writer.ts';
import type { HttpAnswer } from '../../../../electron/hypervisors/vsphere/transport/http-post.ts';
import type { XmlValue } from '../../../../electron/hypervisors/vsphere/xml/xml-node.ts';
import { scanXml } from '../../../../electron/hypervisors/vsphere/xml/xml-scanner.ts';

/** Answers of a server, written as a vCenter writes them. */

/** Properties by path, their values as XML: what {@link text}, {@link refTo} and the like make. Null: no value any more. */
export type Properties = Readonly<Record<string, string | null>>;

export interface ToldObject {
  readonly type: string;
  readonly id: string;
  readonly kind?: 'enter' | 'modify' | 'leave';
  readonly properties?: Properties;
}

export const text = (value: string | number | boolean, type = 'xsd:string'): string =>
  `<val xsi:type="${type}">${escapeXml(String(value))}</val>`;

export const refTo = (type: string, id: string): string =>
  `<val type="${type}" xsi:type="ManagedObjectReference">${escapeXml(id)}</val>`;

export const refList = (...refs: readonly (readonly [type: string, id: string])[]): string =>
  `<val xsi:type="ArrayOfManagedObjectReference">${refs
    .map(
      ([type, id]) =>
        `<ManagedObjectReference type="${type}" xsi:type="ManagedObjectReference">${escapeXml(id)}</ManagedObjectReference>`,
    )
    .join('')}</val>`;

/** An array of data objects: `ArrayOfX` around elements that are written out. */
export const list = (type: string, ...elements: readonly string[]): string =>
  `<val xsi:type="ArrayOf${type}">${elements.join('')}</val>`;

export const data = (type: string, content: string): string => `<val xsi:type="${type}">${content}</val>`;

export const soap = (body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<soapenv:Body>
${body}
</soapenv:Body>
</soapenv:Envelope>`;

export const returning = (method: string, returnval: string): string =>
  soap(`<${method}Response xmlns="urn:vim25">${returnval}</${method}Response>`);

export const updateSet = (version: string, objects: readonly ToldObject[], truncated = false): string =>
  returning(
    'WaitForUpdatesEx',
    `<returnval><version>${version}</version><filterSet><filter type="PropertyFilter">session[1]2</filter>${objects
      .map(updated)
      .join('')}</filterSet>${truncated ? '<truncated>true</truncated>' : ''}</returnval>`,
  );

const updated = ({ type, id, kind = 'enter', properties = {} }: ToldObject): string =>
  `<objectSet><kind>${kind}</kind><obj type="${type}">${escapeXml(id)}</obj>${Object.entries(properties)
    .map(([path, value]) => `<changeSet><name>${path}</name><op>assign</op>${value ?? ''}</changeSet>`)
    .join('')}</objectSet>`;

export const retrieved = (objects: readonly ToldObject[], token?: string): string =>
  returning(
    'RetrievePropertiesEx',
    `<returnval>${token === undefined ? '' : `<token>${token}</token>`}${objects
      .map(
        ({ type, id, properties = {} }) =>
          `<objects><obj type="${type}">${escapeXml(id)}</obj>${Object.entries(properties)
            .map(([path, value]) => `<propSet><name>${path}</name>${value ?? ''}</propSet>`)
            .join('')}</objects>`,
      )
      .join('')}</returnval>`,
  );

/** What vCenter and vcsim answer to RetrievePropertiesEx when the session has ended: success, and nothing. */
export const retrievedByNobody = (type: string, id: string): string =>
  returning(
    'RetrievePropertiesEx',
    `<returnval><objects><obj type="${type}">${id}</obj><missingSet><path>name</path><fault><fault xsi:type="NotAuthenticated"><object type="${type}">${id}</object><privilegeId>System.Read</privilegeId></fault><localizedMessage>The session is not authenticated.</localizedMessage></fault></missingSet></objects></returnval>`,
  );

export const faulting = (fault: string, sentence = '', detail = ''): string =>
  soap(
    `<soapenv:Fault><faultcode>ServerFaultCode</faultcode><faultstring>${escapeXml(sentence)}</faultstring><detail><${fault}Fault xmlns="urn:vim25" xsi:type="${fault}">${detail}</${fault}Fault></detail></soapenv:Fault>`,
  );

export const scanned = (document: string): XmlValue => scanXml(document, { maxLength: 10_000_000, maxDepth: 256 }).root;

/** The value of a property, decoded. */
export const value = (xml: string): XmlValue => scanned(xml);

export const answer = (operation: string, document: string | Uint8Array, contentEncoding = ''): HttpAnswer => ({
  operation,
  status: 200,
  contentType: 'text/xml; charset=utf-8',
  contentEncoding,
  cookies: [],
  body: new Uint8Array(typeof document === 'string' ? Buffer.from(document) : document),
});
