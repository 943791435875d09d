import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readImports, readImpurities } from './read-imports.ts';
import { LINE_LIMIT, lengthOffence, offence, reach } from './rules.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

const sources = (...folders: readonly string[]) =>
  folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|tsx|mjs)$/.test(name) && !name.includes('node_modules'))
      .map((name) => `${folder}/${name.split(sep).join('/')}`)
      .map((path) => ({ path, source: readFileSync(join(root, path), 'utf8') })),
  );

const offences = (path: string, source: string) =>
  readImports(path, source)
    .map((imported) => offence(path, imported))
    .filter((found) => found !== undefined);

describe('the house', () => {
  it('has no import against the table in ARCHITECTURE.md', () => {
    expect(sources('shared', 'electron', 'renderer').flatMap(({ path, source }) => offences(path, source))).toEqual([]);
  });

  it('loads neither the command line nor a worker with the electron package', () => {
    const files = new Map(sources('electron', 'shared').map(({ path, source }) => [path, source]));
    const entries = [...files.keys()].filter((path) => path === 'electron/cli.ts' || path.endsWith('-worker.ts'));
    const found = entries.flatMap((entry) =>
      [...reach(entry, (path) => readImports(path, files.get(path) ?? ''))]
        .filter(([, packages]) => packages.includes('electron'))
        .map(([path]) => `${entry} loads ${path}, which loads electron`),
    );
    expect(found).toEqual([]);
  });

  it('keeps the clock and chance out of shared/', () => {
    const found = sources('shared').flatMap(({ path, source }) =>
      readImpurities(path, source).map((impurity) => `${path} uses ${impurity}`),
    );
    expect(found).toEqual([]);
  });

  it(`has no file of more than ${LINE_LIMIT} lines`, () => {
    const found = sources('shared', 'electron', 'renderer', 'scripts', 'test')
      .map(({ path, source }) => lengthOffence(path, source))
      .filter((offending) => offending !== undefined);
    expect(found).toEqual([]);
  });
});

