import type { ElectronApplication } from 'playwright-core';

/** Tells when the main process sent a VM's new name to the window. */
export interface SentEvents {
  /** ms since 1970; NaN when it never did. */
  at(name: string): Promise<number>;
}

/** Listens to what the main process sends. A VM's name is new to it once, so the first time counts. */
export const watchSentEvents = async (app: ElectronApplication): Promise<SentEvents> => {
  const times = await app.evaluateHandle(({ BrowserWindow }) => {
    const noted = new Map<string, number>();
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents === undefined) return noted;
    const send = contents.send.bind(contents);
    contents.send = (channel, ...message) => {
      const [, payload] = message as [string, { readonly vms?: readonly { readonly name: string }[] } | undefined];
      const now = Date.now();
      for (const { name } of payload?.vms ?? []) if (!noted.has(name)) noted.set(name, now);
      send(channel, ...message);
    };
    return noted;
  });
  return { at: async (name) => (await times.evaluate((noted, wanted) => noted.get(wanted), name)) ?? Number.NaN };
};
