import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { foldersPreference } from '../../../electron/evacuation/folder-list.ts';
import { openStorage } from '../../../electron/storage/open-storage.ts';
import type { EvacuationPlan } from '../../../shared/domain/evacuation.ts';
import { anEvacuationPlan } from '../../support/cold-moves.ts';
import {
  aNewRecord,
  descriptor,
  diskBytes,
  flipByte,
  never,
  sealImage,
  writeDisk,
} from '../../support/evacuation-images.ts';
import { aMove } from '../../support/inventory-builders.ts';
import { type LabPage, openLabPage } from '../../support/lab-page.ts';
import { aHeader } from '../../support/task-samples.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const image = 'web-01-T-12';

/** A page with one folder that was set up, and a sealed image in it. */
const withImage = async (): Promise<{ readonly page: LabPage; readonly folder: string }> => {
  const page = openLabPage();
  const folder = temporaryDirectory();
  await page.call('evacuation.addFolder', { path: folder, floorBytes: 0 });
  await sealImage(page.services.images, folder, image);
  return { page, folder };
};

/** An open task with that plan. */
const openTask = (page: LabPage, plan: Partial<EvacuationPlan>) => {
  const move = aMove(undefined, undefined, { method: 'cold-evacuate', evacuation: anEvacuationPlan(plan) });
  return page.services.journal.createTask(aHeader('web-01', { move }), 1_000).id;
};

describe('folders', () => {
  test('are added, measured and removed', async () => {
    const page = openLabPage();
    const path = temporaryDirectory();
    expect(await page.call('evacuation.folders', {})).toEqual([]);
    const [added] = await page.call('evacuation.addFolder', { path, floorBytes: null });
    expect(added).toMatchObject({ path, problem: null, reservedBytes: 0 });
    expect(added?.freeBytes).toBeGreaterThan(0);
    expect(added?.floorBytes).toBeGreaterThan(0);
    expect(await page.tryCall('evacuation.addFolder', { path, floorBytes: 0 })).toMatchObject({
      error: { code: 'folder-exists' },
    });
    rmSync(path, { recursive: true });
    expect(await page.call('evacuation.folders', {})).toMatchObject([{ path, problem: 'missing', freeBytes: null }]);
    expect(await page.call('evacuation.removeFolder', { path })).toEqual([]);
  });

  test('that are no paths never arrive', async () => {
    const page = openLabPage();
    for (const path of ['relative', '', '/a\0b']) {
      expect(await page.tryCall('evacuation.addFolder', { path, floorBytes: 0 })).toMatchObject({
        error: { code: 'invalid-input' },
      });
    }
  });

  test('are not removed while an open task is going to use them', async () => {
    const { page, folder } = await withImage();
    openTask(page, { folder });
    expect(await page.tryCall('evacuation.removeFolder', { path: folder })).toMatchObject({
      error: { code: 'folder-in-use', data: { folder } },
    });
  });

  test('are chosen by the person', async () => {
    const page = openLabPage();
    expect(await page.call('evacuation.chooseFolder', {})).toEqual({ path: page.directory });
  });

  test('of which the list is damaged are told at the start', () => {
    const first = openLabPage();
    expect(first.services.notices).toEqual([]);
    const directory = temporaryDirectory();
    const storage = openStorage(directory, { now: () => 1_000 });
    storage.settings.setPreference(foldersPreference, '[{"path":7}]');
    storage.close();
    const page = openLabPage({ directory });
    expect(page.services.notices).toEqual([{ code: 'folder-list-damaged', data: {} }]);
    expect(page.services.folders.folders()).toEqual([]);
  });
});

describe('images', () => {
  test('that hold all of a VM and were never sealed are sealed by being verified', async () => {
    const { page, folder } = await withImage();
    const store = page.services.images;
    const begun = async (name: string) => {
      const writer = await store.begin(folder, name);
      await writer.describe(aNewRecord(), descriptor, [await writeDisk(writer, 'disk-0.vmdk', diskBytes(100))]);
    };
    await begun('whole');
    expect(await page.call('evacuation.verifyImage', { folder, image: 'whole' })).toEqual({ problem: null });
    expect(await store.state(folder, 'whole')).toBe('sealed');
    await begun('altered');
    flipByte(join(folder, 'altered.partial', 'disk-0.vmdk'), 7);
    expect(await page.call('evacuation.verifyImage', { folder, image: 'altered' })).toEqual({
      problem: { kind: 'wrong-content', file: 'disk-0.vmdk' },
    });
    expect(await store.state(folder, 'altered')).toBe('partial');
  });

  test('are listed, newest first, verified and deleted', async () => {
    const { page, folder } = await withImage();
    const writer = await page.services.images.begin(folder, 'later');
    await writer.describe(aNewRecord({ createdAt: Date.UTC(2026, 5, 1) }), descriptor, []);
    await page.services.images.seal(folder, 'later', never());
    const listed = await page.call('evacuation.images', {});
    expect(listed.map(({ name, state, task }) => [name, state, task])).toEqual([
      ['later', 'sealed', null],
      [image, 'sealed', null],
    ]);
    expect(await page.call('evacuation.verifyImage', { folder, image })).toEqual({ problem: null });
    flipByte(join(folder, image, 'disk-0.vmdk'), 7);
    expect(await page.call('evacuation.verifyImage', { folder, image })).toEqual({
      problem: { kind: 'wrong-content', file: 'disk-0.vmdk' },
    });
    expect(await page.call('evacuation.deleteImage', { folder, image })).toMatchObject([{ name: 'later' }]);
    expect(existsSync(join(folder, image))).toBe(false);
    expect(await page.tryCall('evacuation.deleteImage', { folder, image })).toMatchObject({
      error: { code: 'image-not-found' },
    });
  });

  test('that an open task restores are told with it and not deleted', async () => {
    const { page, folder } = await withImage();
    const task = openTask(page, { part: 'restore', folder, image });
    expect(await page.call('evacuation.images', {})).toMatchObject([{ name: image, task }]);
    expect(await page.tryCall('evacuation.deleteImage', { folder, image })).toMatchObject({
      error: { code: 'image-in-use', data: { image, task: `T-${task}` } },
    });
    expect(existsSync(join(folder, image))).toBe(true);
  });

  test('that an open task writes are not deleted either', async () => {
    const { page, folder } = await withImage();
    const task = openTask(page, { folder });
    page.services.runner.log.append(task, { kind: 'image-begun', folder, name: image, id: 'an-id' });
    expect(await page.tryCall('evacuation.deleteImage', { folder, image })).toMatchObject({
      error: { code: 'image-in-use' },
    });
  });

  test('outside the folders that were set up cannot be reached', async () => {
    const { page, folder } = await withImage();
    const other = temporaryDirectory();
    await sealImage(page.services.images, other, image);
    mkdirSync(join(folder, 'inner'));
    for (const [where, called, code] of [
      [other, image, 'not-found'],
      [join(folder, 'inner', '..'), image, 'ok'],
      [folder, '../other', 'invalid-input'],
      [folder, '..', 'invalid-input'],
    ] as const) {
      const answer = await page.tryCall('evacuation.deleteImage', { folder: where, image: called });
      if (code === 'ok') expect(answer).toMatchObject({ ok: true });
      else expect(answer).toMatchObject({ error: { code } });
    }
    expect(existsSync(join(other, image))).toBe(true);
  });
});
