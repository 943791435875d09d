import { describe, expect, test } from 'vitest';
import { finding, type Severity } from '../../../shared/domain/finding.ts';
import type { EntityId } from '../../../shared/domain/ids.ts';
import { countFindings, findingsByVm, mergeFindings } from '../../../shared/planning/findings-by-vm.ts';
import { idOf } from '../../support/inventory-builders.ts';

const web = idOf('vm', 'web-01');
const report = idOf('vm', 'report-01');
const made = (vm: EntityId | null, severity: Severity, message = 'objection', undetermined = false) =>
  finding(
    {
      ruleId: 'X20',
      severity,
      vm,
      destination: null,
      factReadAt: null,
      outcome: undetermined ? 'undetermined' : 'violated',
    },
    'X20',
    { vm: 'web-01', fault: 'F', message, host: null },
  );

describe('findings in the order people need them', () => {
  test('the worst group first, a clear VM last, the whole operation only when something is said of it', () => {
    const groups = findingsByVm([made(web, 'info'), made(report, 'blocker')], [web, report, idOf('vm', 'clear')]);
    expect(groups.map((group) => group.vm)).toEqual([report, web, idOf('vm', 'clear')]);
    expect(findingsByVm([made(null, 'warning')], [web]).map((group) => group.vm)).toEqual([null, web]);
  });

  test('inside a group worst first', () => {
    const [info, warning, blocker] = [made(web, 'info'), made(web, 'warning'), made(web, 'blocker')];
    expect(findingsByVm([info, blocker, warning], [web])).toEqual([{ vm: web, findings: [blocker, warning, info] }]);
  });

  test('what is always live and the check say together is shown once', () => {
    const live = made(web, 'blocker', 'as it is now');
    expect(mergeFindings([live], [made(web, 'blocker', 'as it was'), made(report, 'blocker')])).toEqual([
      live,
      made(report, 'blocker'),
    ]);
  });

  test('each is counted once', () => {
    const findings = [made(web, 'blocker'), made(web, 'warning'), made(web, 'warning', 'a', true), made(web, 'info')];
    expect(countFindings(findings)).toEqual({ blockers: 1, warnings: 1, undetermined: 1, infos: 1 });
    expect(countFindings([made(web, 'info', 'a', true)])).toMatchObject({ undetermined: 0, infos: 1 });
  });
});
