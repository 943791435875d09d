import { readFileSync } from 'node:fs';

const read = (path: string): { readonly name?: unknown; readonly version?: unknown } | null => {
  try {
    return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
  } catch {
    return null;
  }
};

/**
 * The console's version. `package.json` lies one folder above the sources and two above the bundle.
 * @throws Error when it lies in neither, which no started console can have
 */
export const consoleVersion = (): string => {
  for (const path of ['../package.json', '../../package.json']) {
    const found = read(path);
    if (found?.name === 'vm-migration-console' && typeof found.version === 'string') return found.version;
  }
  throw new Error('the console does not find its own package.json');
};
