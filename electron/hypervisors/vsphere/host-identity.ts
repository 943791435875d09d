import { readProperties } from './inventory/read-properties.ts';
import type { Traversal } from './requests/property-requests.ts';
import type { ApiSession } from './transport/api-session.ts';
import { asText } from './xml/xml-values.ts';

/** From the root folder of an ESXi host down to the one host there is. */
const down: readonly Traversal[] = [
  {
    type: 'Folder',
    path: 'childEntity',
    onward: [
      {
        type: 'Datacenter',
        path: 'hostFolder',
        onward: [
          {
            type: 'Folder',
            path: 'childEntity',
            onward: [{ type: 'ComputeResource', path: 'host' }],
          },
        ],
      },
    ],
  },
];

/** An ESXi host has no instance id of its own; the UUID of its hardware tells it from others. Null when not told. */
export const hostUuid = async (session: ApiSession, signal: AbortSignal): Promise<string | null> => {
  const found = await readProperties(
    session,
    {
      properties: [{ type: 'HostSystem', paths: ['summary.hardware.uuid'] }],
      objects: [{ object: session.content.rootFolder, skip: true, traversals: down }],
    },
    signal,
  );
  const host = found.all.find(({ ref }) => ref.type === 'HostSystem');
  return asText(host?.properties['summary.hardware.uuid']) ?? null;
};
