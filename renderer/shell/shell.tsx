import type { CSSProperties } from 'react';
import { AnnotationDialogs } from '../features/annotations/annotation-dialogs.tsx';
import { DragLayer } from '../features/drag/drag-layer.tsx';
import { FoldersDialog } from '../features/folders/folders-dialog.tsx';
import { ImagesPane } from '../features/images/images-pane.tsx';
import { InventoryTree } from '../features/inventory-tree/inventory-tree.tsx';
import { LimitsDialog } from '../features/limits/limits-dialog.tsx';
import { MigrationDialog } from '../features/migration/migration-dialog.tsx';
import { DetailsPane } from '../features/pool-details/details-pane.tsx';
import { RecoveryDialog } from '../features/recovery/recovery-dialog.tsx';
import { EvaluationNotice } from '../features/settings/evaluation-notice.tsx';
import { SiteDialogs } from '../features/sites/site-dialogs.tsx';
import { TaskDetailsDialog } from '../features/tasks/task-details-dialog.tsx';
import { TaskPanel } from '../features/tasks/task-panel.tsx';
import { useMessages } from '../messages/use-messages.ts';
import { useImages } from '../stores/images.ts';
import { setTaskPanelHeight, setTreeWidth, taskPanelHeights, treeWidths, useLayout } from '../stores/layout.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { LiveRegions } from './live-regions.tsx';
import { Notices } from './notices.tsx';
import { Rail } from './rail.tsx';
import { Splitter } from './splitter.tsx';
import { StatusBar } from './status-bar.tsx';
import { TitleBar } from './title-bar.tsx';
import { Toolbar } from './toolbar.tsx';
import { useShortcuts } from './use-shortcuts.ts';
import './shell.css';

/** The whole window: panes, what lies over them, and what is only heard. */
export const Shell = () => {
  const treeWidth = useLayout((state) => state.treeWidth);
  useShortcuts();
  return (
    <div className="shell" style={{ '--treeWidth': `${treeWidth}px` } as CSSProperties}>
      <TitleBar />
      <Toolbar />
      <Rail />
      <InventoryTree />
      <Main treeWidth={treeWidth} />
      <StatusBar />
      <MigrationDialog />
      <FoldersDialog />
      <LimitsDialog />
      <SiteDialogs />
      <TaskDetailsDialog />
      <RecoveryDialog />
      <AnnotationDialogs />
      <ConfirmDialog />
      <DragLayer />
      <Notices />
      <LiveRegions />
    </div>
  );
};

const Main = ({ treeWidth }: { readonly treeWidth: number }) => {
  const { shell } = useMessages();
  const height = useLayout((state) => state.taskPanelHeight);
  const open = useLayout((state) => state.taskPanelOpen);
  const imagesOpen = useImages((state) => state.isOpen);
  return (
    <main className="main">
      <Splitter
        label={shell.splitTree}
        direction="vertical"
        value={treeWidth}
        least={treeWidths.least}
        most={treeWidths.most}
        onChange={setTreeWidth}
      />
      <EvaluationNotice />
      <div className="main-details">{imagesOpen ? <ImagesPane /> : <DetailsPane />}</div>
      {open && (
        <Splitter
          reversed
          label={shell.splitTasks}
          direction="horizontal"
          value={height}
          least={taskPanelHeights.least}
          most={taskPanelHeights.most}
          onChange={setTaskPanelHeight}
        />
      )}
      <div className="main-tasks" data-pane="tasks" style={open ? { height } : undefined}>
        <TaskPanel />
      </div>
    </main>
  );
};
