import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../../electron/storage/open-database.ts';
import { inventoryCacheFile, journalFile } from '../../../electron/storage/open-storage.ts';
import type { Fix, FixedDevice } from '../../../shared/domain/fix.ts';
import { idOf } from '../../support/inventory-builders.ts';
import { openTestStorage } from '../../support/open-test-storage.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const fix: Fix = { kind: 'eject-iso', vm: idOf('vm', 'web-01'), vmName: 'web-01', deviceKeys: ['3000'] };
const iso: FixedDevice = { key: '3000', label: 'CD/DVD drive 1', medium: '[iso-lib] rhel.iso' };
const said = (at: number, by = 'sato') => ({ by, at });

describe('what was changed of VMs', () => {
  it('is still there after a restart, and after the inventory cache was deleted', () => {
    const directory = temporaryDirectory();
    const first = openTestStorage(directory);
    const number = first.fixes.begin(fix, [iso], said(1));
    first.fixes.append(number, { kind: 'applied' }, said(2));
    first.close();
    rmSync(inventoryCacheFile(directory));

    const { fixes } = openTestStorage(directory);
    expect(fixes.list(9)).toEqual([
      { number: 1, fix, by: 'sato', at: 1, before: [iso], state: 'applied', error: null, done: null },
    ]);
  });

  it('is not known as long as only its beginning was written down', () => {
    const { fixes } = openTestStorage(temporaryDirectory());
    fixes.begin(fix, [iso], said(1));
    expect(fixes.record(1)).toMatchObject({ state: 'unknown', error: null });
  });

  it('says why it failed, why nobody knows, and who ticked it off', () => {
    const { fixes } = openTestStorage(temporaryDirectory());
    const error = { code: 'vm-gone', data: { vmName: 'web-01' } } as const;
    for (const kind of ['failed', 'lost'] as const) {
      fixes.append(fixes.begin(fix, [iso], said(1)), { kind, error }, said(2));
    }
    fixes.append(2, { kind: 'done' }, said(3, 'tanaka'));
    expect(fixes.list(9).map(({ number, state, done }) => [number, state, done])).toEqual([
      [2, 'done', { by: 'tanaka', at: 3 }],
      [1, 'failed', null],
    ]);
    expect(fixes.record(1)?.error).toEqual(error);
    expect(fixes.record(3)).toBeNull();
    expect(fixes.list(1)).toHaveLength(1);
  });

  it('gets numbers of its own from two processes', () => {
    const directory = temporaryDirectory();
    const window = openTestStorage(directory).fixes;
    const commandLine = openTestStorage(directory).fixes;
    expect([window, commandLine, window].map((fixes) => fixes.begin(fix, [iso], said(1)))).toEqual([1, 2, 3]);
    expect(commandLine.list(9)).toHaveLength(3);
  });

  it.each([["O'Brien'); DROP TABLE fix_event;--"], ['\u0000\u001b[31m red \u202e'], ['理由'.repeat(500)]])(
    'keeps any text as it is: %j',
    (text) => {
      const { fixes } = openTestStorage(temporaryDirectory());
      fixes.begin({ ...fix, vmName: text }, [{ ...iso, medium: text }], said(1, text));
      expect(fixes.record(1)).toMatchObject({ by: text, fix: { vmName: text }, before: [{ medium: text }] });
    },
  );

  it('is refused without a name', () => {
    const { fixes } = openTestStorage(temporaryDirectory());
    expect(() => fixes.begin(fix, [iso], said(1, ''))).toThrow(/storage-failed/);
    expect(fixes.list(9)).toEqual([]);
  });

  it('cannot be changed or removed behind its back', () => {
    const directory = temporaryDirectory();
    openTestStorage(directory).fixes.begin(fix, [iso], said(1));
    const database = openDatabase(journalFile(directory), 'full', {});
    expect(() => database.exec("UPDATE fix_event SET said_by = 'nobody'")).toThrow(/never rewritten/);
    expect(() => database.exec('DELETE FROM fix_event')).toThrow(/never forgotten/);
    database.close();
  });
});
