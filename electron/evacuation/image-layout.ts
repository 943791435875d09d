import { join } from 'node:path';
import { imageNameSchema } from '../../shared/ipc/schemas/evacuation-plan.ts';

/*
 * How an image lies in its folder:
 *
 *   <name>/
 *     evacuation-image.txt   tells people, and the console, that this directory is an image
 *     image.json             the record
 *     image.json.sha256      of the record and of the manifest; `sha256sum -c` reads it
 *     vm.<extension>         the descriptor
 *     vm.mf                  of the descriptor and of all other files, as OVF has it
 *     …                      disks and the like
 */

export const recordFile = 'image.json';
export const checksumFile = 'image.json.sha256';
export const markerFile = 'evacuation-image.txt';
export const manifestFile = 'vm.mf';
export const descriptorFile = (extension: string): string => `vm.${extension}`;

export const markerText = `An evacuation image of VM Migration Console: a virtual machine, taken out of its host.
Check it with "sha256sum -c ${checksumFile}" and the checksums in ${manifestFile}.
`;

/** While it is written. */
export const partialSuffix = '.partial';
/** While it is removed. */
export const deletingSuffix = '.deleting';

/** Names of files inside an image. The console makes them; a record that somebody changed may say otherwise. */
export const imageFileName = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** Path of an image's directory; null for what is no name of one, so that no name leads out of the folder. */
export const imagePath = (folder: string, name: string): string | null =>
  imageNameSchema.safeParse(name).success ? join(folder, name) : null;
