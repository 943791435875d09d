import type { Scenario, ScenarioMove } from '../scenarios.ts';

type Place = ScenarioMove['destination'];

const hot = (vm: string, destination: Place): ScenarioMove => ({ vm, destination, method: 'hot' });
const cold = (vm: string, destination: Place): ScenarioMove => ({ vm, destination, method: 'cold-evacuate' });
const direct = (vm: string, destination: Place): ScenarioMove => ({ vm, destination, method: 'cold-direct' });

const host = (name: string): Place => ['host', name];
const tokyo: Place = ['cluster', 'HVCL02'];

const show = (ruleId: string, provoking: ScenarioMove, innocent: ScenarioMove, because: string): Scenario => ({
  ruleId,
  platform: 'hyperv',
  provoking,
  innocent,
  because,
});

const always = 'it holds for every evacuation; a move without an image has no checkpoint';

export const hyperVScenarios: readonly Scenario[] = [
  // Destination rule: neither hot nor cold.
  show('D5', hot('files-02', tokyo), hot('files-01', tokyo), 'files-02 is in saved state'),
  show('D5', hot('paused-01', tokyo), hot('hr-app-01', tokyo), 'paused-01 is paused'),

  // The seed's precautions.
  show('S1', hot('sqlcl-01', tokyo), hot('hr-app-01', tokyo), 'it forms a guest cluster with sqlcl-02'),
  show('S3', cold('kintai-01', tokyo), direct('kintai-01', tokyo), always),
  show('S4', cold('kintai-01', tokyo), direct('kintai-01', tokyo), always),
  show('S5', cold('kintai-02', tokyo), direct('kintai-02', tokyo), 'it has checkpoints made before'),
  show('S6', cold('setup-01', tokyo), cold('kintai-01', tokyo), 'an image of the library share is mounted'),
  show('S7', cold('fdd-01', tokyo), cold('kintai-01', tokyo), 'a virtual floppy disk is in the drive'),
  show('S8', hot('san-01', tokyo), hot('hr-app-01', tokyo), 'hard disk 2 is a pass-through disk'),
  show('S9', cold('hv-archive-01', tokyo), cold('kintai-01', tokyo), 'its disks hold more than most folders do'),
  show('S13', cold('dyn-01', host('hv09')), cold('dyn-01', tokyo), 'dynamic memory is on; hv09 does not know it'),
  show('S13', cold('dyn-02', host('hv09')), cold('dyn-02', tokyo), 'a checkpoint was made with dynamic memory on'),

  // Devices.
  show('X4', hot('nfv-hv-01', tokyo), hot('hr-app-01', tokyo), 'its adapter uses SR-IOV'),
  show('X4', cold('dda-01', tokyo), cold('kintai-01', tokyo), 'a graphics card is assigned to it'),
  show('X5', cold('shielded-01', tokyo), cold('kintai-01', tokyo), 'it is encrypted and has a virtual TPM'),

  // What the destination lacks.
  show('X8', hot('dmz-01', tokyo), hot('dmz-01', host('hv02')), 'VMN-DMZ is on the hosts of HVCL01 alone'),
  show('X9', hot('hv-media-01', host('hv22')), hot('hv-media-01', tokyo), 'hv22-D is nearly full'),
  show('X10', hot('hr-web-01', host('hv04')), hot('hr-web-01', host('hv02')), 'hv04 is in maintenance mode'),
  show('X10', hot('nagoya-01', host('hv23')), hot('hr-web-01', host('hv02')), 'hv23 does not answer'),
  show('X11', hot('hv-mem-01', host('hv21')), hot('hv-mem-01', host('hv02')), 'hv21 has 128 GB of memory'),
  show('X12', hot('new-cfg-01', tokyo), hot('new-cfg-01', host('hv02')), 'Tokyo knows configuration versions up to 9'),
  show(
    'X13',
    cold('print-01-nagoya', ['cluster', 'HVCL01']),
    cold('kintai-01', tokyo),
    'Osaka has a print-01 of its own',
  ),
  show(
    'X17',
    hot('hv-analytics-01', tokyo),
    hot('hv-analytics-01', host('hv02')),
    'the processors in Tokyo are older (intel-skylake)',
  ),

  // VMs that are not well.
  show('X16', cold('missing-01', tokyo), cold('kintai-01', tokyo), 'its host no longer knows it'),
];
