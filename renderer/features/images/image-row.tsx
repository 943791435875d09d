import { useState } from 'react';
import type { EvacuationImage } from '../../../shared/domain/evacuation.ts';
import { taskLabel } from '../../../shared/domain/ids.ts';
import { errorText } from '../../../shared/messages/errors.ts';
import { imageProblemWords } from '../../../shared/messages/evacuation.ts';
import { size, sizeParts } from '../../../shared/messages/format.ts';
import { Icon } from '../../icons/icon.tsx';
import { useAge } from '../../messages/use-age.ts';
import { useDay } from '../../messages/use-day.ts';
import { useLanguage, useMessages } from '../../messages/use-messages.ts';
import { announce } from '../../stores/announcements.ts';
import { openDialog } from '../../stores/dialogs.ts';
import { imageKey, useImages, type Verification, verifyImage } from '../../stores/images.ts';
import { beginRestore } from '../../stores/migration-draft.ts';
import { askToDelete } from './delete-image.ts';
import { imageLook, isLeftOver, nameOfImage, originOf, pathOfImage, restoreObstacle } from './image-words.ts';

/** One image: what VM is in it, where it came from, whether it is whole, and what can be done with it. */
export const ImageRow = ({ image }: { readonly image: EvacuationImage }) => {
  const messages = useMessages();
  const { images } = messages;
  const [open, setOpen] = useState(false);
  const verification = useImages((state) => state.verifications.get(imageKey(image)));
  const name = nameOfImage(image);
  const { state } = image;
  const { value, unit } = sizeParts(image.bytes);
  return (
    <li className="image-item">
      <div className="image-grid image-line">
        <button
          type="button"
          className="button button-subtle button-small button-icon"
          aria-label={images.showPath(image.name)}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <Icon name={open ? 'chevron-down' : 'chevron-right'} size="small" />
        </button>
        <span className="image-vm">
          <span className="strong truncate">{name}</span>
          <span className="small muted truncate" title={originOf(image)}>
            {image.record === null ? images.unknownVm : originOf(image)}
          </span>
        </span>
        <span className="image-state">
          <span className={`badge ${imageLook[state].badge}`}>
            <Icon name={imageLook[state].icon} />
            {images.states[state]}
          </span>
          {image.task !== null && <TaskLink image={image} />}
        </span>
        <span className="number">
          {value}
          <span className="unit">{unit}</span>
        </span>
        <span className="number muted">{image.record !== null && <Age at={image.record.createdAt} />}</span>
        <ImageActs image={image} verification={verification} />
      </div>
      {verification !== undefined && <VerificationLine image={image} verification={verification} />}
      {image.problem !== null && verification?.kind !== 'done' && <Problem image={image} />}
      {open && <ImageDetails image={image} />}
    </li>
  );
};

const Age = ({ at }: { readonly at: number }) => useAge(at);

const TaskLink = ({ image: { task } }: { readonly image: EvacuationImage }) => {
  const { images } = useMessages();
  if (task === null) return null;
  return (
    <button type="button" className="link small" onClick={() => openDialog({ kind: 'task', task })}>
      {images.usedBy(taskLabel(task))}
    </button>
  );
};

interface ActsProps {
  readonly image: EvacuationImage;
  readonly verification: Verification | undefined;
}

const ImageActs = ({ image, verification }: ActsProps) => {
  const messages = useMessages();
  const { images } = messages;
  const name = nameOfImage(image);
  const noRestore = restoreObstacle(image, messages);
  const inUse = image.task === null ? null : images.why.inUse(taskLabel(image.task));
  const verifying = verification?.kind === 'running';
  return (
    <span className="image-acts">
      <button
        type="button"
        className="button button-small"
        aria-label={images.restoreImage(name)}
        aria-disabled={noRestore !== null || undefined}
        title={noRestore ?? undefined}
        onClick={() => noRestore === null && beginRestore(image, null)}
      >
        <Icon name="restore" size="small" />
        {images.restore}
      </button>
      {!isLeftOver(image.state) && (
        <button
          type="button"
          className="button button-small button-subtle"
          aria-label={verifying ? images.stopVerifying(name) : images.verifyImage(name)}
          onClick={() => (verifying ? verification.stop() : void verifyImage(image))}
        >
          <Icon name={verifying ? 'close' : 'shield'} size="small" />
          {verifying ? messages.common.cancel : images.verify}
        </button>
      )}
      <button
        type="button"
        className="button button-small button-subtle button-icon"
        aria-label={images.removeImage(name)}
        aria-disabled={inUse !== null || undefined}
        title={inUse ?? images.remove}
        onClick={() => inUse === null && askToDelete(image)}
      >
        <Icon name="trash" size="small" />
      </button>
    </span>
  );
};

const VerificationLine = ({ verification }: ActsProps & { readonly verification: Verification }) => {
  const { images } = useMessages();
  const language = useLanguage();
  const age = useAge(verification.kind === 'done' ? verification.at : 0);
  if (verification.kind === 'running') {
    return (
      <p className="image-note small muted" role="status">
        <Icon name="running" size="small" />
        {images.verifying}
      </p>
    );
  }
  if (verification.kind === 'failed') {
    return (
      <p className="image-note small tone-bad" role="status">
        <Icon name="failed" size="small" />
        {images.verifyFailed(errorText(verification.error, language).cause)}
      </p>
    );
  }
  const { problem } = verification;
  return (
    <p className={`image-note small ${problem === null ? 'tone-ok' : 'tone-bad'}`} role="status">
      <Icon name={problem === null ? 'success' : 'blocker'} size="small" />
      {problem === null ? images.verified(age) : images.differs(imageProblemWords(problem, language), age)}
    </p>
  );
};

const Problem = ({ image: { problem } }: { readonly image: EvacuationImage }) => {
  const language = useLanguage();
  if (problem === null) return null;
  return (
    <p className="image-note small tone-bad">
      <Icon name="blocker" size="small" />
      {imageProblemWords(problem, language)}
    </p>
  );
};

/** Where it lies, to be read and copied, and what is in it. */
const ImageDetails = ({ image }: { readonly image: EvacuationImage }) => {
  const { images } = useMessages();
  const day = useDay();
  const [outcome, setOutcome] = useState<'copied' | 'copyFailed' | null>(null);
  const path = pathOfImage(image);
  const { record } = image;
  const copy = async () => {
    const done = await navigator.clipboard.writeText(path).then(
      () => 'copied' as const,
      () => 'copyFailed' as const,
    );
    setOutcome(done);
    announce(images[done]);
  };
  return (
    <div className="image-details small">
      <p className="row">
        <span className="muted">{images.path}</span>
        <span className="monospace image-path">{path}</span>
        <button type="button" className="link small" onClick={() => void copy()}>
          {images.copyPath}
        </button>
        {outcome !== null && <span className={outcome === 'copied' ? 'tone-ok' : 'tone-bad'}>{images[outcome]}</span>}
      </p>
      {record !== null && (
        <>
          <p className="muted">{images.files(record.files.length, size(image.bytes))}</p>
          {record.origin.networks.length > 0 && (
            <p className="muted">{images.networks(record.origin.networks.map((one) => one.name).join(', '))}</p>
          )}
          <p className="muted">{images.writtenBy(record.console, day(record.createdAt))}</p>
        </>
      )}
    </div>
  );
};
