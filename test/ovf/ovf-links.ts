import type { XmlDocument } from 'libxml2-wasm';
import { namespaces } from './namespaces.ts';

/*
 * What DSP0243 1.1 demands of a descriptor and XSD 1.0 cannot say. Clause 8: an item's InstanceID is unique, unless it
 * belongs to a range or a configuration; Parent is the InstanceID of another item; HostResource names a file or a disk
 * of the package as `ovf:/file/…` and `ovf:/disk/…`, which VMware does in its own settings as well.
 */

/** @returns a sentence for each broken link */
export const danglingLinks = (document: XmlDocument): readonly string[] => {
  const textsOf = (path: string): readonly string[] => document.find(path, namespaces).map(({ content }) => content);
  const files = new Set(textsOf('//ovf:File/@ovf:id'));
  const disks = new Set(textsOf('//ovf:Disk/@ovf:diskId'));
  const problems: string[] = [];

  const resources = [...textsOf('//rasd:HostResource'), ...textsOf('//vmw:*/@vmw:value[starts-with(., "ovf:")]')];
  for (const resource of resources) {
    const [, kind, id = ''] = /^ovf:\/(file|disk)\/(.+)$/.exec(resource) ?? [];
    const known = kind === 'file' ? files : disks;
    if (kind === undefined || !known.has(id)) problems.push(`${resource} is nothing of the package`);
  }

  for (const [number] of document.find('//ovf:VirtualHardwareSection', namespaces).entries()) {
    const items = `(//ovf:VirtualHardwareSection)[${number + 1}]/ovf:Item`;
    const ids = textsOf(`${items}[not(@ovf:bound) and not(@ovf:configuration)]/rasd:InstanceID`);
    const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
    problems.push(...twice.map((id) => `two items have the InstanceID ${id}`));
    const parents = textsOf(`${items}/rasd:Parent`).filter((id) => !textsOf(`${items}/rasd:InstanceID`).includes(id));
    problems.push(...parents.map((id) => `no item has the InstanceID ${id}`));
  }
  return problems;
};
