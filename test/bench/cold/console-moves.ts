import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StepName, TaskView } from '../../../shared/domain/task.ts';
import type { Vcsim } from '../../support/vcsim.ts';
import { timedProcess } from '../first-sync/timed-process.ts';

const commandLine = fileURLToPath(new URL('../../../electron/cli.ts', import.meta.url));
const tellPeakMemory = fileURLToPath(new URL('tell-peak-memory.ts', import.meta.url));

/** What the simulator cannot tell of its machines, or tells of its hosts, accepted as a person would. */
const accepted = ['X6=the simulator has no fault tolerance', 'X11=nothing is powered on'];

/** One cold migration, by the console's own command line in a process of its own. */
export interface ConsoleMove {
  /** From the start of the process until it has ended. */
  readonly wallMs: number;
  /** As the task log has it. */
  readonly stepMs: (step: StepName) => number;
  readonly peakMemoryBytes: number;
}

/** A console that knows the simulator and has one folder for its images. */
export interface MovingConsole {
  /** Moves a stopped VM to a pool through an image, which is kept until {@link dropImages}. */
  move(vm: string, pool: string): Promise<ConsoleMove>;
  dropImages(): void;
}

export const openMovingConsole = async (vcsim: Vcsim, directory: string): Promise<MovingConsole> => {
  const images = join(directory, 'images');
  const peakFile = join(directory, 'peak-memory');
  mkdirSync(images, { recursive: true });
  const env = {
    ...process.env,
    VM_CONSOLE_DATA_DIR: join(directory, 'data'),
    VMMIGRATE_PASSWORD: vcsim.password,
    BENCH_PEAK_MEMORY_FILE: peakFile,
  };
  const run = (words: readonly string[]) =>
    timedProcess({ program: process.execPath, args: ['--import', tellPeakMemory, commandLine, ...words], env });
  const { address, port, username, fingerprint } = vcsim;
  const at = ['--port', String(port), '--user', username, '--fingerprint', fingerprint];
  await run(['site', 'add', address, ...at, '--name', 'bench']);
  await run(['folders', 'add', images, '--floor', '0']);
  return {
    move: async (vm, pool) => {
      const { wallMs, output } = await run([
        ...['migrate', vm, '--to', pool, '--method', 'cold-evacuate'],
        ...['--keep-image', '--no-power-on', '--json'],
        ...accepted.flatMap((one) => ['--acknowledge', one]),
      ]);
      const { result } = JSON.parse(output) as { readonly result: { readonly tasks: readonly TaskView[] } };
      const [task] = result.tasks;
      if (task?.state !== 'completed') throw new Error(`the move of ${vm} is ${task?.state}: ${output}`);
      return {
        wallMs,
        stepMs: (name) => {
          const { startedAt, endedAt } = task.steps.find((step) => step.name === name) ?? {};
          if (startedAt == null || endedAt == null) throw new Error(`the move of ${vm} had no step ${name}`);
          return endedAt - startedAt;
        },
        peakMemoryBytes: Number(readFileSync(peakFile, 'utf8')),
      };
    },
    dropImages: () => {
      for (const name of readdirSync(images)) rmSync(join(images, name), { recursive: true });
    },
  };
};
