import { siteOf } from '../../../../shared/domain/ids.ts';
import type { Move } from '../../../../shared/domain/migration.ts';
import type { PlatformObjection } from '../../port.ts';
import type { ImportRequest } from '../../transfer.ts';
import { type EntityReading, readEntities } from '../inventory/read-entities.ts';
import { objectionsIn } from '../objections.ts';
import { readVm } from '../vms/read-vm.ts';
import { describeVm } from './descriptor.ts';
import { checkImport } from './import-lease.ts';

/**
 * The server's opinion of an evacuation, without doing anything: what it says to describing the VM, and what it says to
 * making one like it at the destination. Of a restore alone there is no VM to ask about; its image is checked as it is.
 * @throws `vm-gone`, `destination-gone`; VimFault, and what calls throw
 */
export const checkEvacuation = async (
  reading: EntityReading,
  move: Move,
  signal: AbortSignal,
): Promise<readonly PlatformObjection[]> => {
  const part = move.evacuation?.part ?? 'whole';
  if (part === 'restore') return [];
  const { session, site } = reading;
  const { ref } = await readVm(session, move.vm, [], signal);
  const { text, result } = await describeVm(session, { ref, name: move.vmName }, [], signal);
  const leaving = objectionsIn(result);
  // Another server is asked by whoever is logged in there.
  if (part === 'evacuate' || text === null || siteOf(move.destination.id) !== site) return leaving;
  const arriving = await checkImport(
    session,
    { ...move, descriptor: text, networks: await networksOf(reading, move, signal) },
    signal,
  );
  return [...leaving, ...arriving];
};

/** The networks adapters are to leave, by name, with those they go to. */
const networksOf = async (
  reading: EntityReading,
  { vm, networkMap }: Move,
  signal: AbortSignal,
): Promise<ImportRequest['networks']> => {
  const [machine] = await readEntities(reading, [vm], signal);
  const adapters = machine?.kind === 'virtual-machine' ? (machine.adapters ?? []) : [];
  const changing = adapters.flatMap(({ key, network }) => {
    const to = networkMap[key];
    return network && to ? [{ from: network, to }] : [];
  });
  const before = await readEntities(
    reading,
    changing.map(({ from }) => from),
    signal,
  );
  const names = new Map(before.map(({ id, name }) => [id, name]));
  return changing.flatMap(({ from, to }) => {
    const name = names.get(from);
    return name === undefined ? [] : [{ name, network: to }];
  });
};
