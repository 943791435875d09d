import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import type { TaskId } from '../../../shared/domain/ids.ts';
import type { TaskView } from '../../../shared/domain/task.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { readOlderTasks, useTasks } from '../../stores/tasks.ts';
import { TaskRow } from './task-row.tsx';

const rowHeight = 32;
/** An opened row before it is measured. */
const openedHeight = 68;

/** The tasks that are in sight, newest first; older pages are read as the end comes near. */
export const TaskList = ({ tasks: views }: { readonly tasks: readonly TaskView[] }) => {
  const { tasks } = useMessages();
  const progress = useTasks((state) => state.progress);
  const older = useTasks((state) => state.older);
  const [opened, setOpened] = useState<ReadonlySet<TaskId>>(new Set());
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: views.length,
    getScrollElement: () => scroller.current,
    getItemKey: (line) => views[line]?.header.id ?? line,
    estimateSize: (line) => (isOpened(opened, views[line]) ? openedHeight : rowHeight),
    overscan: 8,
  });
  const lines = virtual.getVirtualItems();
  const nearEnd = (lines.at(-1)?.index ?? 0) >= views.length - 10;
  useEffect(() => {
    if (nearEnd && older === 'more') void readOlderTasks();
  }, [nearEnd, older]);
  const toggle = (task: TaskId) => {
    const next = new Set(opened);
    if (!next.delete(task)) next.add(task);
    setOpened(next);
  };
  return (
    <div ref={scroller} className="task-scroller">
      <ul aria-label={tasks.heading} className="task-lines" style={{ height: virtual.getTotalSize() }}>
        {lines.map((line) => {
          const view = views[line.index];
          if (view === undefined) return null;
          const isOpen = opened.has(view.header.id);
          return (
            <li
              key={line.key}
              aria-setsize={views.length}
              aria-posinset={line.index + 1}
              className="task-item"
              data-index={line.index}
              ref={isOpen ? virtual.measureElement : undefined}
              style={{ transform: `translateY(${line.start}px)` }}
            >
              <TaskRow
                view={view}
                progress={progress.get(view.header.id)}
                expanded={isOpen}
                onToggle={() => toggle(view.header.id)}
              />
            </li>
          );
        })}
      </ul>
      {older === 'reading' && <p className="muted small task-older">{tasks.loadingOlder}</p>}
    </div>
  );
};

const isOpened = (opened: ReadonlySet<TaskId>, view: TaskView | undefined): boolean =>
  view !== undefined && opened.has(view.header.id);
