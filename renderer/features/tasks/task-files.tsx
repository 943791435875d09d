import { taskLabel } from '../../../shared/domain/ids.ts';
import type { FileProgress, TaskProgress } from '../../../shared/domain/task.ts';
import { duration, size } from '../../../shared/messages/format.ts';
import { Icon } from '../../icons/icon.tsx';
import { useLanguage, useMessages } from '../../messages/use-messages.ts';
import { currentFile, isWhole, percentOf, timeLeftAt } from './file-progress.ts';

/** How far each disk is: bytes of bytes, and of the one that is copied now its rate and the time left. */
export const TaskFiles = ({ progress }: { readonly progress: TaskProgress }) => {
  const files = progress.files ?? [];
  const current = currentFile(files);
  return (
    <ul className="task-files">
      {files.map((file) => (
        <FileLine key={file.label} file={file} progress={progress} isCurrent={file === current} />
      ))}
    </ul>
  );
};

interface FileLineProps {
  readonly file: FileProgress;
  readonly progress: TaskProgress;
  readonly isCurrent: boolean;
}

const FileLine = ({ file, progress, isCurrent }: FileLineProps) => {
  const { recovery, tasks } = useMessages();
  const language = useLanguage();
  const percent = percentOf(file);
  const rate = isCurrent ? progress.bytesPerSecond : undefined;
  const left = timeLeftAt(file, rate);
  return (
    <li className="task-file small">
      <Icon name="datastore" size="small" tone="muted" />
      <span className="truncate">{file.label}</span>
      <span
        className="progress-bar"
        role="progressbar"
        aria-label={recovery.diskOf(taskLabel(progress.task), file.label)}
        aria-valuemin={0}
        aria-valuemax={100}
        {...(percent === null ? { 'aria-valuetext': tasks.progressUnknown } : { 'aria-valuenow': Math.floor(percent) })}
      >
        <span style={{ width: `${percent ?? 0}%` }} />
      </span>
      <span className="number">{percent !== null && tasks.percent(Math.floor(percent))}</span>
      <span className="number muted">
        {file.totalBytes === null
          ? recovery.soFar(size(file.doneBytes))
          : recovery.bytesOf(size(file.doneBytes), size(file.totalBytes))}
      </span>
      <span className="number muted task-file-rate">
        {isWhole(file) ? recovery.diskDone : rate !== undefined && tasks.rate(size(rate))}
      </span>
      <span className="number muted">{left !== null && tasks.timeLeft(duration(left, language))}</span>
    </li>
  );
};
