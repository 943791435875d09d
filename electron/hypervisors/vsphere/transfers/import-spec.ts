import { leaf } from '../requests/xml-writer.ts';
import { maxDepth } from '../transport/soap-answer.ts';
import { namespacesOf, outlineOf, ownAttributes, wayDown, type XmlOutline } from '../xml/xml-outline.ts';
import { scanXml } from '../xml/xml-scanner.ts';
import { asText } from '../xml/xml-values.ts';

/** What makes the VM that is made another one than the specification's. */
export interface ImportedVm {
  /** As the server is to write it. */
  readonly name: string;
  readonly instanceUuid: string;
}

/**
 * The specification out of the answer to CreateImportSpec, as the `spec` of ImportVApp: exactly as the server wrote it,
 * because it may hold what this program does not know, but for the name and the instance UUID. Null when the answer has
 * none, or one that is not of a VM.
 * @throws XmlError
 */
export const importSpecOf = (answer: string, vm: ImportedVm): string | null => {
  const root = outlineOf(answer, { maxLength: answer.length, maxDepth });
  const way = wayDown(root, 'Body', 'CreateImportSpecResponse', 'returnval', 'importSpec', 'configSpec');
  const [config, spec] = way?.toReversed() ?? [];
  if (way === null || !config?.content || !spec?.content) return null;
  const before = answer.slice(spec.content.from, config.content.from);
  const after = answer.slice(config.content.to, spec.content.to);
  const attributes = namespacesOf(answer, way.slice(0, -1)) + ownAttributes(answer, spec);
  return `<spec${attributes}>${before}${configuration(answer, config, vm)}${after}</spec>`;
};

/** The first elements of a VirtualMachineConfigSpec, in the order of the schema. */
const first = ['changeVersion', 'name', 'version', 'createDate', 'uuid', 'instanceUuid'];

const configuration = (text: string, { children }: XmlOutline, { name, instanceUuid }: ImportedVm): string => {
  const own: Readonly<Record<string, string>> = {
    name: leaf('name', name),
    instanceUuid: leaf('instanceUuid', instanceUuid),
  };
  const asWritten = ({ from, to }: XmlOutline): string => text.slice(from, to);
  const beginning = first.map(
    (each) =>
      own[each] ??
      children
        .filter((child) => child.name === each)
        .map(asWritten)
        .join(''),
  );
  return [...beginning, ...children.filter((child) => !first.includes(child.name)).map(asWritten)].join('');
};

/** Names of the networks a descriptor speaks of; none when it is no XML. */
export const networkNamesIn = (descriptor: string): readonly string[] => {
  try {
    const root = outlineOf(descriptor, { maxLength: descriptor.length, maxDepth });
    const section = wayDown(root, 'NetworkSection')?.at(-1);
    const networks = section?.children.filter(({ name }) => name === 'Network') ?? [];
    return networks.flatMap(({ attributes }) => {
      const [, , raw] = nameAttribute.exec(descriptor.slice(attributes.from, attributes.to)) ?? [];
      return raw === undefined ? [] : [decoded(raw)];
    });
  } catch {
    // Whoever is given the descriptor says what is wrong with it.
    return [];
  }
};

const nameAttribute = /\s(?:[^\s:=]+:)?name\s*=\s*(["'])(.*?)\1/s;

const decoded = (raw: string): string =>
  asText(scanXml(`<name>${raw}</name>`, { maxLength: raw.length + 20, maxDepth }).root) ?? raw;
