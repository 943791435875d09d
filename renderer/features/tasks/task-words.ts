import { taskLabel } from '../../../shared/domain/ids.ts';
import type { TaskProgress, TaskState, TaskView, WaitReason } from '../../../shared/domain/task.ts';
import type { Messages } from '../../../shared/messages/catalog.ts';
import { errorText } from '../../../shared/messages/errors.ts';
import { duration } from '../../../shared/messages/format.ts';
import type { Language } from '../../../shared/messages/topic.ts';
import { awaitsRecovery } from '../../../shared/planning/recovery.ts';
import type { IconName, IconProps } from '../../icons/icon.tsx';
import { cancellingWords } from './cold-words.ts';
import { sumOf, timeLeftAt } from './file-progress.ts';

interface StateLook {
  readonly icon: IconName;
  readonly tone: IconProps['tone'];
}

/** Shape and colour of a state; its word stands beside it. */
export const stateLook: Readonly<Record<TaskState, StateLook>> = {
  waiting: { icon: 'waiting', tone: undefined },
  running: { icon: 'running', tone: 'brand' },
  cancelling: { icon: 'running', tone: 'muted' },
  cancelled: { icon: 'not-allowed', tone: 'muted' },
  completed: { icon: 'success', tone: 'ok' },
  failed: { icon: 'failed', tone: 'bad' },
  'needs-attention': { icon: 'warning', tone: 'warn' },
  interrupted: { icon: 'warning', tone: 'warn' },
  unknown: { icon: 'not-determined', tone: 'warn' },
};

/** What a waiting task waits for. */
export const waitWords = (reason: WaitReason | null, { evacuation, tasks }: Messages): string => {
  if (reason === null) return tasks.waits.none;
  switch (reason.kind) {
    case 'host-limit':
      return tasks.waits['host-limit'](reason.hostName, reason.limit);
    case 'operation-limit':
      return tasks.waits['operation-limit'](reason.limit);
    case 'site-offline':
      return tasks.waits['site-offline'](reason.siteName);
    case 'datastore-limit':
      return evacuation.waits['datastore-limit'](reason);
    case 'folder-limit':
      return evacuation.waits['folder-limit'](reason);
    case 'folder-space':
      return evacuation.waits['folder-space'](reason);
    case 'vm-held':
      return evacuation.waits['vm-held'](reason);
    default: {
      const never: never = reason;
      return never;
    }
  }
};

/** The step that runs, or at which it ended badly; null before the first one. */
export const stepAt = (view: TaskView): TaskView['steps'][number] | null =>
  view.steps.find((step) => step.state === 'running') ??
  view.steps.find((step) => ['failed', 'cancelled', 'unknown'].includes(step.state)) ??
  null;

export interface OutcomeWords {
  /** The step it went wrong in; null where that says nothing. */
  readonly step: string | null;
  readonly text: string;
}

/** What stands in place of the progress of a task that is not running. */
export const outcomeWords = (view: TaskView, messages: Messages, language: Language): OutcomeWords => {
  const { tasks, common } = messages;
  const at = stepAt(view);
  const step = at === null ? null : common.steps[at.name];
  const cause = view.error === null ? '' : errorText(view.error, language).cause;
  switch (view.state) {
    case 'waiting':
      return { step: null, text: waitWords(view.waitReason, messages) };
    case 'running':
      return { step: null, text: step ?? '' };
    case 'cancelling':
      return { step: null, text: cancellingWords(view, messages) ?? tasks.cancelling(step) };
    case 'cancelled':
      return { step: null, text: view.startedAt === null ? tasks.cancelledBeforeStart : tasks.cancelled };
    case 'completed': {
      const took =
        view.startedAt === null || view.endedAt === null ? null : duration(view.endedAt - view.startedAt, language);
      const place = placeWords(view, messages);
      return { step: null, text: [took, place].filter((part) => part !== null).join(' · ') };
    }
    case 'failed':
    case 'needs-attention':
      return { step, text: cause };
    case 'interrupted':
      return { step: null, text: awaitsRecovery(view) ? messages.recovery.interrupted : tasks.interrupted };
    case 'unknown':
      return { step: null, text: cause === '' ? tasks.unknown : cause };
    default: {
      const never: never = view.state;
      return never;
    }
  }
};

/** Where a VM is when all went well. */
const placeWords = ({ header, cold, placeName }: TaskView, { tasks }: Messages): string | null => {
  if (header.move.evacuation?.part === 'evacuate') return cold.image && tasks.evacuatedTo(cold.image.name);
  return placeName === null ? null : tasks.movedTo(placeName);
};

const leastPercent = 5;
const leastElapsed = 10_000;

/**
 * Time a running step still needs, in ms: by the bytes that are left and their rate, else by its own pace so far. Null
 * while that would be a guess: too early, no percentage, or the percentage belongs to another step.
 */
export const timeLeft = (view: TaskView, progress: TaskProgress | undefined, now: number): number | null => {
  if (view.state !== 'running' || progress === undefined) return null;
  const { percent, files, bytesPerSecond } = progress;
  const byBytes = files === undefined ? null : timeLeftAt(sumOf(files), bytesPerSecond);
  if (byBytes !== null || percent === null) return byBytes;
  const step = view.steps.find((one) => one.name === progress.step && one.state === 'running');
  if (step === undefined || step.startedAt === null || percent < leastPercent || percent >= 100) return null;
  const elapsed = now - step.startedAt;
  return elapsed < leastElapsed ? null : (elapsed * (100 - percent)) / percent;
};

/** `T-1042 web-03`: enough to know a task by ear. */
export const spokenTask = (view: TaskView): string => `${taskLabel(view.header.id)} ${view.header.move.vmName}`;
