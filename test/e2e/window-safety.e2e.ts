import { beforeAll, describe, expect, test } from 'vitest';
import type { RequestName } from '../../shared/ipc/contract.ts';
import { createConsole, eventually, tellStory } from './console-window.ts';
import { row } from './tree-acts.ts';

/** A page that is not the console's. Nothing is ever asked of it: the port is the one for discarding. */
const elsewhere = 'https://127.0.0.1:9/';

describe('the page is locked in', () => {
  const subject = createConsole('window-safety');
  tellStory(subject);
  beforeAll(async () => {
    await subject.open();
  });

  test('nothing of Node or Electron is in it but three functions', async () => {
    const found = await subject.page().evaluate(() => ({
      globals: ['require', 'process', 'module', 'Buffer', 'global', '__dirname', 'electron', 'ipcRenderer'].filter(
        (name) => name in globalThis,
      ),
      bridge: Object.keys(window.vmConsole ?? {}).sort(),
    }));
    expect(found).toEqual({ globals: [], bridge: ['call', 'cancel', 'onEvent'] });
  });

  test('its window was opened with every lock', async () => {
    const preferences = await subject.app().evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map(({ webContents }) => {
        // Told by Electron, though its types do not know it.
        const contents = webContents as unknown as { getLastWebPreferences(): Record<string, unknown> };
        return contents.getLastWebPreferences();
      }),
    );
    expect(preferences).toHaveLength(1);
    expect(preferences[0]).toMatchObject({
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      sandbox: true,
      webSecurity: true,
      webviewTag: false,
      allowRunningInsecureContent: false,
    });
    expect(preferences[0]?.nodeIntegrationInWorker ?? false).toBe(false);
  });

  test('it comes with a strict content policy, and all of the console keeps to it', async () => {
    const page = subject.page();
    // Whatever is refused shows on the page's console as an error.
    const answer = await page.reload();
    const policy = answer?.headers()['content-security-policy'] ?? '';
    for (const rule of ["default-src 'none'", "script-src 'self'", "object-src 'none'", "frame-ancestors 'none'"]) {
      expect(policy).toContain(rule);
    }
    expect(policy).not.toMatch(/unsafe-/u);

    await page.getByRole('button', { name: 'Open the demo lab' }).click();
    await row(page, 'Lab VMware').waitFor();
    expect(subject.complaints()).toEqual([]);
  });

  test('it cannot run text as code', async () => {
    const outcome = await subject.page().evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'window.ran = true';
      document.head.append(script);
      const added = 'ran' in window;
      // In a turn of its own: what a test evaluates itself is let through.
      const evaluated = await new Promise<string>((resolve) => {
        setTimeout(() => {
          try {
            resolve(String(new Function('return "ran"')()));
          } catch (error) {
            resolve(error instanceof Error ? error.name : '');
          }
        });
      });
      return { added, evaluated };
    });
    expect(outcome).toEqual({ added: false, evaluated: 'EvalError' });
    // And that is how a refusal anywhere else would have been noticed.
    await eventually(() => subject.complaints().join('\n')).toContain('Content Security Policy');
  });

  test('it cannot open windows, not even of its own page', async () => {
    const opened = await subject
      .page()
      .evaluate((url) => [window.open(url), window.open(location.href, '_blank')].map(String), elsewhere);
    expect(opened).toEqual(['null', 'null']);
    const count = await subject.app().evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
    expect(count).toBe(1);
  });

  test('it gets no permission for devices or messages of the desktop', async () => {
    const granted = await subject.page().evaluate(async () => ({
      notification: await Notification.requestPermission(),
      camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(
        () => 'granted',
        () => 'denied',
      ),
    }));
    expect(granted).toEqual({ notification: 'denied', camera: 'denied' });
  });

  test('what the main part does not know is refused, and so is what is not well formed', async () => {
    const page = subject.page();
    const ask = (name: string, payload: unknown) =>
      page.evaluate((request) => window.vmConsole?.call(request.id, request.name as RequestName, request.payload), {
        id: `test-${name}`,
        name,
        payload,
      });
    const refusal = { ok: false, error: { code: 'invalid-input' } };
    expect(await ask('files.read', { path: '/etc/passwd' })).toMatchObject(refusal);
    expect(await ask('toString', {})).toMatchObject(refusal);
    expect(await ask('__proto__', {})).toMatchObject(refusal);
    expect(await ask('sites.remove', { site: 7 })).toMatchObject(refusal);
    expect(await ask('tasks.cancel', null)).toMatchObject(refusal);
    await row(page, 'Lab VMware').waitFor();
  });

  test('it cannot leave for another page', async () => {
    const before = subject.page().url();
    const stopped = subject.app().evaluate(
      ({ BrowserWindow }) =>
        new Promise<boolean>((resolve) => {
          const [window] = BrowserWindow.getAllWindows();
          window?.webContents.once('will-navigate', (event) => setImmediate(() => resolve(event.defaultPrevented)));
        }),
    );
    await subject.page().evaluate((url) => {
      // In a turn of its own: the answer to this call comes before the page would go.
      setTimeout(() => location.assign(url));
    }, elsewhere);
    expect(await stopped).toBe(true);
    // Asked of the main part: the test's own view of the page waits for the way out that was closed.
    const still = await subject.app().evaluate(async ({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      const rows = await contents?.executeJavaScript('document.querySelectorAll("[role=treeitem]").length');
      return { url: contents?.getURL(), hasRows: rows > 0 };
    });
    expect(still).toEqual({ url: before, hasRows: true });
  });
});
