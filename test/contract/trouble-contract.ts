import { describe, expect } from 'vitest';
import { type ContractBench, follow, hotMove, lostContact, rejection, unaborted } from './contract-bench.ts';
import { watchInventory } from './inventory-watch.ts';

/** Ways to say that a watch over the inventory broke off and has to be begun anew. */
const brokenOff = [...lostContact, 'session-expired', 'site-unreachable'];

export const describeTrouble = (bench: ContractBench): void => {
  const { stage, connect, pass, itWhere } = bench;

  describe('trouble', () => {
    itWhere('lost-connection', 'does not call a move failed that it merely cannot see any longer', async () => {
      const session = await connect();
      const { runningVm, control } = stage();
      const destination = stage().destination('host');
      await control.holdMoves?.();
      const ref = await pass(session.startRelocation(hotMove(runningVm, destination), unaborted()));
      const move = follow(session, ref);
      await pass(move.underWay);
      await control.dropConnection?.();
      expect(lostContact).toContain((await rejection(pass(move.outcome))).code);

      await control.releaseMoves?.();
      await control.restoreConnection?.();
      const again = await connect();
      expect(await pass(follow(again, ref).outcome)).toEqual({ kind: 'succeeded' });
      expect((await control.whereIs(runningVm.id))?.host).toBe(destination.id);
    });

    itWhere('lost-connection', 'ends the inventory with an error, and begins it anew when asked', async () => {
      const session = await connect();
      const { runningVm, control } = stage();
      const watch = watchInventory(session);
      await pass(watch.synced);
      await control.dropConnection?.();
      expect(brokenOff).toContain((await rejection(pass(watch.ended))).code);
      await control.renameVm(runningVm.id, 'renamed-in-the-dark');
      await control.restoreConnection?.();

      const again = watchInventory(session);
      await pass(again.synced);
      expect(again.entities().get(runningVm.id)?.name).toBe('renamed-in-the-dark');
      await pass(again.stop());
    });

    itWhere('lost-connection', 'tells that the server cannot be reached', async () => {
      const session = await connect();
      const { adapter, site, password, runningVm, control } = stage();
      await control.dropConnection?.();
      const reading = await rejection(pass(session.readEntities([runningVm.id], unaborted())));
      expect([...lostContact, 'site-unreachable']).toContain(reading.code);
      const connecting = await rejection(pass(adapter.connect(site, password, unaborted())));
      expect(['site-unreachable', 'server-timeout', 'connection-lost']).toContain(connecting.code);
      await control.restoreConnection?.();
    });

    itWhere('lost-answer', 'does not call a move refused whose answer got lost', async () => {
      const session = await connect();
      const { runningVm, control } = stage();
      const destination = stage().destination('host');
      await control.loseNextMoveAnswer?.();
      const error = await rejection(pass(session.startRelocation(hotMove(runningVm, destination), unaborted())));
      expect(lostContact).toContain(error.code);

      const again = await connect();
      const watch = watchInventory(again);
      await pass(watch.until(() => watch.vm(runningVm.id)?.host === destination.id));
      expect((await control.whereIs(runningVm.id))?.host).toBe(destination.id);
      await pass(watch.stop());
    });

    itWhere('session-expiry', 'logs in again by itself when the server has forgotten the session', async () => {
      const session = await connect();
      const { runningVm, control } = stage();
      await control.expireSessions?.();
      const [vm] = await pass(session.readEntities([runningVm.id], unaborted()));
      expect(vm?.id).toBe(runningVm.id);
    });

    itWhere('session-expiry', 'keeps a running move in sight, or says that it lost it', async () => {
      const session = await connect();
      const { runningVm, control } = stage();
      const destination = stage().destination('host');
      await control.holdMoves?.();
      const ref = await pass(session.startRelocation(hotMove(runningVm, destination), unaborted()));
      const move = follow(session, ref);
      await pass(move.underWay);
      await control.expireSessions?.();
      await control.releaseMoves?.();
      const ended = await pass(
        move.outcome.catch((error: { code: string }) => {
          expect([...lostContact, 'session-expired']).toContain(error.code);
          return follow(session, ref).outcome;
        }),
      );
      expect(ended).toEqual({ kind: 'succeeded' });
      expect((await control.whereIs(runningVm.id))?.host).toBe(destination.id);
    });

    itWhere('session-expiry', 'shows the inventory again after the server has forgotten the session', async () => {
      const session = await connect();
      const { runningVm, control } = stage();
      const watch = watchInventory(session);
      await pass(watch.synced);
      await control.expireSessions?.();
      await control.renameVm(runningVm.id, 'renamed-after-expiry');
      const renamed = (entities: ReturnType<typeof watch.entities>): boolean =>
        entities.get(runningVm.id)?.name === 'renamed-after-expiry';
      await pass(
        watch.until(renamed).catch(async (error: { code: string }) => {
          expect(brokenOff).toContain(error.code);
          const again = watchInventory(session);
          await again.until(renamed);
          await again.stop();
        }),
      );
      await pass(watch.stop());
    });

    itWhere('vanishing-vm', 'tells the truth about a VM that vanished in the middle of its move', async () => {
      const session = await connect();
      const { runningVm, control } = stage();
      await control.holdMoves?.();
      const ref = await pass(session.startRelocation(hotMove(runningVm, stage().destination('host')), unaborted()));
      const move = follow(session, ref);
      await pass(move.underWay);
      await control.destroyVm(runningVm.id);
      await control.releaseMoves?.();
      const outcome = await pass(move.outcome);
      expect(['failed', 'unknown']).toContain(outcome.kind);
      expect(await pass(session.locate(runningVm, unaborted()))).toBeNull();
    });
  });
};
