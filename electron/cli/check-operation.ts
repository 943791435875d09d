import { type Finding, type Verdict, verdictOf } from '../../shared/domain/finding.ts';
import type { Acknowledgement, MigrationOperation } from '../../shared/domain/migration.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { findingText } from '../../shared/messages/rules.ts';
import { isOpenWarning, needsAcknowledgement } from '../../shared/planning/acknowledgement.ts';
import { isReason } from '../../shared/planning/migration-draft.ts';
import type { ConsoleServices } from '../compose.ts';
import { sayFolderRoom } from './cold-options.ts';
import type { CommandContext } from './command.ts';
import type { Arguments } from './command-line.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import type { Plan } from './plan-operation.ts';
import { sayFindings } from './say-findings.ts';

export interface CheckedPlan {
  /** With the acknowledgements that answer a warning. */
  readonly operation: MigrationOperation;
  readonly findings: readonly Finding[];
  /** Blockers, and warnings that nobody has accepted. */
  readonly blockers: number;
  readonly open: number;
  readonly exitCode: ExitCode;
  readonly data: object;
}

/** Rule -> reason, out of `--acknowledge S6="ISO not needed"`. @throws `invalid-input` */
export const acknowledgedRules = (given: Arguments): ReadonlyMap<string, string> =>
  new Map(
    given.texts('acknowledge').map((text) => {
      const [, rule, reason] = /^([A-Za-z]\d{1,2})=(.*)$/s.exec(text) ?? [];
      if (rule === undefined || reason === undefined || !isReason(reason)) {
        const message = `RULE="reason" is needed, with a reason of at least three characters, not ${text}`;
        throw new AppError('invalid-input', { issues: [{ path: '--acknowledge', message }] });
      }
      return [rule.toUpperCase(), reason.trim()];
    }),
  );

/** Only what was really found is acknowledged: the task log must not hold reasons for warnings nobody saw. */
const acknowledgementsFor = (
  findings: readonly Finding[],
  operation: MigrationOperation,
  rules: ReadonlyMap<string, string>,
): readonly Acknowledgement[] => {
  const given = new Map<string, Acknowledgement>();
  for (const finding of findings) {
    const { ruleId, vm } = finding;
    const reason = rules.get(ruleId);
    if (!needsAcknowledgement(finding) || reason === undefined) continue;
    for (const id of vm === null ? operation.moves.map((move) => move.vm) : [vm]) {
      given.set(`${id} ${ruleId}`, { vm: id, ruleId, reason });
    }
  }
  return [...given.values()];
};

/** Checks a plan, prints what was found, and says whether it may start. */
export const checkPlan = async (
  { operation: asked, vms, paths }: Plan,
  services: ConsoleServices,
  context: CommandContext,
): Promise<CheckedPlan> => {
  const { given, terminal, words, language, signal } = context;
  const rules = acknowledgedRules(given);
  const [first] = asked.moves;
  const leavesOnly = first?.evacuation?.part === 'evacuate';
  terminal.out(words.cli.checking(vms.length, leavesOnly ? first.evacuation.folder : asked.destination.name));
  const room = await sayFolderRoom(asked, services, context);
  const { findings, checkedAt } = await services.guard.check(asked.moves, asked.atATime, signal);
  const acknowledgements = acknowledgementsFor(findings, asked, rules);
  const operation = { ...asked, acknowledgements };
  sayFindings(findings, vms, acknowledgements, context);

  const blockers = findings.filter(({ severity }) => severity === 'blocker').length;
  const ids = operation.moves.map((move) => move.vm);
  const open = findings.filter((finding) => isOpenWarning(finding, ids, acknowledgements)).length;
  const verdict: Verdict = verdictOf(findings);
  const data = {
    operation: operation.id,
    destination: operation.destination,
    checkedAt,
    room,
    verdict,
    vms: operation.moves.map((move) => ({
      id: move.vm,
      name: move.vmName,
      path: paths.text(vms.find(({ id }) => id === move.vm) ?? never(move.vmName)),
      method: move.method,
      verdict: verdictOf(findings.filter(({ vm }) => vm === move.vm || vm === null)),
    })),
    findings: findings.map((finding) => ({ ...finding, text: findingText(finding, language) })),
    acknowledgements,
  };
  const exitCode = blockers > 0 ? exitCodes.blocked : open > 0 ? exitCodes.notAcknowledged : exitCodes.ok;
  return { operation, findings, blockers, open, exitCode, data };
};

const never = (name: string): never => {
  throw new AppError('not-found', { what: 'vm', name });
};
