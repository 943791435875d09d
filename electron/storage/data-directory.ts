import { mkdirSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { onFile } from './storage-error.ts';

/** The folder's name below the place the system gives to applications. The window sets Electron's userData to it. */
const folderName = 'vm-migration-console';

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly homeDirectory: string;
}

const applicationsFolder = ({ platform, environment, homeDirectory }: Machine): string => {
  switch (platform) {
    case 'win32':
      return environment.APPDATA || join(homeDirectory, 'AppData', 'Roaming');
    case 'darwin':
      return join(homeDirectory, 'Library', 'Application Support');
    default: {
      // The XDG base directory specification: a relative path is invalid and must be ignored.
      const configured = environment.XDG_CONFIG_HOME;
      return configured && isAbsolute(configured) ? configured : join(homeDirectory, '.config');
    }
  }
};

/** Where the console keeps its files: the same folder for the window and the command line. */
export const dataDirectory = (machine: Machine): string => {
  const chosen = machine.environment.VM_CONSOLE_DATA_DIR;
  return chosen ? resolve(chosen) : join(applicationsFolder(machine), folderName);
};

/**
 * Makes the folder when it is missing, readable by its owner alone. A folder that exists keeps its permissions.
 * @throws `storage-failed`
 */
export const prepareDataDirectory = (directory: string): void =>
  onFile(directory, () => {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  });
