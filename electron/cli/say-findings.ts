import type { Finding } from '../../shared/domain/finding.ts';
import type { EntityId } from '../../shared/domain/ids.ts';
import type { Acknowledgement } from '../../shared/domain/migration.ts';
import { findingText } from '../../shared/messages/rules.ts';
import { acknowledgementFor } from '../../shared/planning/acknowledgement.ts';
import { findingsByVm } from '../../shared/planning/findings-by-vm.ts';
import type { CommandContext } from './command.ts';

const marks = { blocker: '✗', warning: '!', info: 'i' } as const;

/** Prints findings by VM: what, the evidence, what happens if it is ignored, what to do. */
export const sayFindings = (
  findings: readonly Finding[],
  vms: readonly { readonly id: EntityId; readonly name: string }[],
  acknowledgements: readonly Acknowledgement[],
  { terminal, language, words }: CommandContext,
): void => {
  const names = new Map(vms.map(({ id, name }) => [id, name]));
  const groups = findingsByVm(
    findings,
    vms.map(({ id }) => id),
  );
  for (const { vm, findings: own } of groups) {
    const name = vm === null ? words.migration.wholeOperation : (names.get(vm) ?? vm);
    terminal.out(own.length === 0 ? `${name}: ${words.cli.clear}` : `${name}:`);
    for (const finding of own) sayFinding(finding);
  }

  function sayFinding(finding: Finding): void {
    const text = findingText(finding, language);
    const severity = words.common.severities[finding.severity];
    const state = finding.outcome === 'undetermined' ? `${severity}, ${words.common.notDetermined}` : severity;
    terminal.out(`  ${marks[finding.severity]} ${finding.ruleId} ${text.title} (${state})`);
    if (text.evidence !== '') terminal.out(`      ${text.evidence}`);
    if (finding.severity === 'info') return;
    if (text.consequence !== '') terminal.out(`      ${words.cli.ifIgnored(text.consequence)}`);
    for (const step of text.remedy) terminal.out(`      → ${step}`);
    if (finding.severity !== 'warning') return;
    if (finding.waiver !== undefined) {
      terminal.out(`      ${words.cli.waived(finding.waiver.by, finding.waiver.reason)}`);
      return;
    }
    const concerned = finding.vm === null ? vms.map(({ id }) => id) : [finding.vm];
    const accepted = acknowledgementFor(finding, concerned, acknowledgements);
    if (accepted === null) terminal.out(`      ${words.cli.acknowledgeWith(finding.ruleId)}`);
    else terminal.out(`      ${words.cli.acknowledged(accepted.reason)}`);
  }
};
