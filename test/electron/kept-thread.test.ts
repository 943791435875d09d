import { expect, test } from 'vitest';
import { createKeptThread } from '../../electron/kept-thread.ts';

const echo = () => {
  const heard: string[] = [];
  let wake: () => void = () => undefined;
  const hear = (what: string): void => {
    heard.push(what);
    wake();
  };
  const thread = createKeptThread<string, string>({
    beside: import.meta.url,
    name: 'echo-worker',
    onReply: hear,
    onEnd: (reason) => hear(`ended: ${reason}`),
  });
  const next = async (count: number): Promise<readonly string[]> => {
    while (heard.length < count) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return heard;
  };
  return { thread, next };
};

test('answers in the order it was asked', async () => {
  const { thread, next } = echo();
  thread.setBusy(true);
  for (const word of ['one', 'two', 'three']) thread.post(word);
  expect(await next(3)).toEqual(['one', 'two', 'three']);
  thread.setBusy(false);
});

test.each([
  ['exit', 'ended: exit 3'],
  ['throw', 'ended: the thread has had enough'],
])('that ends by %s says so once, and the next message starts it anew', async (how, told) => {
  const { thread, next } = echo();
  thread.setBusy(true);
  thread.post('before');
  await next(1);
  thread.post(how);
  await next(2);
  thread.post('after');
  expect(await next(3)).toEqual(['before', told, 'after']);
  thread.setBusy(false);
});

test('is not started by what is of use to a running thread alone', async () => {
  const { thread, next } = echo();
  thread.setBusy(true);
  thread.postIfRunning('nobody hears');
  thread.post('first');
  thread.postIfRunning('second');
  expect(await next(2)).toEqual(['first', 'second']);
  thread.setBusy(false);
});
