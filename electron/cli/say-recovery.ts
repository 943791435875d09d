import type { RecoveryAssessment } from '../../shared/domain/evacuation.ts';
import { taskLabel } from '../../shared/domain/ids.ts';
import { targetName } from '../../shared/domain/migration.ts';
import type { TaskView } from '../../shared/domain/task.ts';
import { errorText } from '../../shared/messages/errors.ts';
import { safetyOf } from '../../shared/planning/recovery.ts';
import type { CommandContext } from './command.ts';

/** Prints what is known of a task that waits for a person, and what can be done about it. */
export const sayAssessment = (
  view: TaskView,
  { facts, sourceHeldBy, imagePath, options, advised }: RecoveryAssessment,
  { terminal, words, language }: CommandContext,
): void => {
  const { cli, common, evacuation, recovery, recoveryCli } = words;
  const { header, state, error } = view;
  const { vmName } = header.move;
  const task = taskLabel(header.id);
  const cause = error === null ? '' : `: ${errorText(error, language).cause}`;
  terminal.out(
    cli.taskLine(task, vmName, header.originName, targetName(header.move), `${common.taskStates[state]}${cause}`),
  );
  terminal.out(`  ${recovery.safety[safetyOf(facts)](vmName)}`);
  const held = sourceHeldBy === null ? '' : ` ${recovery.sourceHeld(common.busy(sourceHeldBy))}`;
  terminal.out(recoveryCli.source(`${recovery.sourceFacts[facts.source]}${held}`));
  terminal.out(recoveryCli.image(recovery.imageFacts[facts.image], imagePath));
  terminal.out(recoveryCli.restored(recovery.restoredFacts[facts.restored]));
  const safe = options.filter(({ obstacle }) => obstacle === null);
  terminal.out(safe.length === 0 ? recoveryCli.noSafeStep : recoveryCli.safeSteps);
  for (const { action } of safe) {
    const mark = action === advised ? ` (${recoveryCli.advised})` : '';
    terminal.out(`    ${action.padEnd(18)} ${evacuation.actions[action]}${mark}`);
  }
  const unsafe = options.flatMap(({ action, obstacle }) => (obstacle === null ? [] : [{ action, obstacle }]));
  if (unsafe.length > 0) terminal.out(recoveryCli.unsafeSteps);
  for (const { action, obstacle } of unsafe) {
    terminal.out(`    ${action.padEnd(18)} ${evacuation.obstacles[obstacle]}`);
  }
  const [first] = safe;
  if (first !== undefined) terminal.note(recoveryCli.howToChoose(task, advised ?? first.action));
};
