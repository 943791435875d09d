import { createReadStream, existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { build } from 'vite';
import { projectRoot } from '../../../scripts/lib/project.mjs';
import { resolveElectron } from '../../../scripts/lib/resolve-electron.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const outFolder = join(projectRoot, 'out/fake-window');

/** The same policy the real window has: what would break there breaks here. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; " +
  "style-src-attr 'none'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'";

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

export interface FakeWindow {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** What the page wrote to its console as errors, policy violations among it. */
  readonly problems: readonly string[];
  close(): Promise<void>;
}

export interface FakeWindowOptions {
  readonly vms?: number;
  readonly language?: 'en' | 'ja';
  readonly theme?: 'light' | 'dark';
  readonly sites?: 'none';
  readonly size?: { readonly width: number; readonly height: number };
}

/** Bundles the page: the real renderer over a made inventory. */
export const buildFakeWindow = async (): Promise<void> => {
  await build({
    configFile: false,
    logLevel: 'warn',
    root: here,
    base: './',
    plugins: [react()],
    build: {
      outDir: outFolder,
      emptyOutDir: true,
      target: 'chrome130',
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 4_000,
    },
  });
};

/** Opens it in a real Electron window, without preload script and without a main process behind it. Needs a display. */
export const openFakeWindow = async (options: FakeWindowOptions = {}): Promise<FakeWindow> => {
  const server = await serve();
  const { port } = server.address() as AddressInfo;
  const query = new URLSearchParams({
    vms: String(options.vms ?? 1_280),
    lang: options.language ?? 'en',
    theme: options.theme ?? 'light',
    sites: options.sites ?? 'two',
  });
  const electron = await resolveElectron({ ownDisplay: true, command: 'npm run bench' });
  const size = options.size ?? { width: 1440, height: 900 };
  const app = await _electron.launch({
    executablePath: electron.executablePath,
    args: [...electron.args, here],
    chromiumSandbox: !electron.args.includes('--no-sandbox'),
    env: {
      ...(process.env as Record<string, string>),
      ...electron.env,
      FAKE_WINDOW_URL: `http://127.0.0.1:${port}/index.html?${query}`,
      FAKE_WINDOW_SIZE: `${size.width}x${size.height}`,
    },
  });
  const page = await app.firstWindow();
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.stack ?? error.message));
  return {
    app,
    page,
    problems,
    async close() {
      await app.close();
      server.close();
    },
  };
};

const serve = async (): Promise<Server> => {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    const file = join(outFolder, path);
    if (!file.startsWith(outFolder) || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'content-type': types[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': policy,
    });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
};
