import { cpSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { anImageStore, never, sealImage } from '../../support/evacuation-images.ts';
import { powerCut } from '../../support/faulty-files.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const name = 'web-01-T-12';
const moments = ['before', 'after'] as const;

/** The number of calls an undisturbed try takes. */
const callsOf = async (
  act: (files: ReturnType<typeof powerCut>, folder: string) => Promise<unknown>,
): Promise<number> => {
  const undisturbed = powerCut(0, 'before');
  await act(undisturbed, temporaryDirectory());
  return undisturbed.calls();
};

const seal = ({ files }: ReturnType<typeof powerCut>, folder: string): Promise<number> =>
  sealImage(anImageStore(files), folder, name);

describe('a power cut while an image is made', () => {
  /** @returns the state it left, and whether a rename was lost or might have been */
  const cutAt = async (call: number, when: 'before' | 'after', losesRenames: boolean) => {
    const where = `call ${call}, ${when}`;
    const folder = temporaryDirectory();
    const cut = powerCut(call, when);
    await expect(seal(cut, folder), where).rejects.toThrow();
    const mayLoseRenames = cut.loseUnflushed(losesRenames);
    const store = anImageStore();
    const state = await store.state(folder, name);
    if (state === 'sealed') expect(await store.verify(folder, name, never()), where).toBeNull();
    else expect(await store.list([folder]), where).toMatchObject(state === 'none' ? [] : [{ name, state }]);
    return { folder, store, state, mayLoseRenames };
  };

  test('at any call never leaves an image with its final name that is not whole, and a new try succeeds', async () => {
    const calls = await callsOf(seal);
    expect(calls).toBeGreaterThan(50);
    const found = new Set<string>();
    for (let call = 1; call <= calls; call += 1) {
      const { folder, store, state } = await cutAt(call, 'before', false);
      found.add(state);
      if (state !== 'sealed') await sealImage(store, folder, name);
      expect((await store.list([folder])).map((image) => image.state)).toEqual(['sealed']);
      const { mayLoseRenames } = await cutAt(call, 'after', false);
      if (mayLoseRenames) await cutAt(call, 'after', true);
    }
    expect([...found].sort()).toEqual(['none', 'partial', 'sealed']);
  }, 60_000);

  test('without the flush before the rename it would: this test can fail', async () => {
    const folder = temporaryDirectory();
    const cut = powerCut(0, 'before');
    const forgetful = {
      ...cut.files,
      open: async (path: string, flags: number) => ({ ...(await cut.files.open(path, flags)), sync: async () => {} }),
    };
    await sealImage(anImageStore(forgetful), folder, name);
    cut.loseUnflushed(false);
    expect(await anImageStore().verify(folder, name, never())).not.toBeNull();
  });
});

describe('a power cut while an image is removed', () => {
  test('at any call leaves it whole or no image, and it can be removed again', async () => {
    const sealed = temporaryDirectory();
    await sealImage(anImageStore(), sealed, name);
    const remove = ({ files }: ReturnType<typeof powerCut>, folder: string): Promise<void> => {
      cpSync(sealed, folder, { recursive: true });
      return anImageStore(files).remove(folder, name);
    };
    const calls = await callsOf(remove);
    const found = new Set<string>();
    for (let call = 1; call <= calls; call += 1) {
      for (const when of moments) {
        const folder = temporaryDirectory();
        const cut = powerCut(call, when);
        await expect(remove(cut, folder), `call ${call}, ${when}`).rejects.toThrow();
        cut.loseUnflushed(true);
        const store = anImageStore();
        const state = await store.state(folder, name);
        found.add(state);
        if (state === 'sealed') expect(await store.verify(folder, name, never()), `call ${call}`).toBeNull();
        if (state === 'partial') {
          expect(await store.list([folder]), `call ${call}`).toMatchObject([
            { name, state: 'deleting', problem: null },
          ]);
          await expect(store.open(folder, name)).rejects.toMatchObject({ code: 'image-not-found' });
        }
        await store.remove(folder, name);
        expect(await store.state(folder, name)).toBe('none');
        expect(await store.list([folder])).toEqual([]);
      }
    }
    expect([...found].sort()).toEqual(['none', 'partial', 'sealed']);
  }, 60_000);
});
