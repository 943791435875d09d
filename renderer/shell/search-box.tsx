import { useRef } from 'react';
import { type UnderstoodField, understoodFields } from '../../shared/planning/inventory-search.ts';
import { setSearchText, useTree } from '../features/inventory-tree/tree-state.ts';
import { Icon } from '../icons/icon.tsx';
import { useMessages } from '../messages/use-messages.ts';

export const searchBoxId = 'search-box';

/** Fields that are offered as buttons; the others are named where nothing was found. */
const offered: readonly UnderstoodField[] = understoodFields.filter((field) =>
  ['pool', 'host', 'state', 'finding'].includes(field),
);

/** So that no more is asked of the main process than it takes: 20 words behind `finding:`. */
const longest = 200;

/** Narrows the tree while one types; fields such as `pool:web` can be put in by a click. */
export const SearchBox = () => {
  const { shell } = useMessages();
  const text = useTree((state) => state.searchText);
  const input = useRef<HTMLInputElement>(null);
  const addField = (field: UnderstoodField): void => {
    const gap = text === '' || text.endsWith(' ') ? '' : ' ';
    setSearchText(`${text}${gap}${field}:`);
    input.current?.focus();
  };
  return (
    <search className="search-box">
      <Icon name="search" size="small" />
      <input
        ref={input}
        id={searchBoxId}
        type="search"
        autoComplete="off"
        spellCheck={false}
        maxLength={longest}
        aria-label={shell.search}
        placeholder={shell.search}
        value={text}
        onChange={(event) => setSearchText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setSearchText('');
          if (event.key === 'ArrowDown' || event.key === 'Enter') {
            event.preventDefault();
            document.querySelector<HTMLElement>('[data-pane="tree"]')?.focus();
          }
        }}
      />
      {text === '' ? (
        <>
          {offered.map((field) => (
            <button
              key={field}
              type="button"
              className="field-token"
              tabIndex={-1}
              aria-label={`${shell.searchFields}: ${field}`}
              onClick={() => addField(field)}
            >
              {`${field}:`}
            </button>
          ))}
          <span className="key-cap" aria-hidden="true">
            Ctrl K
          </span>
        </>
      ) : (
        <button
          type="button"
          className="button button-subtle button-small button-icon"
          aria-label={shell.clearSearch}
          onClick={() => {
            setSearchText('');
            input.current?.focus();
          }}
        >
          <Icon name="close" size="small" />
        </button>
      )}
    </search>
  );
};
