import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { HypervisorSession, VmIdentity } from '../../../electron/hypervisors/port.ts';
import type { EntityId } from '../../../shared/domain/ids.ts';
import type { Move } from '../../../shared/domain/migration.ts';
import type { PlatformTaskRef } from '../../../shared/domain/task.ts';
import { openTestStorage } from '../../support/open-test-storage.ts';
import { aPlatformWith, poolOf, runnerBench } from '../../support/runner-bench.ts';
import type { SessionCall } from '../../support/scripted-session.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

interface Question {
  readonly call: number;
  readonly method: SessionCall;
  readonly parameters: readonly unknown[];
}

const answerTo = (session: HypervisorSession, { method, parameters: [subject] }: Question): Promise<unknown> => {
  const { signal } = new AbortController();
  switch (method) {
    case 'readEntities':
      return session.readEntities(subject as readonly EntityId[], signal);
    case 'startRelocation':
      return session.startRelocation(subject as Move, signal);
    case 'followTask':
      return session.followTask(subject as PlatformTaskRef, () => undefined, signal);
    case 'cancelTask':
      return session.cancelTask(subject as PlatformTaskRef, signal);
    case 'locate':
      return session.locate(subject as VmIdentity, signal);
    default:
      return method satisfies never;
  }
};

describe('a console whose process is killed', () => {
  it.each<[SessionCall, 'before' | 'after', string[]]>([
    ['readEntities', 'before', ['interrupted', 'cancelled']],
    ['startRelocation', 'before', ['in pool-01', 'failed outcome-unknown']],
    ['startRelocation', 'after', ['in pool-02', 'completed']],
    ['followTask', 'before', ['in pool-02', 'completed']],
    ['followTask', 'after', ['in pool-02', 'completed']],
    ['locate', 'after', ['in pool-02', 'completed']],
  ])('at %s (%s the platform got it) finds out at its next start what became of the VM', async (at, moment, end) => {
    const directory = temporaryDirectory();
    const platform = aPlatformWith('web-01');
    const session = platform.session();
    const script = fileURLToPath(new URL('../../support/killed-console.ts', import.meta.url));
    const child = fork(script, [directory], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const ended = once(child, 'exit');
    child.on('message', async (message) => {
      const question = message as Question;
      if (question.method === at && moment === 'before') child.kill('SIGKILL');
      else {
        const answer = await answerTo(session, question);
        if (question.method === at) child.kill('SIGKILL');
        else child.send({ call: question.call, answer });
      }
    });
    expect(await ended).toEqual([null, 'SIGKILL']);

    const bench = runnerBench({ platform, journal: openTestStorage(directory).journal });
    expect(bench.runner.takeOver()).toBe(true);
    await bench.runner.quiet();
    const [task] = bench.runner.log.list({ limit: 9, before: null });
    const kinds = task ? bench.kinds(task.header.id) : [];
    expect(kinds.slice(-2)).toEqual(end);
    expect(kinds).toContain('interrupted');
    expect(platform.starts.length).toBeLessThanOrEqual(1);
    expect(poolOf(platform)).toBe(end.includes('completed') ? 'pool-02' : 'pool-01');
  });
});
