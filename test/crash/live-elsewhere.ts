import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { LiveOn } from './schedule.ts';

const program = fileURLToPath(new URL('./life.ts', import.meta.url));

/** A life in a process of its own, which SIGKILL really ends. */
export const liveElsewhere: LiveOn = ({ directory, story, point, first, seed }) =>
  new Promise((resolve, reject) => {
    const life = { directory, story: story.name, point: Number.isFinite(point) ? point : null, first, seed };
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, JSON.stringify(life)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    let complained = '';
    child.stdout.on('data', (text: Buffer) => {
      said += text.toString();
    });
    child.stderr.on('data', (text: Buffer) => {
      complained += text.toString();
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (signal === 'SIGKILL') resolve(said === '' ? 'somewhere' : said);
      else if (code === 0) resolve(null);
      else reject(new Error(`the process ended with ${code ?? signal}: ${complained}`));
    });
  });
