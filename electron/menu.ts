import { Menu, type MenuItemConstructorOptions } from 'electron';
import { catalog } from '../shared/messages/catalog.ts';
import type { Language } from '../shared/messages/topic.ts';

/**
 * The menu bar of the system. The commands of the console are in its window; this holds what an editing field, the
 * zoom and the window itself need. Nothing here may take a key that the window uses (Ctrl+M, F5, Ctrl+R).
 */
export const setMenu = (language: Language, isPackaged: boolean): void => {
  const words = catalog[language].desktop;
  const isMac = process.platform === 'darwin';
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: 'appMenu' } satisfies MenuItemConstructorOptions] : []),
    {
      label: words.file,
      submenu: [isMac ? { role: 'close', label: words.closeWindow } : { role: 'quit', label: words.quit }],
    },
    {
      label: words.edit,
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    {
      label: words.view,
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(isPackaged ? [] : [{ role: 'toggleDevTools' } satisfies MenuItemConstructorOptions]),
      ],
    },
    ...(isMac ? [{ label: words.window, role: 'windowMenu' } satisfies MenuItemConstructorOptions] : []),
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
};
