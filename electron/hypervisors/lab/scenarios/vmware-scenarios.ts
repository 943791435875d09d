import type { Scenario, ScenarioMove } from '../scenarios.ts';

type Place = ScenarioMove['destination'];

const hot = (vm: string, destination: Place): ScenarioMove => ({ vm, destination, method: 'hot' });
const cold = (vm: string, destination: Place): ScenarioMove => ({ vm, destination, method: 'cold-evacuate' });
const direct = (vm: string, destination: Place): ScenarioMove => ({ vm, destination, method: 'cold-direct' });

const host = (name: string): Place => ['host', name];
const pool = (name: string): Place => ['resource-pool', name];
const production: Place = ['cluster', 'CL-PROD-01'];
const staging: Place = ['cluster', 'CL-STG-01'];
const osaka: Place = ['cluster', 'CL-OSA-01'];

const show = (ruleId: string, provoking: ScenarioMove, innocent: ScenarioMove, because: string): Scenario => ({
  ruleId,
  platform: 'vmware',
  provoking,
  innocent,
  because,
});

export const vmwareScenarios: readonly Scenario[] = [
  // Destination rule: neither hot nor cold.
  show('D5', hot('proxy-02', staging), hot('proxy-01', staging), 'proxy-02 is suspended'),
  show('D5', hot('snap-job-01', staging), hot('crm-app-01', staging), 'a snapshot of snap-job-01 is being made'),

  // The seed's precautions.
  show('S2', cold('license-srv-01', staging), cold('payroll-01', staging), 'a USB licence key is plugged in'),
  show('S6', cold('report-01', staging), cold('payroll-01', staging), 'an installation image is mounted'),
  show('S7', cold('legacy-dos-01', staging), cold('payroll-01', staging), 'a floppy image is in the drive'),
  show('S9', cold('archive-01', staging), cold('payroll-01', staging), 'its disks hold more than most folders do'),
  show('S10', cold('sniffer-01', production), cold('sniffer-01', host('esx31')), 'trunk-all has VLAN ID 4095'),
  show(
    'S11',
    cold('pos-gw-01', production),
    cold('pos-gw-02', production),
    'legacy-102 has VLAN ID 102: a secondary ID on dvs-tyo without a port group; 101 has one',
  ),
  show('S11', cold('pos-gw-01', production), cold('pos-gw-01', osaka), 'dvs-osa has no private VLANs'),
  show('S12', cold('cache-01', staging), cold('payroll-01', staging), 'hard disk 2 is a physical raw device mapping'),
  show('S12', cold('cache-02', staging), cold('payroll-01', staging), 'hard disk 2 is a virtual raw device mapping'),
  show('S14', cold('payroll-01', staging), direct('payroll-01', staging), 'the source is deleted before the restore'),

  // What is lost on the way.
  show('X1', cold('report-02', staging), direct('report-02', staging), 'it has two snapshots'),
  show('X2', cold('scratch-01', staging), cold('payroll-01', staging), 'hard disk 2 is independent'),
  show('X3', hot('rac-01', staging), hot('crm-app-01', staging), 'rac-01 and rac-02 write to one disk'),
  show('X4', hot('cad-01', host('esx04')), hot('crm-app-01', host('esx06')), 'a PCI device is passed through'),
  show('X4', hot('gpu-train-01', host('esx04')), hot('crm-app-01', host('esx06')), 'it has a virtual GPU'),
  show('X4', hot('nfv-01', host('esx04')), hot('crm-app-01', host('esx06')), 'its adapter uses SR-IOV'),
  show('X5', cold('hsm-01', staging), cold('payroll-01', staging), 'it has a virtual TPM'),
  show('X5', cold('vault-01', staging), cold('payroll-01', staging), 'it is encrypted'),
  show('X6', hot('trading-01', staging), hot('crm-app-01', staging), 'fault tolerance is on'),
  show('X7', hot('realtime-01', staging), hot('crm-app-01', staging), 'it is bound to certain CPUs'),
  show('X7', hot('ldap-01', staging), hot('crm-app-01', staging), 'a DRS rule keeps it apart from ldap-02'),

  // What the destination lacks.
  show('X8', hot('scan-01', host('esx01')), hot('scan-01', host('esx06')), 'scanner-net is on esx05 and esx06 alone'),
  show('X8', hot('web-01', osaka), hot('web-01', staging), 'dvs-tyo does not reach Osaka'),
  show('X9', hot('media-01', host('esx31')), hot('media-01', host('esx05')), 'esx31-local is nearly full'),
  show('X10', hot('web-01', host('esx02')), hot('web-01', host('esx05')), 'esx02 is in maintenance mode'),
  show('X10', hot('web-01', host('esx13')), hot('web-01', host('esx12')), 'esx13 is disconnected'),
  show(
    'X11',
    hot('mem-db-01', host('esx31')),
    hot('mem-db-01', staging),
    'esx31 has 128 GB of memory, part of it used',
  ),
  show('X11', hot('mem-db-01', pool('rp-batch')), hot('mem-db-01', pool('rp-app')), 'rp-batch is limited to 96 GB'),
  show('X12', hot('new-hw-01', osaka), hot('new-hw-01', staging), 'hosts in Osaka know hardware versions up to 19'),
  show('X13', cold('intranet-01-osa', production), cold('payroll-01', staging), 'Tokyo has an intranet-01 of its own'),
  show('X14', hot('label-01', production), hot('stg-web-01', production), 'label-01-copy has the same fixed address'),
  show('X17', hot('analytics-01', staging), hot('analytics-01', host('esx05')), 'CL-STG-01 is held at intel-broadwell'),

  // VMs that are not well.
  show('X15', hot('mail-archive-01', staging), hot('crm-app-01', staging), 'its snapshots need consolidation'),
  show('X16', cold('lost-lun-01', staging), cold('payroll-01', staging), 'its datastore is not accessible'),
  show('X16', cold('ghost-01', staging), cold('payroll-01', staging), 'its host no longer knows it'),
  show('X16', cold('nodisk-01', staging), cold('payroll-01', staging), 'its disk lies on no datastore'),
];
