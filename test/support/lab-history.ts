import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import type { LabHistory } from '../../electron/hypervisors/lab/lab-history.ts';

/**
 * A lab's history in files, one line of JSON for each entry. Nothing is synced to the disk: a process that is killed
 * loses nothing that the kernel has. A line that was cut off by the kill counts as never written.
 */
export const fileHistory = (directory: string): LabHistory => {
  const pathOf = (siteKey: string): string => join(directory, `${encodeURIComponent(siteKey)}.jsonl`);
  return {
    load: (siteKey) => {
      const path = pathOf(siteKey);
      if (!existsSync(path)) return [];
      const text = readFileSync(path, 'utf8');
      const whole = text.slice(0, text.lastIndexOf('\n') + 1);
      if (whole.length < text.length) truncateSync(path, Buffer.byteLength(whole));
      return whole
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line));
    },
    record: (siteKey, changes) => appendFileSync(pathOf(siteKey), `${JSON.stringify(changes)}\n`),
  };
};
