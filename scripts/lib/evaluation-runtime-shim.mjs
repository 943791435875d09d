// Copied into the evaluation runtime as its resources/app/main.js: opens the application folder named on the command line.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app as publicApp } from 'electron';

/**
 * Electron's own default application uses these two as well; its type definitions leave them out.
 * @type {import('electron').App & {setVersion(version: string): void, setAppPath(path: string): void}}
 */
const app = /** @type {any} */ (publicApp);

const folder = process.argv
  .slice(1)
  .filter((argument) => !argument.startsWith('-'))
  .map((argument) => resolve(argument))
  .find((path) => existsSync(join(path, 'package.json')));

if (folder === undefined) {
  process.stderr.write('Name an application folder on the command line.\n');
  app.exit(2);
} else {
  const { name, productName, version, main } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  app.setName(productName ?? name);
  app.setVersion(version);
  app.setAppPath(folder);
  // Awaited: Electron is not "ready" before the top level is done, and the application registers its scheme before that.
  await import(pathToFileURL(join(folder, main)).href);
}
