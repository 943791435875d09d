import { Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { useEffect, useId, useState } from 'react';
import { EmptyState } from '../../controls/empty-state.tsx';
import { Segmented } from '../../controls/segmented.tsx';
import { Tabs } from '../../controls/tabs.tsx';
import { Icon } from '../../icons/icon.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { announce } from '../../stores/announcements.ts';
import { setTaskPanelOpen, toggleTaskPanel, useLayout } from '../../stores/layout.ts';
import { runCommand } from '../../stores/notices.ts';
import { exportTasks, matchesFilter, readTasks, type TaskFilter, useTasks } from '../../stores/tasks.ts';
import { ErrorNote } from '../errors/error-note.tsx';
import { type FollowUpFilter, FollowUpPane } from '../follow-ups/follow-up-pane.tsx';
import { useFollowUps } from '../follow-ups/use-follow-ups.ts';
import { LimitsLine } from '../limits/limits-line.tsx';
import { TaskList } from './task-list.tsx';
import { tellTaskNews } from './task-news.ts';
import './tasks.css';

type PanelTab = 'tasks' | 'follow-ups';

const filters: readonly TaskFilter[] = ['all', 'running', 'waiting', 'failed', 'completed'];

const followUpFilters: readonly FollowUpFilter[] = ['open', 'all'];

/**
 * The task log and what is left to do afterwards, at the foot of the window: the head with the counts always, the rows
 * while it is open.
 */
export const TaskPanel = () => {
  const { tasks, followUps: words } = useMessages();
  const open = useLayout((state) => state.taskPanelOpen);
  const views = useTasks((state) => state.tasks);
  const followUps = useFollowUps();
  const [tab, setTab] = useState<PanelTab>('tasks');
  const [filter, setFilter] = useState<TaskFilter>('all');
  const [followUpFilter, setFollowUpFilter] = useState<FollowUpFilter>('open');
  const panelId = useId();
  useEffect(tellTaskNews, []);
  const options = filters.map((value) => ({
    value,
    label: tasks.filters[value](views.filter((view) => matchesFilter(view, value)).length),
  }));
  const followUpOptions = followUpFilters.map((value) => ({
    value,
    label:
      value === 'open'
        ? words.filters.open(followUps.open.length)
        : words.filters.all(followUps.items.length, followUps.older !== 'none'),
  }));
  return (
    <section className="task-panel" aria-label={tasks.panel}>
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
        <Tabs
          label={tasks.panel}
          value={tab}
          onChange={(chosen) => {
            setTab(chosen);
            setTaskPanelOpen(true);
          }}
          panelId={open ? panelId : undefined}
          tabs={[
            { value: 'tasks', label: tasks.heading },
            {
              value: 'follow-ups',
              name: followUps.open.length === 0 ? words.tab : words.tabOpen(followUps.open.length),
              label: (
                <>
                  {words.tab}
                  {followUps.open.length > 0 && <span className="tab-count">{followUps.open.length}</span>}
                </>
              ),
            },
          ]}
        />
        <span className="separator" />
        {tab === 'tasks' ? (
          <Segmented flat label={tasks.filterLabel} options={options} value={filter} onChange={setFilter} />
        ) : (
          <Segmented
            flat
            label={words.filterLabel}
            options={followUpOptions}
            value={followUpFilter}
            onChange={setFollowUpFilter}
          />
        )}
        <span className="grow" />
        {tab === 'tasks' && <LimitsLine />}
        {tab === 'tasks' && <ExportMenu />}
      </header>
      {open && (
        <div
          className="task-body"
          id={panelId}
          role="tabpanel"
          aria-label={tab === 'tasks' ? tasks.heading : words.tab}
        >
          {tab === 'tasks' ? (
            <TaskLog filter={filter} onShowAll={() => setFilter('all')} />
          ) : (
            <FollowUpPane followUps={followUps} filter={followUpFilter} onShowAll={() => setFollowUpFilter('all')} />
          )}
        </div>
      )}
    </section>
  );
};

interface BodyProps {
  readonly filter: TaskFilter;
  readonly onShowAll: () => void;
}

const TaskLog = ({ filter, onShowAll }: BodyProps) => {
  const { tasks } = useMessages();
  const loaded = useTasks((state) => state.loaded);
  const error = useTasks((state) => state.error);
  const views = useTasks((state) => state.tasks);
  const shown = filter === 'all' ? views : views.filter((view) => matchesFilter(view, filter));
  return (
    <>
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
    </>
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
