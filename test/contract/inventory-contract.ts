import { describe, expect, it } from 'vitest';
import { siteOf } from '../../shared/domain/ids.ts';
import type { Entity } from '../../shared/domain/inventory.ts';
import { type ContractBench, hotMove, placed, rejection, unaborted } from './contract-bench.ts';
import { danglingReferences } from './dangling-references.ts';
import { applied, type EntityMap, type InventoryWatch, watchInventory } from './inventory-watch.ts';

/** Facts that differ from one reading to the next because the platform is alive. */
const volatile = new Set(['cpuUsedMhz', 'memoryUsedBytes', 'freeBytes', 'storedBytes']);

const steady = (entity: Entity | undefined): unknown =>
  entity === undefined ? undefined : Object.fromEntries(Object.entries(entity).filter(([fact]) => !volatile.has(fact)));

const oneOfEachKind = (entities: EntityMap): readonly Entity[] => [
  ...new Map([...entities.values()].map((entity) => [entity.kind, entity])).values(),
];

/** Length of the way from an object to the top of its tree; fails when the way is a circle. */
const depthOf = (entity: Entity, entities: EntityMap): number => {
  let depth = 0;
  for (let at: Entity | undefined = entity; at !== undefined; depth += 1) {
    if (depth > entities.size) throw new Error(`${entity.name} is its own ancestor`);
    at = at.parent === null ? undefined : entities.get(at.parent);
  }
  return depth;
};

