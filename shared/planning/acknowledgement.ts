import type { Finding } from '../domain/finding.ts';
import type { EntityId } from '../domain/ids.ts';
import type { Acknowledgement } from '../domain/migration.ts';

/*
 * Whether a person still has to accept a finding is decided here alone: for the dialog, the command line, and the last
 * look of the main process before a start.
 */

/** A warning that nobody accepted in advance. */
export const needsAcknowledgement = (finding: Finding): boolean =>
  finding.severity === 'warning' && finding.waiver === undefined;

/** The acknowledgement that speaks for all of these VMs; null when one of them lacks its own. */
export const acknowledgementFor = (
  finding: Finding,
  vms: readonly EntityId[],
  given: readonly Acknowledgement[],
): Acknowledgement | null => {
  const own = given.filter((one) => one.ruleId === finding.ruleId);
  const all = vms.every((vm) => own.some((one) => one.vm === vm));
  return all ? (own.find((one) => vms.includes(one.vm)) ?? null) : null;
};

/**
 * A warning in the way of a start: neither waived nor acknowledged.
 * @param vms the VMs that the operation moves; what is said of the operation as a whole concerns them all
 */
export const isOpenWarning = (finding: Finding, vms: readonly EntityId[], given: readonly Acknowledgement[]): boolean =>
  needsAcknowledgement(finding) &&
  acknowledgementFor(finding, finding.vm === null ? vms : [finding.vm], given) === null;
