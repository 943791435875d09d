import type { ManagedRef } from '../managed-ref.ts';
import { call, element, leaf, reference, type SoapRequest } from './xml-writer.ts';

/** A file as it lies beside the descriptor (OvfFile). */
export interface DescribedFile {
  readonly deviceId: string;
  /** Relative to the descriptor, with `/`. */
  readonly path: string;
  readonly bytes: number;
  readonly capacityBytes: number | null;
}

export interface DescriptorParameters {
  readonly name: string;
  /** None: the server names them itself, and nothing has to have been exported. */
  readonly files: readonly DescribedFile[];
  /** What is told besides, of what this server offers: `mac`, `uuid`. */
  readonly options: readonly string[];
}

/** Describes a VM (API reference of OvfManager.createDescriptor). The order is that of the schema. */
export const createDescriptor = (ovfManager: ManagedRef, vm: ManagedRef, given: DescriptorParameters): SoapRequest =>
  call(
    'CreateDescriptor',
    ovfManager,
    reference('obj', vm),
    element(
      'cdp',
      ...given.files.map(({ deviceId, path, bytes, capacityBytes }) =>
        element(
          'ovfFiles',
          leaf('deviceId', deviceId),
          leaf('path', path),
          leaf('size', bytes),
          leaf('capacity', capacityBytes),
        ),
      ),
      leaf('name', given.name),
      leaf('includeImageFiles', false),
      ...given.options.map((option) => leaf('exportOption', option)),
    ),
  );

export interface ImportSpecParameters {
  readonly descriptor: string;
  /** Also a vApp. */
  readonly pool: ManagedRef;
  readonly datastore: ManagedRef;
  readonly host: ManagedRef | null;
  /** As the server is to write it. */
  readonly name: string;
  readonly networks: readonly { readonly name: string; readonly network: ManagedRef }[];
}

/**
 * Asks what has to be made out of a descriptor, and makes nothing (OvfManager.createImportSpec). Thin disks take what is
 * in them and no more, as they may have done before: thick ones could need many times the space. Fields of the base
 * type come first.
 */
export const createImportSpec = (ovfManager: ManagedRef, given: ImportSpecParameters): SoapRequest =>
  call(
    'CreateImportSpec',
    ovfManager,
    leaf('ovfDescriptor', given.descriptor),
    reference('resourcePool', given.pool),
    reference('datastore', given.datastore),
    element(
      'cisp',
      leaf('locale', ''),
      leaf('deploymentOption', ''),
      leaf('entityName', given.name),
      reference('hostSystem', given.host),
      ...given.networks.map(({ name, network }) =>
        element('networkMapping', leaf('name', name), reference('network', network)),
      ),
      leaf('diskProvisioning', 'thin'),
    ),
  );

/**
 * Makes a VM and returns a lease for its files (API reference of ResourcePool.importVApp).
 * @param spec a `<spec>` element, see import-spec.ts
 * @param folder null for a vApp, which has its own
 */
export const importVApp = (
  pool: ManagedRef,
  spec: string,
  folder: ManagedRef | null,
  host: ManagedRef | null,
): SoapRequest => call('ImportVApp', pool, spec, reference('folder', folder), reference('host', host));
