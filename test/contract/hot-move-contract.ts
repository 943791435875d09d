import { describe, expect, it } from 'vitest';
import { asEntityId } from '../../shared/domain/ids.ts';
import type { DestinationKind, Placement } from '../../shared/domain/migration.ts';
import { type ContractBench, follow, hotMove, placed, rejection, unaborted } from './contract-bench.ts';
import { type EntityMap, watchInventory } from './inventory-watch.ts';

/** The place of that kind which the placement lies in, by the platform's word. */
export const placeIn = (kind: DestinationKind, placement: Placement | null, entities: EntityMap): string | null => {
  switch (kind) {
    case 'host':
      return placement?.host ?? null;
    case 'resource-pool':
    case 'vapp':
      return placement?.pool ?? null;
    case 'cluster': {
      const host = placement?.host ? entities.get(placement.host) : undefined;
      return host?.kind === 'host' ? host.cluster : null;
    }
    default:
      return kind satisfies never;
  }
};

export const describeHotMove = (bench: ContractBench): void => {
  const { harness, stage, connect, pass, itWhere } = bench;

  describe('hot move', () => {
    for (const kind of harness.destinationKinds) {
      it(`brings a running VM to another ${kind}, and it keeps running`, async () => {
        const session = await connect();
        const watch = watchInventory(session);
        await pass(watch.synced);
        const { runningVm, control } = stage();
        const destination = stage().destination(kind);
        expect(placeIn(kind, await control.whereIs(runningVm.id), watch.entities())).not.toBe(destination.id);

        const ref = await pass(session.startRelocation(hotMove(runningVm, destination), unaborted()));
        expect(await pass(follow(session, ref).outcome)).toEqual({ kind: 'succeeded' });

        const truth = await control.whereIs(runningVm.id);
        expect(placeIn(kind, truth, watch.entities())).toBe(destination.id);
        expect(placed(await pass(session.locate(runningVm, unaborted())))).toEqual(placed(truth));
        const [vm] = await pass(session.readEntities([runningVm.id], unaborted()));
        expect(vm).toMatchObject({ powerState: 'on', host: truth?.host, pool: truth?.pool, name: runningVm.name });
        await pass(watch.until(() => watch.vm(runningVm.id)?.host === truth?.host));
        await pass(watch.until(() => watch.vm(runningVm.id)?.pool === truth?.pool));
        await pass(watch.stop());
      });
    }

    itWhere('datastore-choice', 'takes the disks to the datastore that was named', async () => {
      const session = await connect();
      const { runningVm, control, datastoreMove } = stage();
      if (!datastoreMove?.datastore) throw new Error('the stage names no datastore');
      expect((await control.whereIs(runningVm.id))?.datastores).not.toContain(datastoreMove.datastore);
      const ref = await pass(session.startRelocation(datastoreMove, unaborted()));
      expect(await pass(follow(session, ref).outcome)).toEqual({ kind: 'succeeded' });
      expect((await control.whereIs(runningVm.id))?.datastores).toEqual([datastoreMove.datastore]);
    });

    itWhere('network-map', 'attaches an adapter to the network it was mapped to', async () => {
      const session = await connect();
      const { runningVm, networkMove } = stage();
      const [key, network] = Object.entries(networkMove?.networkMap ?? {})[0] ?? [];
      if (networkMove === undefined || key === undefined) throw new Error('the stage maps no network');
      const ref = await pass(session.startRelocation(networkMove, unaborted()));
      expect(await pass(follow(session, ref).outcome)).toEqual({ kind: 'succeeded' });
      const [vm] = await pass(session.readEntities([runningVm.id], unaborted()));
      const adapters = vm?.kind === 'virtual-machine' ? vm.adapters : undefined;
      expect(adapters?.find((adapter) => adapter.key === key)?.network).toBe(network);
    });

    itWhere('held-move', 'tells progress that never goes back', async () => {
      const session = await connect();
      const { runningVm, control } = stage();
      await control.holdMoves?.();
      const ref = await pass(session.startRelocation(hotMove(runningVm, stage().destination('host')), unaborted()));
      const move = follow(session, ref);
      await pass(move.underWay);
      await control.releaseMoves?.();
      expect(await pass(move.outcome)).toEqual({ kind: 'succeeded' });
      const told = move.progress.filter((percent) => percent !== null);
      expect(told.length).toBeGreaterThan(0);
      expect(told).toEqual([...told].sort((a, b) => a - b));
      for (const percent of told) {
        expect(percent).toBeGreaterThanOrEqual(0);
        expect(percent).toBeLessThanOrEqual(100);
      }
    });

    itWhere('held-move', 'goes on when nobody watches, and is found again by a new session', async () => {
      const first = await connect();
      const { runningVm, control } = stage();
      const destination = stage().destination('host');
      await control.holdMoves?.();
      const ref = await pass(first.startRelocation(hotMove(runningVm, destination), unaborted()));
      await pass(first.close());

      const second = await connect();
      const move = follow(second, ref);
      await pass(move.underWay);
      await control.releaseMoves?.();
      expect(await pass(move.outcome)).toEqual({ kind: 'succeeded' });
      expect((await control.whereIs(runningVm.id))?.host).toBe(destination.id);
    });

    itWhere('held-move', 'is not stopped when the watching is', async () => {
      const session = await connect();
      const { runningVm, control } = stage();
      const destination = stage().destination('host');
      await control.holdMoves?.();
      const ref = await pass(session.startRelocation(hotMove(runningVm, destination), unaborted()));
      const abort = new AbortController();
      const watched = follow(session, ref, abort.signal);
      await pass(watched.underWay);
      abort.abort();
      expect((await rejection(pass(watched.outcome))).code).toBe('cancelled');

      await control.releaseMoves?.();
      expect(await pass(follow(session, ref).outcome)).toEqual({ kind: 'succeeded' });
      expect((await control.whereIs(runningVm.id))?.host).toBe(destination.id);
    });

    itWhere('cancel', 'leaves the VM where it was when it is cancelled', async () => {
      const session = await connect();
      const { runningVm, control } = stage();
      const before = await control.whereIs(runningVm.id);
      await control.holdMoves?.();
      const ref = await pass(session.startRelocation(hotMove(runningVm, stage().destination('host')), unaborted()));
      const move = follow(session, ref);
      await pass(move.underWay);
      expect(await pass(session.cancelTask(ref, unaborted()))).toBe('asked');
      expect(await pass(move.outcome)).toEqual({ kind: 'cancelled' });
      await control.releaseMoves?.();
      expect(await control.whereIs(runningVm.id)).toEqual(before);
      expect(await pass(session.cancelTask(ref, unaborted()))).toBe('already-ended');
    });

    it('cannot be cancelled when it has ended', async () => {
      const session = await connect();
      const { runningVm, control } = stage();
      const destination = stage().destination('host');
      const ref = await pass(session.startRelocation(hotMove(runningVm, destination), unaborted()));
      await pass(follow(session, ref).outcome);
      expect(await pass(session.cancelTask(ref, unaborted()))).toBe('already-ended');
      expect((await control.whereIs(runningVm.id))?.host).toBe(destination.id);
    });

    it('is `unknown` when the platform does not know it', async () => {
      const session = await connect();
      const { runningVm } = stage();
      const ref = await pass(session.startRelocation(hotMove(runningVm, stage().destination('host')), unaborted()));
      await pass(follow(session, ref).outcome);
      const other = follow(session, { id: `${ref.id}-nobody-knows` });
      expect(await pass(other.outcome)).toEqual({ kind: 'unknown' });
    });

    itWhere('failing-move', 'tells the fault, and the VM stays', async () => {
      const session = await connect();
      const { runningVm, control } = stage();
      const before = await control.whereIs(runningVm.id);
      await control.failNextMove?.('MigrationFault');
      const ref = await pass(session.startRelocation(hotMove(runningVm, stage().destination('host')), unaborted()));
      const outcome = await pass(follow(session, ref).outcome);
      expect(outcome).toMatchObject({
        kind: 'failed',
        error: { code: 'platform-fault', data: { fault: 'MigrationFault' } },
      });
      expect(await control.whereIs(runningVm.id)).toEqual(before);
    });

    it('is refused for a VM that is gone', async () => {
      const session = await connect();
      const { runningVm, control } = stage();
      await control.destroyVm(runningVm.id);
      const move = hotMove(runningVm, stage().destination('host'));
      const error = await rejection(pass(session.startRelocation(move, unaborted())));
      expect(error.code).toBe('vm-gone');
      expect(error.data).toMatchObject({ vmName: runningVm.name });
    });

    itWhere('missing-destination', 'is refused for a destination that is gone', async () => {
      const session = await connect();
      const { runningVm, control } = stage();
      const before = await control.whereIs(runningVm.id);
      for (const kind of harness.destinationKinds) {
        const there = stage().destination(kind);
        const gone = { ...there, id: asEntityId(`${there.id}-gone`) };
        const error = await rejection(pass(session.startRelocation(hotMove(runningVm, gone), unaborted())));
        expect(error.code).toBe('destination-gone');
      }
      expect(await control.whereIs(runningVm.id)).toEqual(before);
    });
  });
};
