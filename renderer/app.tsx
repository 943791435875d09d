import { FluentProvider } from '@fluentui/react-components';
import { type ReactNode, useEffect, useMemo } from 'react';
import { DndProvider } from 'react-dnd';
import { HTML5Backend } from 'react-dnd-html5-backend';
import { useLanguage } from './messages/use-messages.ts';
import { DrawingGuard } from './shell/drawing-guard.tsx';
import { Shell } from './shell/shell.tsx';
import { fluentTheme } from './theme/fluent-theme.ts';
import { useThemeName } from './theme/use-theme-name.ts';

/** The looks around everything: theme and language, which the page's root carries too. */
export const Looks = ({ children }: { readonly children: ReactNode }) => {
  const language = useLanguage();
  const themeName = useThemeName();
  const theme = useMemo(() => fluentTheme(themeName, language), [themeName, language]);
  useEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dataset.theme = themeName;
  }, [language, themeName]);
  return <FluentProvider theme={theme}>{children}</FluentProvider>;
};

export const App = () => (
  <Looks>
    <DrawingGuard>
      <DndProvider backend={HTML5Backend}>
        <Shell />
      </DndProvider>
    </DrawingGuard>
  </Looks>
);
