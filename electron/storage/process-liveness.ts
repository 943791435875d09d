import { readFileSync } from 'node:fs';

/** Tells a process apart from a later one that was given the same number. */
export interface ProcessMark {
  readonly processId: number;
  /** Null where the system does not tell when a process was started. */
  readonly started: string | null;
}

const startOf = (processId: number): string | null => {
  try {
    const stat = readFileSync(`/proc/${processId}/stat`, 'utf8');
    // The second field is the program's name in parentheses and may itself hold blanks; field 22 is the start time.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return fields[19] === undefined ? null : `${boot}/${fields[19]}`;
  } catch {
    return null;
  }
};

export const markOf = (processId: number): ProcessMark => ({ processId, started: startOf(processId) });

/** Whether the marked process still runs. When it cannot be told apart from a later one, it counts as running. */
export const isRunning = (mark: ProcessMark): boolean => {
  try {
    process.kill(mark.processId, 0);
  } catch (error) {
    // EPERM: it runs, as somebody else's.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  const started = startOf(mark.processId);
  return mark.started === null || started === null || mark.started === started;
};
