import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { XmlDocument, XmlLibError, XmlValidateError, XsdValidator } from 'libxml2-wasm';
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs';
import { danglingLinks } from './ovf-links.ts';

export const schemaFolder = fileURLToPath(new URL('./schema', import.meta.url));

const readSchema = (): XsdValidator => {
  xmlRegisterFsInputProviders();
  const path = `${schemaFolder}/envelope.xsd`;
  const source = XmlDocument.fromBuffer(readFileSync(path), { url: path });
  try {
    return XsdValidator.fromDoc(source);
  } finally {
    source.dispose();
  }
};

/** Kept for the life of the process: reading the schema takes longer than all descriptors of a test. */
let schema: XsdValidator | null = null;

/** The processor's own words, without the namespaces that make them hard to read. */
const plain = (message: string): string => message.replaceAll(/\{[^}]*\}/g, '').trim();

/**
 * What is wrong with an OVF descriptor by the schema in `schema/` (see there what it is and what it is not) and by the
 * links that a schema cannot follow. Empty when nothing is.
 */
export const ovfProblems = (descriptor: string): readonly string[] => {
  schema ??= readSchema();
  let document: XmlDocument;
  try {
    document = XmlDocument.fromString(descriptor);
  } catch (error) {
    if (error instanceof XmlLibError) return [`not well-formed: ${plain(error.message)}`];
    throw error;
  }
  try {
    schema.validate(document);
    return danglingLinks(document);
  } catch (error) {
    if (error instanceof XmlValidateError) return error.details.map(({ message }) => plain(message));
    throw error;
  } finally {
    document.dispose();
  }
};
