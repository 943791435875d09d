import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A new empty folder that is gone when the test has ended. */
export const temporaryDirectory = (): string => {
  const directory = mkdtempSync(join(tmpdir(), 'vm-console-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
};
