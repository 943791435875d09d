import { readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const root = dirname(fileURLToPath(import.meta.url));

/**
 * Entries of the privileged side: the window, the command line, and every worker thread. Workers are entries of their
 * own, because code starts them by URL (`new URL('./x-worker.js', import.meta.url)`), which no bundler can follow.
 */
function entries(): Record<string, string> {
  const found: Record<string, string> = {
    main: join(root, 'electron/main.ts'),
    cli: join(root, 'electron/cli.ts'),
  };
  const side = join(root, 'electron');
  for (const file of readdirSync(side, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('-worker.ts')) continue;
    const name = basename(file, '.ts');
    if (found[name]) throw new Error(`Two workers are called ${name}: their bundles would overwrite each other.`);
    found[name] = join(side, file);
  }
  return found;
}

export default defineConfig({
  root,
  publicDir: false,
  build: {
    ssr: true,
    outDir: 'out/main',
    emptyOutDir: true,
    // Node of Electron 33, so that the same bundle also runs in the evaluation runtime.
    target: 'node20.18',
    sourcemap: true,
    minify: false,
    rolldownOptions: {
      input: entries(),
      external: ['electron', /^electron\//, 'better-sqlite3', ...builtinModules, /^node:/],
      output: {
        format: 'es',
        // Flat: shared chunks must lie beside the workers, because `import.meta.url` is that of the chunk.
        entryFileNames: '[name].js',
        chunkFileNames: '[name]-[hash].js',
      },
    },
  },
  ssr: { noExternal: true, external: ['electron', 'better-sqlite3'] },
});
