import { planService, type ServicePlan } from './service-plan.ts';
import type { VmPlan } from './vm-plan.ts';

const usual = {
  pool: null,
  guestOs: 'Windows Server 2019',
  hardwareVersion: 9,
  cpuFeatureLevel: 'intel-skylake',
} as const;

const small = { cpuCount: 2, memoryGib: 4, disksGib: [60] };
const medium = { cpuCount: 4, memoryGib: 16, disksGib: [80, 100] };
const database = { cpuCount: 8, memoryGib: 32, disksGib: [100, 400] };

const osakaNodes = ['hv01', 'hv02', 'hv03'];
const tokyoNodes = ['hv11', 'hv12', 'hv13'];

const services: readonly ServicePlan[] = [
  {
    ...usual,
    prefix: 'hr-web-',
    count: 5,
    hosts: osakaNodes,
    folder: 'osaka',
    datastores: ['CSV-OSA-01'],
    networks: ['VMN-Web'],
    size: medium,
    guestOs: 'Windows Server 2022',
  },
  {
    ...usual,
    prefix: 'hr-app-',
    count: 4,
    hosts: osakaNodes,
    folder: 'osaka',
    datastores: ['CSV-OSA-01', 'CSV-OSA-02'],
    networks: ['VMN-App'],
    size: medium,
  },
  {
    ...usual,
    prefix: 'hr-db-',
    count: 2,
    hosts: ['hv02', 'hv03'],
    folder: 'osaka',
    datastores: ['CSV-OSA-01'],
    networks: ['VMN-DB'],
    size: database,
  },
  {
    ...usual,
    prefix: 'files-',
    count: 3,
    hosts: osakaNodes,
    folder: 'osaka',
    datastores: ['CSV-OSA-02'],
    networks: ['VMN-App'],
    size: { ...small, disksGib: [60, 800] },
    changes: { 2: () => ({ powerState: 'saved' }) },
  },
  {
    ...usual,
    prefix: 'rds-',
    count: 7,
    hosts: osakaNodes,
    folder: 'osaka',
    datastores: ['CSV-OSA-01'],
    networks: ['VMN-App'],
    size: medium,
    off: [6, 7],
  },
  {
    ...usual,
    prefix: 'ad-osa-',
    count: 2,
    hosts: ['hv01', 'hv03'],
    folder: 'osaka',
    datastores: ['CSV-OSA-01'],
    networks: ['VMN-Mgmt'],
    size: small,
  },
  {
    ...usual,
    prefix: 'sp-',
    count: 4,
    hosts: tokyoNodes,
    folder: 'tokyo',
    datastores: ['CSV-TYO-01'],
    networks: ['VMN-Web', 'VMN-DB'],
    size: medium,
    guestOs: 'Windows Server 2016',
    hardwareVersion: 8,
  },
  {
    ...usual,
    prefix: 'sql-',
    count: 3,
    hosts: tokyoNodes,
    folder: 'tokyo',
    datastores: ['CSV-TYO-01'],
    networks: ['VMN-DB'],
    size: database,
  },
  {
    ...usual,
    prefix: 'cert-',
    count: 2,
    hosts: tokyoNodes,
    folder: 'tokyo',
    datastores: ['CSV-TYO-01'],
    networks: ['VMN-Mgmt'],
    size: small,
    off: [2],
  },
  {
    ...usual,
    prefix: 'build-',
    count: 6,
    hosts: tokyoNodes,
    folder: 'tokyo',
    datastores: ['CSV-TYO-01'],
    networks: ['VMN-App'],
    size: small,
    guestOs: 'Ubuntu 22.04 LTS',
    off: [3, 5, 6],
  },
  {
    ...usual,
    prefix: 'nagoya-',
    count: 4,
    hosts: ['hv21'],
    folder: 'branches',
    datastores: ['hv21-D'],
    networks: ['VMN-Branch'],
    size: small,
  },
  {
    ...usual,
    prefix: 'fukuoka-',
    count: 3,
    hosts: ['hv22'],
    folder: 'branches',
    datastores: ['hv22-D'],
    networks: ['VMN-Branch'],
    size: small,
    cpuFeatureLevel: 'amd-zen3',
  },
];

/** What the company runs every day on Hyper-V. */
export const hyperVBusinessVms: readonly VmPlan[] = services.flatMap(planService);
