import { useState } from 'react';
import { size } from '../../../shared/messages/format.ts';
import { withCold } from '../../../shared/planning/migration-draft.ts';
import { type Choice, ChoiceField } from '../../controls/choice-field.tsx';
import { Icon } from '../../icons/icon.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { readFolders, useFolders } from '../../stores/folders.ts';
import { changeDraft } from '../../stores/migration-draft.ts';
import { ErrorNote } from '../errors/error-note.tsx';
import { AddFolder } from '../folders/add-folder.tsx';
import { FolderSpace } from '../folders/folder-space.tsx';
import { folderFieldId } from './focus-obstacle.ts';
import { FolderVerdict } from './folder-verdict.tsx';
import type { DraftView } from './use-draft-view.ts';

/** Which evacuation image folder the stopped VMs pass through, and whether it has the room. */
export const FolderChoice = ({ view }: { readonly view: DraftView }) => {
  const { coldMigration: words, evacuation, migration } = useMessages();
  const error = useFolders((state) => state.error);
  const [adding, setAdding] = useState(false);
  const folders = view.folders ?? [];
  const choices = folders.map(({ path, freeBytes, problem }): Choice => {
    const room = freeBytes === null ? undefined : migration.free(size(freeBytes));
    return {
      value: path,
      text: path,
      note: problem === null ? room : words.unusable(evacuation.folderProblems[problem]),
      disabled: problem !== null,
    };
  });
  const choose = (folder: string) => changeDraft((draft) => withCold(draft, { folder }));
  return (
    <section className="migration-section">
      <h3 className="migration-heading">
        {words.folder}
        <span className="grow" />
        {view.need !== null && <FolderVerdict need={view.need} atATime={view.draft.atATime} />}
      </h3>
      {error !== null && <ErrorNote title={words.foldersUnread} error={error} onRetry={() => void readFolders()} />}
      <div className="folder-choice">
        <ChoiceField
          labelHidden
          id={folderFieldId}
          label={words.folder}
          icon={<Icon name="image-folder" />}
          choices={choices}
          value={view.draft.cold.folder}
          placeholder={words.chooseFolder}
          onChange={choose}
        />
        {!adding && (
          <button type="button" className="button" onClick={() => setAdding(true)}>
            <Icon name="plus" size="small" />
            {words.addFolder}
          </button>
        )}
      </div>
      {view.folders !== null && folders.length === 0 && !adding && (
        <p className="muted small migration-hint">{words.noFolders}</p>
      )}
      {adding && (
        <AddFolder
          onAdded={(path) => {
            choose(path);
            setAdding(false);
          }}
          onCancel={() => setAdding(false)}
        />
      )}
      {view.folder !== null && view.need !== null && (
        <div className="folder-room">
          <FolderSpace status={view.folder} needed={view.need.peakBytes} />
          <p className="muted small">
            {words.imagesOf(
              size(view.need.dataBytes),
              size(view.need.marginBytes),
              view.need.inTurns ? size(view.need.peakBytes) : null,
            )}
          </p>
        </div>
      )}
    </section>
  );
};
