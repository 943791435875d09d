import { availableParallelism } from 'node:os';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const vcsimSuites = ['test/vcsim/**/*.test.ts', 'test/**/*.vcsim.test.ts'];

/** The window suites need a built application, Electron and a display, so only scripts/e2e.mjs asks for them. */
const windowSuites =
  process.env.VM_CONSOLE_E2E === '1'
    ? [
        {
          test: {
            name: 'e2e',
            environment: 'node',
            include: ['test/e2e/**/*.e2e.ts'],
            pool: 'forks' as const,
            // One window at a time: windows compete for focus, and drag and drop needs it.
            fileParallelism: false,
            testTimeout: 120_000,
            hookTimeout: 120_000,
          },
        },
      ]
    : [];

export default defineConfig({
  test: {
    // Many suites wait for a simulator most of their time: on a small machine, too, two files go at a time.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          include: ['test/**/*.test.ts'],
          exclude: [...vcsimSuites, 'test/e2e/**'],
          pool: 'forks',
        },
      },
      {
        plugins: [react()],
        test: {
          name: 'dom',
          environment: 'jsdom',
          include: ['test/renderer/**/*.test.tsx'],
          setupFiles: ['test/support/dom-setup.ts'],
        },
      },
      {
        test: {
          name: 'vcsim',
          environment: 'node',
          include: vcsimSuites,
          pool: 'forks',
          // Starting the simulator and a first sync may take long on a small machine.
          testTimeout: 60_000,
          hookTimeout: 180_000,
        },
      },
      ...windowSuites,
    ],
  },
});
