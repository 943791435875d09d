import { useRef, useState } from 'react';
import { understoodFields } from '../../../shared/planning/inventory-search.ts';
import { call } from '../../api/call.ts';
import { EmptyState } from '../../controls/empty-state.tsx';
import { Segmented } from '../../controls/segmented.tsx';
import { Icon } from '../../icons/icon.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { CommandMenu, type MenuPoint } from '../../shell/command-menu.tsx';
import { openDialog } from '../../stores/dialogs.ts';
import { useDrag } from '../../stores/drag.ts';
import { runCommand } from '../../stores/notices.ts';
import { readSites, useSites } from '../../stores/sites.ts';
import { DropReason } from '../drag/drop-reason.tsx';
import { ErrorNote } from '../errors/error-note.tsx';
import { TreeList } from './tree-list.tsx';
import { TreeSkeleton } from './tree-skeleton.tsx';
import { collapseAll, setSearchText, setView, useTree } from './tree-state.ts';
import { useTreeRows, type VisibleTree } from './use-tree-rows.ts';
import './tree.css';

/** The left pane: the inventory of all sites, by pool or by host. */
export const InventoryTree = () => {
  const { tree } = useMessages();
  const view = useTree((state) => state.view);
  return (
    <aside className="tree-pane" aria-label={tree.inventory}>
      <div className="pane-head">
        <Segmented
          label={tree.view}
          value={view}
          onChange={setView}
          options={[
            { value: 'by-pool', label: tree.byPool },
            { value: 'by-host', label: tree.byHost },
          ]}
        />
        <span className="grow" />
        <button
          type="button"
          className="button button-subtle button-small button-icon"
          aria-label={tree.collapseAll}
          title={tree.collapseAll}
          onClick={collapseAll}
        >
          <Icon name="collapse-all" />
        </button>
      </div>
      <TreeBody />
    </aside>
  );
};

const TreeBody = () => {
  const { tree } = useMessages();
  const visible = useTreeRows();
  const loaded = useSites((state) => state.loaded);
  const error = useSites((state) => state.error);
  const anySite = useSites((state) => state.sites.length > 0);
  const [menu, setMenu] = useState<MenuPoint | null>(null);
  const body = useRef<HTMLDivElement>(null);
  const byKeyboard = useDrag((state) => state.drag?.by === 'keyboard');
  if (error !== null) {
    return (
      <div className="tree-error">
        <ErrorNote title={tree.readFailed} error={error} onRetry={() => void readSites()} />
      </div>
    );
  }
  if (!loaded) return <TreeSkeleton />;
  if (!anySite) return <NoSites />;
  if (visible.found.kind === 'failed') {
    return (
      <div className="tree-error">
        <ErrorNote title={tree.examineFailed} error={visible.found.error} onRetry={visible.found.retry} />
      </div>
    );
  }
  if (visible.found.kind === 'examining') return <TreeSkeleton label={tree.examining} />;
  if (visible.search !== null && visible.search.hits.size === 0) return <NoHits tree={visible} />;
  return (
    <div ref={body} className="tree-body">
      {visible.search !== null && (
        <p className="tree-hits" role="status">
          {tree.hits(visible.search.hits.size)}
          {visible.found.kind === 'found' && ` · ${tree.onFactsReadLast}`}
        </p>
      )}
      <TreeList tree={visible} onMenu={setMenu} />
      {byKeyboard && (
        <div className="tree-reason">
          <DropReason />
        </div>
      )}
      <CommandMenu
        at={menu}
        onClose={() => {
          setMenu(null);
          body.current?.querySelector<HTMLElement>('[role="tree"]')?.focus();
        }}
      />
    </div>
  );
};

const NoSites = () => {
  const { tree } = useMessages();
  return (
    <EmptyState icon="plug" title={tree.noSitesTitle} text={tree.noSitesText}>
      <button type="button" className="button button-primary" onClick={() => openDialog({ kind: 'add-site' })}>
        {tree.addSite}
      </button>
      <button type="button" className="button" onClick={() => runCommand(() => call('sites.addLab', {}))}>
        {tree.openLab}
      </button>
    </EmptyState>
  );
};

const NoHits = ({ tree: { query } }: { readonly tree: VisibleTree }) => {
  const { tree } = useMessages();
  const text = (
    <>
      {query.notUnderstood.length > 0 && <p>{tree.notUnderstood(query.notUnderstood.join(' '))}</p>}
      {query.findings.notUnderstood.length > 0 && <p>{tree.findingWords}</p>}
      <p>
        {tree.noHitsFields}{' '}
        {understoodFields.map((field) => (
          <span key={field}>
            <code className="field-token">{`${field}:`}</code>{' '}
          </span>
        ))}
      </p>
    </>
  );
  return (
    <EmptyState icon="search" title={tree.noHitsTitle} text={text}>
      <button type="button" className="button" onClick={() => setSearchText('')}>
        {tree.clear}
      </button>
    </EmptyState>
  );
};
