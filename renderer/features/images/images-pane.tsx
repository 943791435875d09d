import { useEffect, useState } from 'react';
import type { EvacuationImage } from '../../../shared/domain/evacuation.ts';
import { EmptyState } from '../../controls/empty-state.tsx';
import { Icon } from '../../icons/icon.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { openDialog } from '../../stores/dialogs.ts';
import { useFolders } from '../../stores/folders.ts';
import { findLostVms, imageKey, readImages, useImages } from '../../stores/images.ts';
import { useSelection } from '../../stores/selection.ts';
import { useTasks } from '../../stores/tasks.ts';
import { ErrorNote } from '../errors/error-note.tsx';
import { ImageRow } from './image-row.tsx';
import { fitsText } from './image-words.ts';
import { LostVms } from './lost-vms.tsx';
import './images.css';

const noImages: readonly EvacuationImage[] = [];

/** Whoever chooses something in the inventory wants to see that. */
const closeOnSelection = (): (() => void) =>
  useSelection.subscribe((state, former) => {
    if (state.place !== former.place || state.shownVm !== former.shownVm) useImages.getState().close();
  });

/** All evacuation images of all folders, in place of the inventory's details. */
export const ImagesPane = () => {
  const { images } = useMessages();
  const known = useImages((state) => state.images);
  const error = useImages((state) => state.error);
  const looking = useImages((state) => state.search.kind === 'looking');
  const close = useImages((state) => state.close);
  const [text, setText] = useState('');
  useEffect(closeOnSelection, []);
  useReadWhenTasksChange();
  const shown = (known ?? noImages).filter((image) => fitsText(image, text.trim()));
  return (
    <section className="images" aria-label={images.heading} data-pane="details">
      <header className="images-head">
        <Icon name="image" size="large" />
        <h2 className="details-title">{images.heading}</h2>
        {known !== null && <span className="muted small">{images.count(known.length)}</span>}
        <span className="grow" />
        <search className="images-search">
          <Icon name="search" size="small" tone="muted" />
          <input
            type="search"
            aria-label={images.search}
            placeholder={images.search}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </search>
        <button
          type="button"
          className="button button-small"
          aria-disabled={looking || undefined}
          title={images.lostHint}
          onClick={() => !looking && void findLostVms()}
        >
          {images.findLost}
        </button>
        <button type="button" className="button button-small" onClick={() => openDialog({ kind: 'folders' })}>
          {images.folders}
        </button>
        <button
          type="button"
          className="button button-subtle button-small button-icon"
          aria-label={images.refresh}
          title={images.refresh}
          onClick={() => void readImages()}
        >
          <Icon name="refresh" size="small" />
        </button>
        <button
          type="button"
          className="button button-subtle button-small button-icon"
          aria-label={images.close}
          title={images.close}
          onClick={close}
        >
          <Icon name="close" size="small" />
        </button>
      </header>
      <div className="images-body">
        {error !== null && <ErrorNote title={images.readFailed} error={error} onRetry={() => void readImages()} />}
        <FolderNotes />
        <LostVms />
        {shown.length > 0 ? (
          <ImageList shown={shown} />
        ) : (
          <NothingShown known={known} text={text} error={error !== null} />
        )}
      </div>
    </section>
  );
};

/** On opening, and whenever a task begins, ends or gets on with its image. */
const useReadWhenTasksChange = (): void => {
  const stamp = useTasks((state) =>
    state.tasks
      .flatMap(({ header, state: is, cold }) => (cold.image === null ? [] : [`${header.id} ${is} ${cold.image.state}`]))
      .join(),
  );
  useEffect(() => {
    void stamp;
    void readImages();
  }, [stamp]);
};

const ImageList = ({ shown }: { readonly shown: readonly EvacuationImage[] }) => {
  const { images } = useMessages();
  return (
    <div className="images-list">
      <div className="image-grid image-columns" aria-hidden="true">
        <span />
        <span>{images.columns.image}</span>
        <span>{images.columns.state}</span>
        <span className="number">{images.columns.size}</span>
        <span className="number">{images.columns.age}</span>
        <span />
      </div>
      <ul aria-label={images.heading}>
        {shown.map((image) => (
          <ImageRow key={imageKey(image)} image={image} />
        ))}
      </ul>
    </div>
  );
};

/** Folders whose images are not in the list, and why. */
const FolderNotes = () => {
  const { evacuation, images } = useMessages();
  const folders = useFolders((state) => state.folders);
  const unusable = (folders ?? []).filter(({ freeBytes }) => freeBytes === null);
  return unusable.map(({ path, problem }) => (
    <p key={path} className="note note-warn">
      <Icon name="warning" tone="warn" />
      {images.folderProblem(path, evacuation.folderProblems[problem ?? 'unreachable'])}
    </p>
  ));
};

interface NothingShownProps {
  readonly known: readonly EvacuationImage[] | null;
  readonly text: string;
  readonly error: boolean;
}

const NothingShown = ({ known, text, error }: NothingShownProps) => {
  const { images } = useMessages();
  const folders = useFolders((state) => state.folders);
  if (known === null) return error ? null : <p className="muted">{images.reading}</p>;
  if (known.length > 0) return <EmptyState icon="filter" title={images.noHit(text.trim())} />;
  if (folders?.length !== 0) return <EmptyState icon="image" title={images.empty} text={images.emptyHint} />;
  return (
    <EmptyState icon="image-folder" title={images.noFolders} text={images.noFoldersHint}>
      <button type="button" className="button" onClick={() => openDialog({ kind: 'folders' })}>
        {images.setUpFolder}
      </button>
    </EmptyState>
  );
};
