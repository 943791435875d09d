import { useEffect, useState } from 'react';
import type { FolderStatus } from '../../../shared/domain/evacuation.ts';
import { toWire, type WireError } from '../../../shared/errors/app-error.ts';
import { DialogFrame } from '../../controls/dialog-frame.tsx';
import { EmptyState } from '../../controls/empty-state.tsx';
import { Icon } from '../../icons/icon.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { closeDialog, useDialogs } from '../../stores/dialogs.ts';
import { readFolders, removeFolder, useFolders } from '../../stores/folders.ts';
import { ErrorNote } from '../errors/error-note.tsx';
import { AddFolder } from './add-folder.tsx';
import { FolderSpace } from './folder-space.tsx';
import './folders.css';

/** The evacuation image folders of the console: what room they have, and which there are. */
export const FoldersDialog = () => {
  const request = useDialogs((state) => state.open);
  return request?.kind === 'folders' ? <Folders /> : null;
};

const Folders = () => {
  const { coldMigration: words, common } = useMessages();
  const folders = useFolders((state) => state.folders);
  const error = useFolders((state) => state.error);
  const [adding, setAdding] = useState(false);
  useEffect(() => {
    void readFolders();
  }, []);
  return (
    <DialogFrame
      size="medium"
      title={words.foldersTitle}
      onClose={closeDialog}
      footer={
        <>
          <span className="grow small muted">{words.imagesStay}</span>
          <button type="button" className="button button-large" onClick={closeDialog}>
            {common.close}
          </button>
        </>
      }
    >
      <div className="folder-list">
        {error !== null && <ErrorNote title={words.foldersUnread} error={error} onRetry={() => void readFolders()} />}
        {folders !== null && folders.length === 0 && !adding && (
          <EmptyState icon="image-folder" title={words.foldersTitle} text={words.noFolders} />
        )}
        {folders !== null && folders.length > 0 && (
          <ul>
            {folders.map((status) => (
              <FolderLine key={status.path} status={status} />
            ))}
          </ul>
        )}
        {adding ? (
          <AddFolder onAdded={() => setAdding(false)} onCancel={() => setAdding(false)} />
        ) : (
          <button type="button" className="button" onClick={() => setAdding(true)}>
            <Icon name="plus" size="small" />
            {words.addFolder}
          </button>
        )}
      </div>
    </DialogFrame>
  );
};

const FolderLine = ({ status }: { readonly status: FolderStatus }) => {
  const { coldMigration: words, evacuation } = useMessages();
  const [error, setError] = useState<WireError | null>(null);
  const { path, problem } = status;
  const remove = async () => {
    setError(null);
    try {
      await removeFolder(path);
    } catch (cause) {
      setError(toWire(cause));
    }
  };
  return (
    <li className="folder-line">
      <div className="folder-line-head">
        <Icon name="image-folder" />
        <span className="strong truncate" title={path}>
          {path}
        </span>
        {problem !== null && (
          <span className="badge badge-bad">
            <Icon name="failed" />
            {words.unusable(evacuation.folderProblems[problem])}
          </span>
        )}
        <span className="grow" />
        <button
          type="button"
          className="button button-subtle button-small"
          aria-label={words.removeFolder(path)}
          onClick={() => void remove()}
        >
          {words.remove}
        </button>
      </div>
      {error !== null && <ErrorNote title={words.notRemoved} error={error} />}
      <FolderSpace status={status} needed={null} />
    </li>
  );
};
