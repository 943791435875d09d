import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { EntityId } from '../../../shared/domain/ids.ts';
import { useLanguage, useMessages } from '../../messages/use-messages.ts';
import { announce } from '../../stores/announcements.ts';
import { dragOver, useDrag } from '../../stores/drag.ts';
import { useInventory } from '../../stores/inventory.ts';
import { isEntity } from '../../stores/inventory-index.ts';
import { useSelection } from '../../stores/selection.ts';
import { siteStatus } from '../../stores/sites.ts';
import { opensDialog } from '../drag/drop-outcome.ts';
import { useDropWords } from '../drag/drop-reason.tsx';
import { dropWords } from '../drag/drop-words.ts';
import { giveUp, pickUp } from '../drag/pick-up.ts';
import { putDown } from '../drag/put-down.ts';
import { type TreeKeyAction, treeKeyAction, typeAheadLine } from './tree-keys.ts';
import type { RowId } from './tree-rows.ts';
import { chooseAllBeside, chooseRow, extendTo, toggleRow } from './tree-selection.ts';
import { setActive, setExpanded, useTree } from './tree-state.ts';
import type { VisibleTree } from './use-tree-rows.ts';

/** Characters typed within this time of each other search for one name, ms. */
const typeAheadPause = 700;

const nameOf = (id: RowId | undefined): string => {
  if (id === undefined) return '';
  return (isEntity(id) ? useInventory.getState().index.get(id)?.name : siteStatus(id)?.site.name) ?? '';
};

/** Everything the mouse can do in the tree, by keys. `pageLines`: how many lines are in sight. */
export const useTreeKeyboard = (
  { rows, indexOf }: VisibleTree,
  pageLines: () => number,
): ((event: KeyboardEvent) => void) => {
  const typed = useRef({ text: '', at: 0 });
  const language = useLanguage();
  const messages = useMessages();
  useSpokenVerdicts();

  const perform = (action: TreeKeyAction, line: number, at: number): void => {
    switch (action.kind) {
      case 'go': {
        const id = rows[action.line]?.id;
        if (id === undefined) return;
        if (action.extend) extendTo(rows, indexOf, id);
        else setActive(id);
        return;
      }
      case 'expand':
        setExpanded(action.id, action.expanded);
        return;
      case 'expand-siblings':
        for (const id of action.ids) setExpanded(id, true);
        return;
      case 'select':
        if (action.how === 'range') extendTo(rows, indexOf, action.id);
        else toggleRow(action.id);
        return;
      case 'show':
        chooseRow(action.id);
        return;
      case 'select-all':
        chooseAllBeside(rows, line);
        return;
      case 'pick-up':
        pickUpFrom(rows[line]?.id);
        return;
      case 'put-down': {
        const outcome = isEntity(action.id) ? putDown(action.id) : null;
        if (outcome === null || opensDialog(outcome)) return;
        const words = dropWords(outcome, nameOf(action.id), messages, language);
        announce([words.title, ...words.reasons].join('. '), 'assertive');
        return;
      }
      case 'give-up':
        giveUp();
        return;
      case 'type': {
        const text = at - typed.current.at < typeAheadPause ? typed.current.text + action.character : action.character;
        typed.current = { text, at };
        const found = typeAheadLine(rows.length, (to) => nameOf(rows[to]?.id), line, text);
        const id = rows[found]?.id;
        if (id !== undefined) setActive(id);
        return;
      }
      default:
        action satisfies never;
    }
  };

  return (event) => {
    const line = indexOf(useTree.getState().active);
    const press = { key: event.key, ctrl: event.ctrlKey || event.metaKey, shift: event.shiftKey, alt: event.altKey };
    const action = treeKeyAction(press, rows, line, pageLines());
    if (action === null) return;
    event.preventDefault();
    perform(action, line, event.timeStamp);
  };
};

/** The row the keyboard is on counts as selected when it is a VM and was not. */
const pickUpFrom = (active: RowId | undefined): void => {
  const vm = active !== undefined && isEntity(active) ? useInventory.getState().index.vm(active) : undefined;
  if (vm !== undefined && !useSelection.getState().vms.has(vm.id)) chooseRow(vm.id);
  pickUp();
};

/** While the keyboard carries VMs, the row it is on is what the mouse would hover; its verdict is spoken. */
const useSpokenVerdicts = (): void => {
  const byKeyboard = useDrag((state) => state.drag?.by === 'keyboard');
  const active = useTree((state) => state.active);
  const words = useDropWords();
  useEffect(() => {
    if (byKeyboard) dragOver(active !== null && isEntity(active) ? (active as EntityId) : null);
  }, [byKeyboard, active]);
  const spoken = words === null ? '' : [words.title, ...words.reasons].join('. ');
  useEffect(() => {
    if (byKeyboard && spoken !== '') announce(spoken);
  }, [byKeyboard, spoken]);
};
