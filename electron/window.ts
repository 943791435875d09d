import { BrowserWindow, nativeTheme, screen } from 'electron';
import { pageUrl } from './ipc/trusted-sender.ts';
import type { Settings } from './storage/ports.ts';
import { openingState, smallestSize, type WindowState } from './window-state.ts';

const stateKey = 'window';

/** The bar at the top is drawn by the page, this high in pixels; the system's buttons lie over it. */
const titleBarHeight = 40;

const colors = {
  light: { background: '#ffffff', bar: '#f3f4f6', symbols: '#1a1e26' },
  dark: { background: '#1d1f23', bar: '#141619', symbols: '#e8eaee' },
} as const;

const colorsNow = (): (typeof colors)['light' | 'dark'] => colors[nativeTheme.shouldUseDarkColors ? 'dark' : 'light'];

const overlay = (): Electron.TitleBarOverlayOptions => {
  const { bar, symbols } = colorsNow();
  return { color: bar, symbolColor: symbols, height: titleBarHeight };
};

/** On Linux the window manager draws the frame: the overlay depends on the desktop there. */
const frame = (platform: NodeJS.Platform): Electron.BrowserWindowConstructorOptions =>
  platform === 'linux' ? {} : { titleBarStyle: 'hidden', titleBarOverlay: overlay() };

export interface WindowOptions {
  readonly preload: string;
  readonly settings: Settings;
  readonly title: string;
}

/** Opens the one window. The page in it runs sandboxed, without Node, and cannot go anywhere else. */
export const openWindow = ({ preload, settings, title }: WindowOptions): BrowserWindow => {
  const screens = screen.getAllDisplays().map((display) => display.workArea);
  const { maximized, ...bounds } = openingState(settings.preference(stateKey), screens);
  const window = new BrowserWindow({
    ...bounds,
    minWidth: smallestSize.width,
    minHeight: smallestSize.height,
    title,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: colorsNow().background,
    ...frame(process.platform),
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  });

  if (maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('page-title-updated', (event) => event.preventDefault());
  const followTheme = (): void => {
    window.setBackgroundColor(colorsNow().background);
    if (process.platform === 'win32') window.setTitleBarOverlay(overlay());
  };
  nativeTheme.on('updated', followTheme);
  window.on('closed', () => nativeTheme.off('updated', followTheme));
  void window.loadURL(pageUrl);
  return window;
};

/** Remembers where the window is, for the next start. */
export const keepWindowState = (window: BrowserWindow, settings: Settings): void => {
  if (window.isDestroyed()) return;
  const state: WindowState = { ...window.getNormalBounds(), maximized: window.isMaximized() };
  settings.setPreference(stateKey, JSON.stringify(state));
};

/** Whatever a page asks of the world outside is refused: other pages, windows, web views, devices. */
export const confine = (contents: Electron.WebContents): void => {
  const refuse = (event: Electron.Event): void => event.preventDefault();
  contents.on('will-navigate', (event) => {
    // Loading the same page again is the one way it may go.
    if (event.url !== pageUrl) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame) event.preventDefault();
  });
  contents.on('will-redirect', refuse);
  contents.on('will-attach-webview', refuse);
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  contents.session.setPermissionCheckHandler(() => false);
  contents.session.setDevicePermissionHandler(() => false);
};
