import { compareVersions } from '../transport/soap-client.ts';

/** First ESXi release that runs a VM hardware version (VMware KB 1003746), newest first. */
const introducedIn: readonly (readonly [release: string, hardwareVersion: number])[] = [
  ['9.0.0', 22],
  ['8.0.2', 21],
  ['8.0.0', 20],
  ['7.0.2', 19],
  ['7.0.1', 18],
  ['7.0.0', 17],
  ['6.7.0', 14],
  ['6.5.0', 13],
  ['6.0.0', 11],
  ['5.5.0', 10],
  ['5.1.0', 9],
  ['5.0.0', 8],
  ['4.0.0', 7],
];

/** From this build on, release 6.7.0 is "6.7 Update 2", which the version number does not tell. */
const firstBuildOf67Update2 = 13_006_603;

/** The newest VM hardware version that runs on an ESXi release; undefined for one this table does not reach. */
export const newestHardwareVersion = (esxiVersion: string, build: string | undefined): number | undefined => {
  if (esxiVersion === '6.7.0' && Number(build) >= firstBuildOf67Update2) return 15;
  return introducedIn.find(([release]) => compareVersions(esxiVersion, release) >= 0)?.[1];
};

/** `vmx-19` -> 19. */
export const hardwareVersionOf = (text: string | undefined): number | undefined => {
  const [, digits] = /^vmx-0*(\d+)$/.exec(text ?? '') ?? [];
  return digits === undefined ? undefined : Number(digits);
};
