import { bridgeChannels } from '../../../shared/ipc/bridge.ts';
import type { LaunchedConsole } from '../../support/electron-app.ts';

/**
 * Tells the window that its sites are connected. Rows then answer a drag with all their rules and findings, as they do
 * on a live site; while offline all say the same short sentence.
 */
export const pretendConnected = async ({ app, page }: LaunchedConsole): Promise<void> => {
  const listed = await page.evaluate(() => window.vmConsole?.call('bench', 'sites.list', {}));
  if (listed?.ok !== true) throw new Error(`sites.list: ${JSON.stringify(listed)}`);
  const statuses = (listed.value as readonly object[]).map((status) => ({
    ...status,
    connection: { kind: 'connected', since: Date.now() },
  }));
  await app.evaluate(
    ({ BrowserWindow }, { channel, payload }) => {
      BrowserWindow.getAllWindows()[0]?.webContents.send(channel, 'sites.changed', payload);
    },
    { channel: bridgeChannels.event, payload: statuses },
  );
  await page
    .getByRole('button', { name: /: Connected/u })
    .first()
    .waitFor();
};
