import { type Finding, type FindingFrame, finding, type Severity } from '../domain/finding.ts';
import type { MissingFact } from '../domain/finding-data.ts';
import type { EntityId } from '../domain/ids.ts';
import type { RuleContext } from './rule.ts';

/** The parts of a finding about a VM that every rule fills in alike. */
export const vmFrame = (
  ruleId: string,
  severity: Severity,
  vm: { readonly id: EntityId },
  destination: EntityId | null,
  context: RuleContext,
): FindingFrame => ({ ruleId, severity, vm: vm.id, destination, factReadAt: context.factReadAt(vm.id) });

/** The parts of a finding about a destination or a whole operation. */
export const destinationFrame = (
  ruleId: string,
  severity: Severity,
  destination: EntityId,
  context: RuleContext,
): FindingFrame => ({ ruleId, severity, vm: null, destination, factReadAt: context.factReadAt(destination) });

/**
 * "Could not be determined": never passes in silence. It is a warning where the rule would block or warn, because a
 * person may know what the platform did not tell; and it is an info where a rule asks for that, because its fact is
 * seldom told and the platform's own check (X20) covers it.
 */
export const undetermined = (frame: FindingFrame, missing: MissingFact, about: string): Finding =>
  finding(
    { ...frame, severity: frame.severity === 'info' ? 'info' : 'warning', outcome: 'undetermined' },
    'undetermined',
    {
      rule: frame.ruleId,
      missing,
      about,
    },
  );
