import { type EntityId, taskLabel } from '../../../shared/domain/ids.ts';
import type { Move } from '../../../shared/domain/migration.ts';
import type { TaskView } from '../../../shared/domain/task.ts';
import type { Messages } from '../../../shared/messages/catalog.ts';
import { duration, size } from '../../../shared/messages/format.ts';
import type { Language } from '../../../shared/messages/topic.ts';

export interface Fact {
  readonly label: string;
  readonly value: string;
}

/** Date and time to the second: a journal is read beside other journals. */
export const exactTime = (at: number, language: Language): string =>
  new Intl.DateTimeFormat(language === 'ja' ? 'ja-JP' : 'en-GB', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).format(at);

/** Where the image of a cold migration lies, and what the source is called meanwhile. */
const evacuationFacts = ({ header, cold }: TaskView, { evacuation, recovery }: Messages): readonly Fact[] => {
  const { image, parkedName, choice } = cold;
  const plan = header.move.evacuation;
  const words = recovery.details;
  return [
    ...(plan === undefined ? [] : [{ label: words.folder, value: plan.folder }]),
    ...(image === null
      ? []
      : [{ label: recovery.image, value: words.image(image.name, image.state, image.bytes && size(image.bytes)) }]),
    ...(parkedName === null ? [] : [{ label: words.parkedAs, value: parkedName }]),
    ...(choice === null ? [] : [{ label: words.chosen, value: evacuation.actions[choice.action] }]),
  ];
};

const placeFacts = (
  { destination, host, datastore }: Move,
  chosen: (id: EntityId | null) => string,
  { tasks, common }: Messages,
): readonly Fact[] => {
  const words = tasks.details;
  return [
    { label: words.to, value: `${destination.name} (${common.kinds[destination.kind]})` },
    ...(destination.kind === 'host' ? [] : [{ label: words.host, value: chosen(host) }]),
    { label: words.datastore, value: chosen(datastore) },
  ];
};

/** What was asked for and when it happened, as label and value. `nameOf` names an inventory object if it still exists. */
export const detailsFacts = (
  view: TaskView,
  nameOf: (id: EntityId) => string | null,
  messages: Messages,
  language: Language,
): readonly Fact[] => {
  const words = messages.tasks.details;
  const { header } = view;
  const { move } = header;
  const time = (at: number | null): string =>
    at !== null ? exactTime(at, language) : view.endedAt === null ? words.notYet : words.never;
  const chosen = (id: EntityId | null): string => (id === null ? words.platformChooses : (nameOf(id) ?? id));
  const networks = Object.entries(move.networkMap).map(
    ([adapter, network]) => `${adapter} → ${nameOf(network) ?? network}`,
  );
  return [
    { label: words.vm, value: move.vmName },
    { label: words.method, value: messages.common.methods[move.method] },
    { label: words.from, value: header.originName },
    // What is only evacuated goes into its folder, which follows.
    ...(move.evacuation?.part === 'evacuate' ? [] : placeFacts(move, chosen, messages)),
    ...evacuationFacts(view, messages),
    ...(networks.length === 0 ? [] : [{ label: words.networks, value: networks.join(', ') }]),
    { label: words.created, value: exactTime(header.createdAt, language) },
    { label: words.started, value: time(view.startedAt) },
    { label: words.ended, value: time(view.endedAt) },
    ...(view.startedAt === null || view.endedAt === null
      ? []
      : [{ label: words.duration, value: duration(view.endedAt - view.startedAt, language) }]),
    { label: words.atATime, value: String(header.atATime) },
    { label: words.operation, value: header.operation },
    ...(view.platformTask === null ? [] : [{ label: words.platformTask, value: view.platformTask.id }]),
    ...(header.rerunOf === null ? [] : [{ label: words.rerunOf, value: taskLabel(header.rerunOf) }]),
  ];
};
