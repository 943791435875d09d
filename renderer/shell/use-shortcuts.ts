import { useEffect, useRef } from 'react';
import { useDialogs } from '../stores/dialogs.ts';
import { toggleTaskPanel } from '../stores/layout.ts';
import { perform } from './command.ts';
import { searchBoxId } from './search-box.tsx';
import { useCommands } from './use-commands.ts';

/** Order in which F6 walks the panes. */
const panes = ['tree', 'details', 'tasks', 'toolbar'];

const focusPane = (step: 1 | -1): void => {
  const here = document.activeElement?.closest<HTMLElement>('[data-pane]')?.dataset.pane;
  const from = here === undefined ? (step === 1 ? -1 : 0) : panes.indexOf(here);
  for (let tries = 1; tries <= panes.length; tries += 1) {
    const name = panes[(from + step * tries + panes.length * tries) % panes.length];
    const pane = document.querySelector<HTMLElement>(`[data-pane="${name}"]`);
    const target =
      pane === null || pane.tabIndex >= 0
        ? pane
        : (pane.querySelector<HTMLElement>('[role="grid"]') ??
          pane.querySelector<HTMLElement>('button, [tabindex="0"], input'));
    if (target === null) continue;
    target.focus();
    return;
  }
};

/** Keys that work wherever the focus is, but not behind an open dialog. */
export const useShortcuts = (): void => {
  const commands = useCommands();
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  }, [commands]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (isDialogOpen()) return;
      const act = actionOf(event);
      if (act === null) return;
      event.preventDefault();
      act(latest.current);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
};

const isDialogOpen = (): boolean =>
  useDialogs.getState().open !== null || document.querySelector('[aria-modal="true"]') !== null;

type Act = (commands: ReturnType<typeof useCommands>) => void;

const actionOf = (event: KeyboardEvent): Act | null => {
  const control = event.ctrlKey || event.metaKey;
  if (event.key === 'F5') return (commands) => perform(commands.refresh);
  if (event.key === 'F6') return () => focusPane(event.shiftKey ? -1 : 1);
  if (!control || event.altKey || event.shiftKey) return null;
  switch (event.key.toLowerCase()) {
    case 'm':
      return (commands) => perform(commands.migrate);
    case 'k':
      return () => {
        const box = document.getElementById(searchBoxId);
        if (box instanceof HTMLInputElement) {
          box.focus();
          box.select();
        }
      };
    case 'j':
      return () => toggleTaskPanel();
    default:
      return null;
  }
};
