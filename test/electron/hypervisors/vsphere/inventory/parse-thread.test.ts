import { gzipSync } from 'node:zlib';
import { afterEach, expect, it } from 'vitest';
import type { InventoryBatch } from '../../../../../electron/hypervisors/port.ts';
import { createParsePool } from '../../../../../electron/hypervisors/vsphere/inventory/parse-pool.ts';
import { siteId } from '../../../../../shared/domain/ids.ts';
import { answer, retrieved, type ToldObject, text, updateSet } from '../server-answers.ts';

const context = {
  site: siteId('vc'),
  rootFolder: { type: 'Folder', value: 'group-d1' },
  unknownProperties: [],
  taskLabels: {},
};
const folder: ToldObject = { type: 'Folder', id: 'group-1', properties: { name: text('f') } };
const silent = (): void => undefined;

const pool = createParsePool(1);
let thread = pool.open('vcenter.example');

afterEach(() => {
  thread.close();
  thread = pool.open('vcenter.example');
});

it('takes the bytes of an answer over, and hands entities back in their order', async () => {
  const batches: InventoryBatch[] = [];
  await thread.begin(context);
  const sent = answer('WaitForUpdatesEx', gzipSync(updateSet('7', [folder])), 'gzip');
  expect(await thread.news(sent, (batch) => batches.push(batch))).toEqual({ version: '7' });
  expect(batches.map(({ kind }) => kind)).toEqual(['page', 'complete']);
  // Moved, not copied.
  expect(sent.body.byteLength).toBe(0);
});

it('goes on after an answer it could not read', async () => {
  await thread.begin(context);
  const broken = answer('WaitForUpdatesEx', updateSet('1', [folder]).slice(0, -30));
  await expect(thread.news(broken, silent)).rejects.toMatchObject({
    code: 'unexpected-answer',
    data: { address: 'vcenter.example', operation: 'WaitForUpdatesEx' },
  });
  expect(await thread.news(answer('WaitForUpdatesEx', updateSet('2', [folder])), silent)).toEqual({ version: '2' });
});

it('keeps apart what is read at the same time', async () => {
  const named = (name: string): ToldObject => ({ ...folder, id: name, properties: { name: text(name) } });
  const read = (name: string): ReturnType<typeof thread.objects> =>
    thread.objects(
      context,
      [`vc/Folder:${name}-1`, `vc/Folder:${name}-2`] as never,
      answer('RetrievePropertiesEx', retrieved([named(`${name}-1`)], 'more')),
      async () => answer('RetrievePropertiesEx', retrieved([named(`${name}-2`)])),
    );
  const [a, b] = await Promise.all([read('a'), read('b')]);
  expect([a, b].map((entities) => entities?.map(({ name }) => name))).toEqual([
    ['a-1', 'a-2'],
    ['b-1', 'b-2'],
  ]);
});

it('keeps the inventories of two connections apart', async () => {
  const other = pool.open('other.example');
  const named = (name: string): string => updateSet('1', [{ ...folder, properties: { name: text(name) } }]);
  const read = async (one: typeof thread, site: string, name: string): Promise<readonly InventoryBatch[]> => {
    const batches: InventoryBatch[] = [];
    await one.begin({ ...context, site: siteId(site) });
    await one.news(answer('WaitForUpdatesEx', named(name)), (batch) => batches.push(batch));
    return batches;
  };
  const [ours, theirs] = await Promise.all([read(thread, 'vc', 'ours'), read(other, 'other', 'theirs')]);
  expect(ours?.[0]).toMatchObject({ entities: [{ id: 'vc/Folder:group-1', name: 'ours' }] });
  expect(theirs?.[0]).toMatchObject({ entities: [{ id: 'other/Folder:group-1', name: 'theirs' }] });
  other.close();
  expect(await thread.news(answer('WaitForUpdatesEx', updateSet('2', [])), silent)).toEqual({ version: '2' });
});

it('has no inventory to add to before one was begun', async () => {
  const early = thread.news(answer('WaitForUpdatesEx', updateSet('1', [])), silent);
  await expect(early).rejects.toMatchObject({ code: 'unexpected-answer' });
});

it('lets go of a reading whose next page did not come', async () => {
  const first = answer('RetrievePropertiesEx', retrieved([folder], 'more'));
  const noMore = new Error('cut');
  await expect(thread.objects(context, [], first, () => Promise.reject(noMore))).rejects.toBe(noMore);
});

it('is over when it is closed: for jobs under way and for those that come later', async () => {
  const underWay = thread.begin(context);
  underWay.catch(() => undefined);
  thread.close();
  await expect(underWay).rejects.toMatchObject({ code: 'cancelled' });
  await expect(thread.begin(context)).rejects.toMatchObject({ code: 'cancelled' });
});
