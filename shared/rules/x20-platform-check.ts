import { type Finding, finding } from '../domain/finding.ts';
import type { EntityId } from '../domain/ids.ts';
import type { Move } from '../domain/migration.ts';

/** What the platform's own check said, in the words of the port. */
export interface Objection {
  readonly severity: 'error' | 'warning';
  readonly fault: string;
  readonly message: string;
  readonly hostName: string | null;
}

/** Warnings of the platform that say again what a rule of ours says, with its remedy. */
const saidByRule: Readonly<Record<string, string>> = {
  OvfConnectedDeviceIso: 'S6',
  OvfConnectedDeviceFloppy: 'S7',
};

/**
 * X20: the platform's own check (vSphere CheckRelocate_Task and the dry run of an OVF export, SCVMM host rating) in the
 * form of findings. It is evidence, not proof: it can pass and the move still fail, so all other rules run as well.
 * @param ownRules rules that have a finding about this VM: what they say already nobody has to accept twice
 */
export const platformCheckFindings = (
  move: Move,
  objections: readonly Objection[],
  checkedAt: number,
  ownRules: ReadonlySet<string> = new Set(),
): readonly Finding[] =>
  objections.map((objection) =>
    finding(
      {
        ruleId: 'X20',
        severity: severityOf(objection, ownRules),
        vm: move.vm,
        destination: move.destination.id,
        factReadAt: checkedAt,
      },
      objection.severity === 'error' ? 'X20' : 'X20-warning',
      { vm: move.vmName, fault: objection.fault, message: objection.message, host: objection.hostName },
    ),
  );

const severityOf = ({ severity, fault }: Objection, ownRules: ReadonlySet<string>): Finding['severity'] => {
  if (severity === 'error') return 'blocker';
  return ownRules.has(saidByRule[fault] ?? '') ? 'info' : 'warning';
};

/** X20 could not be asked: the site is offline, or the check itself failed. */
export const platformCheckUnavailable = (move: Move, destination: EntityId, reason: string): Finding =>
  finding(
    { ruleId: 'X20', severity: 'info', outcome: 'undetermined', vm: move.vm, destination, factReadAt: null },
    'X20-unavailable',
    { vm: move.vmName, reason },
  );
