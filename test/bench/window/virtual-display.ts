import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** Where windows open. */
export interface Display {
  /** For the environment of whoever opens one. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Large enough that nothing of a 1440 x 900 window is cut off. */
const screen = '1920x1200x24';

/**
 * A display of our own where X11 is spoken, even where there is a screen: the pointer moves, and so would the person's.
 * @throws Error when it does not open
 */
export const openDisplay = async (): Promise<Display> => {
  if (process.platform !== 'linux') return { env: {}, close: async () => undefined };
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', screen, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const end = (): void => void server.kill();
  process.once('exit', end);
  const exited = once(server, 'exit');
  const lines = createInterface({ input: server.stdio[3] as Readable });
  const [number] = (await Promise.race([
    once(lines, 'line'),
    exited.then(() => {
      throw new Error('the virtual display did not open');
    }),
  ])) as [string];
  return {
    env: { DISPLAY: `:${number}` },
    close: async () => {
      process.off('exit', end);
      end();
      await exited;
    },
  };
};
