import { describe, expect, it } from 'vitest';
import type { EvacuationPart } from '../../../shared/domain/evacuation.ts';
import { siteId } from '../../../shared/domain/ids.ts';
import { anEvacuationPlan } from '../../support/cold-moves.ts';
import { aHost, aMove, aPool, aVm, destinationOf, GIB, idOf } from '../../support/inventory-builders.ts';
import { ask, smallSite } from '../../support/precautions.ts';

/** Something is wrong with everything: devices, files, the the destination and the room there. */
const everything = aVm({
  powerState: 'suspended',
  pool: idOf('pool', 'pool-02'),
  disks: [
    {
      key: '2000',
      label: 'Hard disk 1',
      capacityBytes: 9_000 * GIB,
      datastore: idOf('datastore', 'ds-01'),
      backing: 'raw-device-mapping',
      mode: 'independent',
      shared: true,
    },
  ],
  storedBytes: 9_000 * GIB,
  cdroms: [{ key: '3000', label: 'CD/DVD drive 1', media: 'image', fileName: '[iso] a.iso', connected: true }],
  otherDevices: [{ key: '7000', label: 'USB 1', type: 'usb' }],
  checkpoints: [{ id: '1', name: 'before', parent: null }],
  faultTolerance: true,
  consolidationNeeded: true,
  placementRules: ['apart'],
  memoryBytes: 9_000 * GIB,
});

const rulesOf = (part: EvacuationPart): readonly string[] => [
  ...new Set(
    ask({
      vms: [everything],
      site: [
        ...smallSite(),
        aHost({ name: 'esx-02', cluster: idOf('cluster', 'cluster-02'), networks: [], inMaintenance: true }),
      ],
      move: { evacuation: anEvacuationPlan({ part, sourcePolicy: 'delete-before-restore' }) },
      context: {
        now: 10_000_000,
        lockOf: () => ({ by: 'k.sato', reason: 'audit' }),
        vmsNamed: () => [idOf('vm', 'twin')],
        vmsWithMac: () => [everything.id, idOf('vm', 'twin')],
      },
    }).map(({ ruleId }) => ruleId),
  ),
];

const ofSource = ['D5', 'S2', 'S6', 'S12', 'S14', 'X1', 'X2', 'X3', 'X6', 'X7', 'X15', 'X18'];
const ofDestination = ['D3', 'X8', 'X9', 'X10', 'X13', 'X14'];

describe('the parts of a cold migration', () => {
  it('the whole has to do with all rules', () => {
    expect(rulesOf('whole')).toEqual(expect.arrayContaining([...ofSource, ...ofDestination, 'S9', 'X19']));
  });

  it('an evacuation alone has nothing to do with a destination', () => {
    const rules = rulesOf('evacuate');
    expect(rules).toEqual(expect.arrayContaining([...ofSource, 'S9', 'X19']));
    for (const rule of ofDestination) expect(rules).not.toContain(rule);
    expect(rules.filter((rule) => rule.startsWith('D'))).toEqual(['D5']);
  });

  it('a restore alone has nothing to do with the devices and files of the source, nor with the folder', () => {
    const rules = rulesOf('restore');
    expect(rules).toEqual(expect.arrayContaining(['X8', 'X9', 'X10', 'X13', 'X14', 'X19']));
    for (const rule of [...ofSource, 'D3', 'S9']) expect(rules).not.toContain(rule);
  });

  it('a restore alone cannot go to other software either', () => {
    const there = destinationOf(aPool({ name: 'pool-02' }));
    const move = aMove(everything, { ...there, id: idOf('host', 'hv-01', siteId('site-b')), kind: 'host' });
    const findings = ask({
      vms: [everything],
      destination: move.destination,
      move: { evacuation: anEvacuationPlan({ part: 'restore' }) },
    });
    expect(findings.map(({ ruleId }) => ruleId)).toContain('D1');
  });
});