describe('the rules themselves', () => {
  it.each([
    ['shared/domain/x.ts', "import { d1 } from '../rules/d1.ts';", 'out of reach'],
    ['shared/domain/x.ts', "import { AppError } from '../errors/app-error.ts';", 'only types'],
    ['shared/domain/x.ts', "import { readFileSync } from 'node:fs';", 'no Node'],
    ['shared/domain/x.ts', "import { join } from 'path';", 'no Node'],
    ['shared/domain/x.ts', "import { z } from 'zod';", 'package not allowed'],
    ['shared/domain/x.ts', "import type { App } from 'electron';", 'privileged'],
    ['shared/rules/x.ts', "import { drop } from '../planning/drop.ts';", 'out of reach'],
    ['shared/planning/x.ts', "export * from '../messages/catalog.ts';", 'out of reach'],
    ['shared/ipc/x.ts', "import { useState } from 'react';", 'package not allowed'],
    ['shared/new-room/x.ts', "import type { VmId } from '../domain/ids.ts';", 'out of reach'],
    ['electron/hypervisors/vsphere/a/x.ts', "import { lab } from '../../lab/lab.ts';", 'must not know each other'],
    ['electron/hypervisors/lab/x.ts', "import type { Journal } from '../../storage/ports.ts';", 'out of reach'],
    ['electron/hypervisors/lab/x.ts', "import { run } from '../../migration/run.ts';", 'out of reach'],
    ['electron/hypervisors/lab/x.ts', "import { app } from 'electron';", 'by value'],
    ['electron/migration/x.ts', "import { vsphere } from '../hypervisors/vsphere/vsphere.ts';", 'out of reach'],
    ['electron/migration/x.ts', "import { openStorage } from '../storage/open-storage.ts';", 'out of reach'],
    ['electron/migration/x.ts', "const { app } = await import('electron');", 'by value'],
    ['electron/migration/x.ts', "import Database from 'better-sqlite3';", 'package not allowed'],
    ['electron/ipc/handlers.ts', "import { ipcMain } from 'electron';", 'by value'],
    ['electron/ipc/handlers.ts', "import { lab } from '../hypervisors/lab/lab.ts';", 'out of reach'],
    ['electron/storage/x.ts', "import { sync } from '../inventory/sync.ts';", 'out of reach'],
    ['electron/preload.ts', "import { readFile } from 'node:fs';", 'no Node'],
    ['renderer/api/x.ts', "import { store } from '../stores/store.ts';", 'out of reach'],
    ['renderer/stores/x.ts', "import { Tree } from '../features/inventory-tree/tree.tsx';", 'out of reach'],
    ['renderer/features/x.tsx', "import { main } from '../../electron/main.ts';", 'out of reach'],
    ['renderer/features/x.tsx', "type M = import('../../electron/main.ts').M;", 'out of reach'],
    ['renderer/main.tsx', "import { ipcRenderer } from 'electron';", 'privileged'],
    ['renderer/main.tsx', "import os from 'node:os';", 'no Node'],
    ['elsewhere/x.ts', "import '../shared/domain/ids.ts';", 'no known room'],
  ])('refuse in %s: %s', (path, source, reason) => {
    expect(offences(path, source)).toEqual([expect.stringContaining(reason)]);
  });

  it.each([
    ['shared/domain/x.ts', "import type { AppError } from '../errors/app-error.ts';"],
    ['shared/ipc/x.ts', "import { z } from 'zod'; import type { VmId } from '../domain/ids.ts';"],
    ['shared/planning/x.ts', "import { d1 } from '../rules/d1.ts';"],
    ['electron/hypervisors/vsphere/soap/x.ts', "import { y } from '../y.ts'; import type { P } from '../../port.ts';"],
    ['electron/migration/x.ts', "import type { Journal } from '../storage/ports.ts'; import { EOL } from 'node:os';"],
    ['electron/ipc/register.ts', "import type { IpcMain } from 'electron';"],
    ['electron/ipc/register.ts', "import { type IpcMain } from 'electron';"],
    ['electron/window.ts', "import { BrowserWindow } from 'electron';"],
    ['electron/storage/x.ts', "import Database from 'better-sqlite3';"],
    ['renderer/stores/x.ts', "import { call } from '../api/call.ts'; import { create } from 'zustand';"],
    ['shared/domain/x.ts', "// import fs from 'node:fs'\nexport const text = \"import 'node:fs'\";"],
  ])('allow in %s: %s', (path, source) => {
    expect(offences(path, source)).toEqual([]);
  });

  it('follow what is loaded through other files, not what is only a type', () => {
    const files: Record<string, string> = {
      'electron/cli.ts': "import { a } from './a/a.ts'; import type { W } from './window.ts';",
      'electron/a/a.ts': "export { k } from '../secrets/k.ts';",
      'electron/secrets/k.ts': "import { safeStorage } from 'electron'; import '../a/a.ts';",
    };
    const loaded = reach('electron/cli.ts', (path) => readImports(path, files[path] ?? ''));
    expect(Object.fromEntries(loaded)).toEqual({
      'electron/cli.ts': [],
      'electron/a/a.ts': [],
      'electron/secrets/k.ts': ['electron'],
    });
  });

  it('see the clock and chance', () => {
    const source = 'Date.now(); new Date(); new Date(0); Math.random(); Math.max(1, 2);';
    expect(readImpurities('shared/x.ts', source)).toEqual(['Date.now', 'new Date()', 'Math.random']);
  });

  it('count lines', () => {
    expect(lengthOffence('x.ts', 'a\n'.repeat(LINE_LIMIT))).toBeUndefined();
    expect(lengthOffence('x.ts', 'a\n'.repeat(LINE_LIMIT + 1))).toContain('401 lines');
  });
});
