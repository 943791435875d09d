import { app, BrowserWindow } from 'electron';

const [width = 1440, height = 900] = (process.env.FAKE_WINDOW_SIZE ?? '').split('x').map(Number);

// Not awaited: Electron gets ready only after this module has ended.
app.whenReady().then(() => {
  const options = { width, height, useContentSize: true, frame: false, webPreferences: { sandbox: true } };
  return new BrowserWindow(options).loadURL(process.env.FAKE_WINDOW_URL ?? 'about:blank');
});
app.on('window-all-closed', () => app.quit());