export const describeInventory = (bench: ContractBench): void => {
  const { harness, stage, connect, pass } = bench;

  const syncedWatch = async (): Promise<InventoryWatch> => {
    const watch = watchInventory(await connect());
    await pass(watch.synced);
    return watch;
  };

  describe('inventory', () => {
    it('is read whole, in pages, before it is called complete', async () => {
      const watch = await syncedWatch();
      const completeAt = watch.batches.findIndex((batch) => batch.kind === 'complete');
      const first = watch.batches.slice(0, completeAt);
      expect(first.length).toBeGreaterThan(0);
      expect(first.every((batch) => batch.kind !== 'complete')).toBe(true);
      const { runningVm, stoppedVm } = stage();
      const read = applied(first);
      expect(read.get(runningVm.id)).toMatchObject({ kind: 'virtual-machine', name: runningVm.name, powerState: 'on' });
      expect(read.get(stoppedVm.id)).toMatchObject({
        kind: 'virtual-machine',
        name: stoppedVm.name,
        powerState: 'off',
      });
      for (const kind of harness.destinationKinds) {
        const { id, name } = stage().destination(kind);
        expect(read.get(id)).toMatchObject({ kind, name });
      }
      await watch.stop();
    });

    it('announces no fewer objects than it then reads', async () => {
      const watch = await syncedWatch();
      let loaded = 0;
      for (const batch of watch.batches) {
        if (batch.kind !== 'page') continue;
        loaded += batch.entities.length;
        if (batch.total !== null) expect(loaded).toBeLessThanOrEqual(batch.total);
      }
      await watch.stop();
    });

    it('holds no reference that leads nowhere', async () => {
      const watch = await syncedWatch();
      const entities = watch.entities();
      expect(danglingReferences(entities)).toEqual([]);
      for (const entity of entities.values()) {
        expect(siteOf(entity.id)).toBe(stage().site.id);
        expect(entity.site).toBe(stage().site.id);
        expect(depthOf(entity, entities)).toBeGreaterThan(0);
      }
      await watch.stop();
    });

    it('puts every VM that runs on a host, and on VMware in a pool', async () => {
      const watch = await syncedWatch();
      for (const entity of watch.entities().values()) {
        if (entity.kind !== 'virtual-machine' || entity.powerState !== 'on') continue;
        expect(entity.host, entity.name).not.toBeNull();
        if (harness.platform === 'vmware') expect(entity.pool, entity.name).not.toBeNull();
        else expect(entity.pool, entity.name).toBeNull();
      }
      await watch.stop();
    });

    it('agrees with the platform on where VMs are', async () => {
      const watch = await syncedWatch();
      const { runningVm, stoppedVm, control } = stage();
      for (const known of [runningVm, stoppedVm]) {
        const vm = watch.vm(known.id);
        const truth = placed(await control.whereIs(known.id));
        expect(placed({ host: vm?.host ?? null, pool: vm?.pool ?? null, datastores: vm?.datastores ?? [] })).toEqual(
          truth,
        );
        expect(vm?.instanceUuid).toBe(known.instanceUuid);
      }
      await watch.stop();
    });

    it('shows a change as it happens', async () => {
      const watch = await syncedWatch();
      const { runningVm, control } = stage();
      await control.renameVm(runningVm.id, 'renamed-behind-our-back');
      await pass(watch.until((entities) => entities.get(runningVm.id)?.name === 'renamed-behind-our-back'));
      await watch.stop();
    });

    it('shows that a VM was destroyed', async () => {
      const watch = await syncedWatch();
      const { stoppedVm, control } = stage();
      await control.destroyVm(stoppedVm.id);
      await pass(watch.until((entities) => !entities.has(stoppedVm.id)));
      expect(danglingReferences(watch.entities())).toEqual([]);
      await watch.stop();
    });

    it('shows that someone else moved a VM', async () => {
      const watch = await syncedWatch();
      const { runningVm, control } = stage();
      await control.moveVm(runningVm.id, stage().destination('host'));
      const truth = await control.whereIs(runningVm.id);
      await pass(watch.until(() => watch.vm(runningVm.id)?.host === truth?.host));
      await watch.stop();
    });

    it('may be applied twice without harm', async () => {
      const watch = await syncedWatch();
      const { runningVm, stoppedVm, control } = stage();
      await control.renameVm(runningVm.id, 'renamed-once');
      await pass(watch.until((entities) => entities.get(runningVm.id)?.name === 'renamed-once'));
      await control.destroyVm(stoppedVm.id);
      await pass(watch.until((entities) => !entities.has(stoppedVm.id)));
      const batches = [...watch.batches];
      expect(applied(batches.flatMap((batch) => [batch, batch]))).toEqual(applied(batches));
      await watch.stop();
    });

    it('begins with everything again when it is iterated anew', async () => {
      const session = await connect();
      const first = watchInventory(session);
      await pass(first.synced);
      await pass(first.stop());
      const second = watchInventory(session);
      await pass(second.synced);
      expect([...second.entities().keys()].sort()).toEqual([...first.entities().keys()].sort());
      await pass(second.stop());
    });

    it('may be left in the middle', async () => {
      const session = await connect();
      const readOne = async (): Promise<string | undefined> => {
        for await (const batch of session.watchInventory(unaborted())) return batch.kind;
        return undefined;
      };
      expect(await pass(readOne())).toBe('page');
      const whole = watchInventory(session);
      await pass(whole.synced);
      expect(whole.entities().has(stage().runningVm.id)).toBe(true);
      await pass(whole.stop());
    });

    it('ends with `cancelled` when it is told to stop', async () => {
      const session = await connect();
      const abort = new AbortController();
      const iterator = session.watchInventory(abort.signal)[Symbol.asyncIterator]();
      await pass(iterator.next());
      abort.abort();
      const readOn = async (): Promise<void> => {
        // Pages already on their way may still come.
        while (!(await iterator.next()).done);
      };
      expect((await rejection(pass(readOn()))).code).toBe('cancelled');
    });

    it('ends when the session is closed', async () => {
      const session = await connect();
      const watch = watchInventory(session);
      await pass(watch.synced);
      await pass(session.close());
      expect((await rejection(pass(watch.ended))).code).toBe('site-not-connected');
    });
  });

  describe('reading facts again', () => {
    it('agrees with the inventory on objects of every kind', async () => {
      const session = await connect();
      const watch = watchInventory(session);
      await pass(watch.synced);
      const wanted = oneOfEachKind(watch.entities());
      const read = await pass(
        session.readEntities(
          wanted.map((entity) => entity.id),
          unaborted(),
        ),
      );
      const byId = new Map(read.map((entity) => [entity.id, entity]));
      for (const entity of wanted) expect(steady(byId.get(entity.id))).toEqual(steady(entity));
      await pass(watch.stop());
    });

    it('tells what is true now', async () => {
      const session = await connect();
      const { runningVm, control } = stage();
      await control.renameVm(runningVm.id, 'fresh-name');
      const [vm] = await pass(session.readEntities([runningVm.id], unaborted()));
      expect(vm).toMatchObject({ id: runningVm.id, name: 'fresh-name' });
    });

    it('leaves out what no longer exists', async () => {
      const session = await connect();
      const { runningVm, stoppedVm, control } = stage();
      await control.destroyVm(stoppedVm.id);
      const read = await pass(session.readEntities([stoppedVm.id, runningVm.id], unaborted()));
      expect(read.map((entity) => entity.id)).toEqual([runningVm.id]);
    });

    it('has nothing to read for no ids', async () => {
      const session = await connect();
      expect(await pass(session.readEntities([], unaborted()))).toEqual([]);
    });
  });

  describe('locating a VM', () => {
    it('tells where it is now', async () => {
      const session = await connect();
      const { runningVm, control } = stage();
      await control.moveVm(runningVm.id, stage().destination('host'));
      const found = await pass(session.locate(runningVm, unaborted()));
      expect(placed(found)).toEqual(placed(await control.whereIs(runningVm.id)));
      expect(found?.host).toBe(stage().destination('host').id);
    });

    it('tells that it is gone', async () => {
      const session = await connect();
      const { stoppedVm, control } = stage();
      await control.destroyVm(stoppedVm.id);
      expect(await pass(session.locate(stoppedVm, unaborted()))).toBeNull();
      expect(await pass(session.locate({ id: stoppedVm.id }, unaborted()))).toBeNull();
    });

    bench.itWhere('new-id', 'finds a VM again that got a new id', async () => {
      const session = await connect();
      const { stoppedVm, control } = stage();
      const id = await control.reregisterVm?.(stoppedVm.id);
      expect(id).not.toBe(stoppedVm.id);
      const found = await pass(session.locate(stoppedVm, unaborted()));
      expect(found).not.toBeNull();
      expect(placed(found)).toEqual(placed(await control.whereIs(id ?? stoppedVm.id)));
      expect(await pass(session.locate({ id: stoppedVm.id }, unaborted()))).toBeNull();
    });
  });

  describe("the platform's own check", () => {
    it('has no objection to a move that is all right', async () => {
      const session = await connect();
      const { runningVm } = stage();
      for (const kind of harness.destinationKinds) {
        const objections = await pass(session.checkMove(hotMove(runningVm, stage().destination(kind)), unaborted()));
        expect(objections.filter(({ severity }) => severity === 'error')).toEqual([]);
      }
    });

    bench.itWhere('objections', 'names the fault of a move that is not', async () => {
      const session = await connect();
      const { objectionableMove } = stage();
      if (objectionableMove === undefined) throw new Error('the stage has no objectionable move');
      const objections = await pass(session.checkMove(objectionableMove, unaborted()));
      const errors = objections.filter(({ severity }) => severity === 'error');
      expect(errors.length).toBeGreaterThan(0);
      for (const { fault, message } of errors) {
        expect(fault).not.toBe('');
        expect(message).not.toBe('');
      }
    });
  });
};
