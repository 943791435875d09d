import {
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from '@fluentui/react-components';
import { useState } from 'react';
import type { Preferences } from '../../../shared/ipc/contract.ts';
import { Icon } from '../../icons/icon.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { openDialog } from '../../stores/dialogs.ts';
import { runCommand } from '../../stores/notices.ts';
import { changePreferences, usePreferences } from '../../stores/preferences.ts';
import { AboutDialog } from './about-dialog.tsx';
import './settings.css';

const languages = ['system', 'en', 'ja'] as const satisfies readonly Preferences['language'][];
const themes = ['system', 'light', 'dark'] as const satisfies readonly Preferences['theme'][];

const change = (part: Partial<Preferences>): void => runCommand(() => changePreferences(part));

/** Language and appearance, and what this application is. */
export const SettingsMenu = () => {
  const { settings, coldMigration, limits } = useMessages();
  const { language, theme } = usePreferences((state) => state.preferences);
  const [aboutOpen, setAboutOpen] = useState(false);
  return (
    <>
      <Menu
        positioning="below-end"
        checkedValues={{ language: [language], theme: [theme] }}
        onCheckedValueChange={(_event, { name, checkedItems }) => {
          const [chosen] = checkedItems;
          const wantedLanguage = languages.find((one) => one === chosen);
          const wantedTheme = themes.find((one) => one === chosen);
          if (name === 'language' && wantedLanguage !== undefined) change({ language: wantedLanguage });
          if (name === 'theme' && wantedTheme !== undefined) change({ theme: wantedTheme });
        }}
      >
        <MenuTrigger>
          <button
            type="button"
            className="button button-subtle button-icon"
            aria-label={settings.settings}
            title={settings.settings}
          >
            <Icon name="settings" />
          </button>
        </MenuTrigger>
        <MenuPopover className="settings-menu">
          <MenuList>
            <MenuGroup>
              <MenuGroupHeader>{settings.language}</MenuGroupHeader>
              {languages.map((value) => (
                <MenuItemRadio key={value} name="language" value={value}>
                  {settings.languages[value]}
                </MenuItemRadio>
              ))}
            </MenuGroup>
            <MenuDivider />
            <MenuGroup>
              <MenuGroupHeader>{settings.theme}</MenuGroupHeader>
              {themes.map((value) => (
                <MenuItemRadio key={value} name="theme" value={value}>
                  {settings.themes[value]}
                </MenuItemRadio>
              ))}
            </MenuGroup>
            <MenuDivider />
            <MenuItem onClick={() => openDialog({ kind: 'folders' })}>{coldMigration.foldersMenu}</MenuItem>
            <MenuItem onClick={() => openDialog({ kind: 'limits' })}>{limits.menu}</MenuItem>
            <MenuItem onClick={() => setAboutOpen(true)}>{settings.about}</MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
      {aboutOpen && <AboutDialog onClose={() => setAboutOpen(false)} />}
    </>
  );
};
