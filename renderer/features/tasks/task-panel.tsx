import { Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { EmptyState } from '../../controls/empty-state.tsx';
import { Segmented } from '../../controls/segmented.tsx';
import { Icon } from '../../icons/icon.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { announce } from '../../stores/announcements.ts';
import { toggleTaskPanel, useLayout } from '../../stores/layout.ts';
import { runCommand } from '../../stores/notices.ts';
import { exportTasks, matchesFilter, readTasks, type TaskFilter, useTasks } from '../../stores/tasks.ts';
import { ErrorNote } from '../errors/error-note.tsx';
import { TaskList } from './task-list.tsx';
import { tellTaskNews } from './task-news.ts';
import './tasks.css';

const filters: readonly TaskFilter[] = ['all', 'running', 'waiting', 'failed', 'completed'];

/** The task log at the foot of the window: its head with the counts always, its rows while it is open. */
export const TaskPanel = () => {
  const { tasks } = useMessages();
  const open = useLayout((state) => state.taskPanelOpen);
  const views = useTasks((state) => state.tasks);
  const [filter, setFilter] = useState<TaskFilter>('all');
  useEffect(tellTaskNews, []);
  const options = filters.map((value) => ({
    value,
    label: tasks.filters[value](views.filter((view) => matchesFilter(view, value)).length),
  }));
  return (
    <section className="task-panel" aria-label={tasks.heading}>
      <header className="pane-head task-head">
        <button
          type="button"
          className="button button-subtle button-small button-icon"
          aria-label={open ? tasks.collapse : tasks.expand}
          aria-expanded={open}
          title="Ctrl+J"
          onClick={toggleTaskPanel}
        >
          <Icon name={open ? 'chevron-down' : 'chevron-right'} size="small" />
        </button>
        <h2 className="strong">{tasks.heading}</h2>
        <Segmented flat label={tasks.filterLabel} options={options} value={filter} onChange={setFilter} />
        <span className="grow" />
        <ExportMenu />
      </header>
      {open && <TaskPanelBody filter={filter} onShowAll={() => setFilter('all')} />}
    </section>
  );
};

interface BodyProps {
  readonly filter: TaskFilter;
  readonly onShowAll: () => void;
}

const TaskPanelBody = ({ filter, onShowAll }: BodyProps) => {
  const { tasks } = useMessages();
  const loaded = useTasks((state) => state.loaded);
  const error = useTasks((state) => state.error);
  const views = useTasks((state) => state.tasks);
  const shown = filter === 'all' ? views : views.filter((view) => matchesFilter(view, filter));
  return (
    <div className="task-body">
      {error !== null && (
        <div className="task-note">
          <ErrorNote title={tasks.readFailed} error={error} onRetry={() => void readTasks()} />
        </div>
      )}
      {shown.length > 0 ? (
        <>
          <div className="task-grid task-columns" aria-hidden="true">
            <span>{tasks.columns.state}</span>
            <span>{tasks.columns.task}</span>
            <span>{tasks.columns.progress}</span>
            <span className="task-rate number">{tasks.columns.rate}</span>
            <span className="number">{tasks.columns.time}</span>
            <span />
          </div>
          <TaskList tasks={shown} />
        </>
      ) : views.length > 0 ? (
        <EmptyState icon="filter" title={tasks.emptyFilter}>
          <button type="button" className="button" onClick={onShowAll}>
            {tasks.showAll}
          </button>
        </EmptyState>
      ) : loaded ? (
        <EmptyState icon="tasks" title={tasks.empty} text={tasks.emptyHint} />
      ) : (
        error === null && <p className="muted task-reading">{tasks.reading}</p>
      )}
    </div>
  );
};

const ExportMenu = () => {
  const { tasks } = useMessages();
  const [savedTo, setSavedTo] = useState<string | null>(null);
  const save = (format: 'csv' | 'json') =>
    runCommand(async () => {
      setSavedTo(null);
      const file = await exportTasks(format);
      if (file === null) return;
      setSavedTo(file);
      announce(tasks.exported(file));
    });
  return (
    <>
      {savedTo !== null && (
        <span className="small tone-ok row truncate" title={savedTo}>
          <Icon name="check" size="small" />
          <span className="truncate">{tasks.exported(savedTo)}</span>
        </span>
      )}
      <Menu positioning="above-end">
        <MenuTrigger>
          <button
            type="button"
            className="button button-subtle button-small button-icon"
            aria-label={tasks.export}
            title={tasks.export}
          >
            <Icon name="export" />
          </button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem onClick={() => save('csv')}>{tasks.exportCsv}</MenuItem>
            <MenuItem onClick={() => save('json')}>{tasks.exportJson}</MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
    </>
  );
};
