import { request } from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { Vcsim } from './vcsim.ts';

/** One answer of the API, unparsed. */
export interface SoapReply {
  readonly status: number;
  readonly text: string;
  /** Name of the fault's type (`InvalidLogin`), null when the call succeeded. */
  readonly fault: string | null;
}

/** A bare client of the vSphere API: text in, text out, nothing of the product in between. */
export interface SoapClient {
  /** Calls a method of an object given as `Type:value`. `body` is the XML of the arguments, in schema order.
   * @throws Error when the connection fails */
  call(object: string, method: string, body?: string): Promise<SoapReply>;
  /** @returns the reply to Login */
  login(username?: string, password?: string): Promise<SoapReply>;
  /** SHA-256 fingerprint of the certificate the last connection showed. */
  fingerprint(): string;
  /** MoRef (`Type:value`) of an entity with this name, found through a container view. */
  find(type: string, name: string): Promise<string>;
  /** Values of properties by path, as inner XML; a path without a value is absent. */
  properties(object: string, ...paths: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

export const soapClient = (vcsim: Pick<Vcsim, 'url' | 'username' | 'password'>): SoapClient => {
  let cookie = '';
  let fingerprint = '';

  const post = (xml: string): Promise<SoapReply> =>
    new Promise((resolve, reject) => {
      const headers = { 'content-type': 'text/xml', soapaction: 'urn:vim25/8.0', ...(cookie && { cookie }) };
      const outgoing = request(vcsim.url, { method: 'POST', headers, rejectUnauthorized: false, agent: false });
      outgoing.on('error', reject);
      outgoing.on('response', (response) => {
        fingerprint = (response.socket as TLSSocket).getPeerCertificate().fingerprint256;
        cookie = response.headers['set-cookie']?.[0]?.split(';')[0] ?? cookie;
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('error', reject);
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text, fault: faultOf(text) }));
      });
      outgoing.end(envelope(xml));
    });

  const client: SoapClient = {
    call: (object, method, body = '') =>
      post(`<${method} xmlns="urn:vim25">${reference('_this', object)}${body}</${method}>`),
    login: (username = vcsim.username, password = vcsim.password) =>
      client.call(
        'SessionManager:SessionManager',
        'Login',
        `<userName>${username}</userName><password>${password}</password>`,
      ),
    fingerprint: () => fingerprint,
    find: async (type, name) => {
      const created = await client.call(
        'ViewManager:ViewManager',
        'CreateContainerView',
        `${reference('container', 'Folder:group-d1')}<type>${type}</type><recursive>true</recursive>`,
      );
      const view = `ContainerView:${textOf(created.text, 'returnval')}`;
      const reply = await client.call(
        'PropertyCollector:propertyCollector',
        'RetrievePropertiesEx',
        allNames(type, view),
      );
      await client.call(view, 'DestroyView');
      const row = reply.text.split('<objects>').find((text) => text.includes(`>${name}</val>`));
      const found = /<obj type="(\w+)">([^<]+)</u.exec(row ?? '');
      if (!found) throw new Error(`${type} ${name} is not there: ${reply.text.slice(0, 500)}`);
      return `${found[1]}:${found[2]}`;
    },
    properties: async (object, ...paths) => {
      const reply = await client.call(
        'PropertyCollector:propertyCollector',
        'RetrievePropertiesEx',
        `<specSet>${propertySet(object.split(':')[0] ?? '', paths)}<objectSet>${reference('obj', object)}</objectSet></specSet><options/>`,
      );
      if (reply.fault) throw new Error(`${object}: ${reply.fault}`);
      return propertiesIn(reply.text);
    },
  };
  return client;
};

/** `<name type="Type">value</name>` for `Type:value`. */
export const reference = (element: string, object: string): string => {
  const [type, value] = object.split(':');
  return `<${element} type="${type}">${value}</${element}>`;
};

/** Text of the first element with this name. */
export const textOf = (text: string, element: string): string | undefined =>
  new RegExp(`<${element}(?: [^>]*)?>([^<]*)</`, 'u').exec(text)?.[1];

/** Names and values (inner XML) in a reply of the property collector. */
export const propertiesIn = (text: string): ReadonlyMap<string, string> =>
  new Map(
    [...text.matchAll(/<name>([^<]+)<\/name>(?:<op>\w+<\/op>)?(?:<val [^>]*>([\s\S]*?)<\/val>)?/gu)].map((match) => [
      match[1] ?? '',
      match[2] ?? '',
    ]),
  );

export const propertySet = (type: string, paths: readonly string[]): string =>
  `<propSet><type>${type}</type>${paths.map((path) => `<pathSet>${path}</pathSet>`).join('')}</propSet>`;

/** The object set of everything in a view. */
export const inView = (view: string): string =>
  `<objectSet>${reference('obj', view)}<skip>true</skip><selectSet xsi:type="TraversalSpec"><type>ContainerView</type><path>view</path><skip>false</skip></selectSet></objectSet>`;

const allNames = (type: string, view: string): string =>
  `<specSet>${propertySet(type, ['name'])}${inView(view)}</specSet><options/>`;

const faultOf = (text: string): string | null =>
  text.includes('Fault>') ? (/<(\w+)Fault [^>]*type="\w+"/u.exec(text)?.[1] ?? 'unknown') : null;

const envelope = (body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;
