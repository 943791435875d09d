import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../../electron/storage/open-database.ts';
import { inventoryCacheFile, journalFile } from '../../../electron/storage/open-storage.ts';
import type { Annotations } from '../../../electron/storage/ports.ts';
import type { AnnotationChange } from '../../../shared/domain/annotation.ts';
import { defaultSite, idOf } from '../../support/inventory-builders.ts';
import { openTestStorage } from '../../support/open-test-storage.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const web = idOf('vm', 'web-01');
const lock: AnnotationChange = { kind: 'locked', vm: web, reason: 'audit until Friday' };
const unlock: AnnotationChange = { kind: 'unlocked', vm: web };
const waive: AnnotationChange = {
  kind: 'waived',
  site: defaultSite,
  vm: null,
  ruleId: 'S6',
  reason: 'ISO not needed',
  until: 9_000,
};

const say = (annotations: Annotations, change: AnnotationChange, at: number, by = 'sato') =>
  annotations.append(change, { vmName: change.vm === null ? null : 'web-01', by, at });

describe('what people said', () => {
  it('is still there after a restart, and after the inventory cache was deleted', () => {
    const directory = temporaryDirectory();
    const first = openTestStorage(directory);
    say(first.annotations, lock, 1);
    say(first.annotations, waive, 2, '田中');
    first.close();
    rmSync(inventoryCacheFile(directory));

    const { annotations } = openTestStorage(directory);
    expect(annotations.present().locks).toEqual([
      { vm: web, vmName: 'web-01', by: 'sato', reason: 'audit until Friday', at: 1 },
    ]);
    expect(annotations.present().waivers).toEqual([
      {
        site: defaultSite,
        vm: null,
        vmName: null,
        ruleId: 'S6',
        by: '田中',
        reason: 'ISO not needed',
        at: 2,
        until: 9_000,
      },
    ]);
  });

  it('keeps who locked and who unlocked, newest first', () => {
    const { annotations } = openTestStorage(temporaryDirectory());
    say(annotations, lock, 1);
    say(annotations, waive, 2);
    say(annotations, unlock, 3, 'tanaka');
    expect(annotations.present().locks).toEqual([]);
    expect(
      annotations.history({ vm: web, limit: 10 }).map(({ sequence, at, by, change }) => [sequence, at, by, change]),
    ).toEqual([
      [3, 3, 'tanaka', unlock],
      [1, 1, 'sato', lock],
    ]);
    expect(annotations.history({ vm: null, limit: 2 }).map(({ change }) => change.kind)).toEqual([
      'unlocked',
      'waived',
    ]);
  });

  it('is seen by another process at once, in both directions', () => {
    const directory = temporaryDirectory();
    const window = openTestStorage(directory).annotations;
    const commandLine = openTestStorage(directory).annotations;
    say(commandLine, lock, 1);
    expect(window.present().locks.map(({ vm }) => vm)).toEqual([web]);
    say(window, unlock, 2);
    expect(commandLine.present().locks).toEqual([]);
  });

  it('is the same object until somebody says more', () => {
    const { annotations } = openTestStorage(temporaryDirectory());
    say(annotations, lock, 1);
    const before = annotations.present();
    expect(annotations.present()).toBe(before);
    say(annotations, unlock, 2);
    expect(annotations.present()).not.toBe(before);
  });

  it.each([
    ["O'Brien'); DROP TABLE annotation_event;--"],
    ['{"kind":"unlocked"}'],
    ['\u0000\u001b[31m red \u202e'],
    ['理由'.repeat(500)],
  ])('keeps any text as it is: %j', (text) => {
    const directory = temporaryDirectory();
    const first = openTestStorage(directory);
    first.annotations.append({ ...lock, reason: text } as AnnotationChange, { vmName: text, by: text, at: 1 });
    first.close();
    const { annotations } = openTestStorage(directory);
    expect(annotations.present().locks).toEqual([{ vm: web, vmName: text, by: text, reason: text, at: 1 }]);
  });

  it('refuses what nobody said', () => {
    const { annotations } = openTestStorage(temporaryDirectory());
    expect(() => say(annotations, lock, 1, '')).toThrow(/storage-failed/);
    expect(annotations.present().locks).toEqual([]);
  });

  it('cannot be changed or removed behind its back', () => {
    const directory = temporaryDirectory();
    say(openTestStorage(directory).annotations, lock, 1);
    const database = openDatabase(journalFile(directory), 'full', {});
    expect(() => database.exec("UPDATE annotation_event SET said_by = 'nobody'")).toThrow(/never changed/);
    expect(() => database.exec('DELETE FROM annotation_event')).toThrow(/never removed/);
    database.close();
  });
});
