import { AppError } from '../../../../shared/errors/app-error.ts';
import { readProperties } from '../inventory/read-properties.ts';
import type { ManagedRef } from '../managed-ref.ts';
import { createDescriptor, type DescribedFile } from '../requests/ovf-requests.ts';
import type { ApiSession } from '../transport/api-session.ts';
import type { XmlValue } from '../xml/xml-node.ts';
import { asList, textAt } from '../xml/xml-values.ts';

export interface DescriptorAnswer {
  /** Null where errors kept the server from writing one. */
  readonly text: string | null;
  /** With its `error` and `warning` (OvfCreateDescriptorResult). */
  readonly result: XmlValue | undefined;
}

/**
 * Lets the server describe a VM. Without files it is a dry run, which needs no lease.
 * @throws `method-unavailable` where there is nobody to ask; VimFault, and what calls throw
 */
export const describeVm = async (
  session: ApiSession,
  vm: { readonly ref: ManagedRef; readonly name: string },
  files: readonly DescribedFile[],
  signal: AbortSignal,
): Promise<DescriptorAnswer> => {
  const ovfManager = ovfManagerOf(session);
  const options = await wantedOptions(session, ovfManager, signal);
  const result = await session.call(createDescriptor(ovfManager, vm.ref, { name: vm.name, files, options }), {
    signal,
  });
  return { text: textAt(result, 'ovfDescriptor') || null, result };
};

/** @throws `method-unavailable` */
export const ovfManagerOf = ({ content }: ApiSession): ManagedRef => {
  if (content.ovfManager === null) throw new AppError('method-unavailable', { method: 'cold-evacuate' });
  return content.ovfManager;
};

/** What tells a VM from its copies, and is left out unless asked for. */
const wanted = new Set(['mac', 'uuid']);

/** Servers offer options by name (OvfManager.ovfExportOption), and refuse others. */
const wantedOptions = async (
  session: ApiSession,
  ovfManager: ManagedRef,
  signal: AbortSignal,
): Promise<readonly string[]> => {
  const filter = {
    properties: [{ type: 'OvfManager', paths: ['ovfExportOption'] }],
    objects: [{ object: ovfManager }],
  };
  const offered = (await readProperties(session, filter, signal)).get(ovfManager)?.properties.ovfExportOption;
  return asList(offered)
    .map((each) => textAt(each, 'option') ?? '')
    .filter((option) => wanted.has(option));
};
