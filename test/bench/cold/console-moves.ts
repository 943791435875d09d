import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StepName, TaskView } from '../../../shared/domain/task.ts';
import type { Vcsim } from '../../support/vcsim.ts';
import { timedProcess } from '../first-sync/timed-process.ts';

const build = fileURLToPath(new URL('../../../scripts/build.mjs', import.meta.url));
/** As it is delivered; read from its sources it would take a second longer to start. */
const commandLine = fileURLToPath(new URL('../../../out/main/cli.js', import.meta.url));
const tellPeakMemory = fileURLToPath(new URL('tell-peak-memory.ts', import.meta.url));

/** What the simulator cannot tell of its machines, or tells of its hosts, accepted as a person would. */
const accepted = ['X6=the simulator has no fault tolerance', 'X11=nothing is powered on'];

/** One way of a cold migration, by the console's own command line in a process of its own. */
export interface ConsoleWay {
  /** From the start of the process until it has ended. */
  readonly wallMs: number;
  /** As the task log has it. */
  readonly stepMs: (step: StepName) => number;
  readonly peakMemoryBytes: number;
}

/** A console that knows the simulator and has one folder for its images. */
export interface MovingConsole {
  /** Makes an image of a stopped VM, which stays, parked. */
  evacuate(vm: string): Promise<ConsoleWay>;
  /** Makes a VM in a pool out of the only image there is. */
  restore(pool: string): Promise<ConsoleWay>;
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
  await timedProcess({ program: process.execPath, args: [build] });
  const { address, port, username, fingerprint } = vcsim;
  const at = ['--port', String(port), '--user', username, '--fingerprint', fingerprint];
  await run(['site', 'add', address, ...at, '--name', 'bench']);
  await run(['folders', 'add', images, '--floor', '0']);
  const way = async (words: readonly string[]): Promise<ConsoleWay> => {
    const { wallMs, output } = await run([...words, '--json', ...accepted.flatMap((one) => ['--acknowledge', one])]);
    const { result } = JSON.parse(output) as { readonly result: { readonly tasks: readonly TaskView[] } };
    const [task] = result.tasks;
    if (task?.state !== 'completed') throw new Error(`${words.join(' ')} is ${task?.state}: ${output}`);
    return {
      wallMs,
      stepMs: (name) => {
        const { startedAt, endedAt } = task.steps.find((step) => step.name === name) ?? {};
        if (startedAt == null || endedAt == null) throw new Error(`${words.join(' ')} had no step ${name}`);
        return endedAt - startedAt;
      },
      peakMemoryBytes: Number(readFileSync(peakFile, 'utf8')),
    };
  };
  return {
    evacuate: (vm) => way(['evacuate', vm]),
    restore: (pool) => {
      const [image = ''] = readdirSync(images);
      return way(['restore', image, '--to', pool, '--keep-image', '--no-power-on']);
    },
    dropImages: () => {
      for (const name of readdirSync(images)) rmSync(join(images, name), { recursive: true });
    },
  };
};
