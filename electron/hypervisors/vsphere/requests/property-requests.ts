import type { ManagedRef } from '../managed-ref.ts';
import { call, element, leaf, reference, type SoapRequest, typed } from './xml-writer.ts';

/** Which properties to read of objects of a type and its subclasses. */
export interface PropertySpec {
  readonly type: string;
  readonly paths: readonly string[];
}

/** A way from an object to others, by a property of the first. */
export interface Traversal {
  readonly type: string;
  readonly path: string;
  readonly onward?: readonly Traversal[];
}

/** Where to begin, and whether the object itself is wanted. */
export interface ObjectSpec {
  readonly object: ManagedRef;
  readonly skip?: boolean;
  readonly traversals?: readonly Traversal[];
}

export interface FilterSpec {
  readonly properties: readonly PropertySpec[];
  readonly objects: readonly ObjectSpec[];
  /** Leaves out objects that no longer exist instead of failing for all. */
  readonly ignoreMissing?: boolean;
}

export const retrievePropertiesEx = (
  propertyCollector: ManagedRef,
  filter: FilterSpec,
  maxObjects?: number,
): SoapRequest =>
  call(
    'RetrievePropertiesEx',
    propertyCollector,
    filterSpec('specSet', filter),
    element('options', leaf('maxObjects', maxObjects)),
  );

export const continueRetrievePropertiesEx = (propertyCollector: ManagedRef, token: string): SoapRequest =>
  call('ContinueRetrievePropertiesEx', propertyCollector, leaf('token', token));

export const createContainerView = (
  viewManager: ManagedRef,
  container: ManagedRef,
  types: readonly string[],
): SoapRequest =>
  call(
    'CreateContainerView',
    viewManager,
    reference('container', container),
    ...types.map((type) => leaf('type', type)),
    leaf('recursive', true),
  );

export const destroyView = (view: ManagedRef): SoapRequest => call('DestroyView', view);

export const createPropertyCollector = (propertyCollector: ManagedRef): SoapRequest =>
  call('CreatePropertyCollector', propertyCollector);

export const destroyPropertyCollector = (propertyCollector: ManagedRef): SoapRequest =>
  call('DestroyPropertyCollector', propertyCollector);

/** Changes of a property come with its whole new value, not in parts. */
export const createFilter = (propertyCollector: ManagedRef, filter: FilterSpec): SoapRequest =>
  call('CreateFilter', propertyCollector, filterSpec('spec', filter), leaf('partialUpdates', false));

export const waitForUpdatesEx = (
  propertyCollector: ManagedRef,
  version: string,
  options: { readonly maxWaitSeconds: number; readonly maxObjectUpdates: number },
): SoapRequest =>
  call(
    'WaitForUpdatesEx',
    propertyCollector,
    leaf('version', version),
    element(
      'options',
      leaf('maxWaitSeconds', options.maxWaitSeconds),
      leaf('maxObjectUpdates', options.maxObjectUpdates),
    ),
  );

const filterSpec = (name: string, filter: FilterSpec): string =>
  element(
    name,
    ...filter.properties.map(({ type, paths }) =>
      element('propSet', leaf('type', type), leaf('all', false), ...paths.map((path) => leaf('pathSet', path))),
    ),
    ...filter.objects.map(({ object, skip = false, traversals = [] }) =>
      element('objectSet', reference('obj', object), leaf('skip', skip), ...traversals.map(traversalSpec)),
    ),
    filter.ignoreMissing ? leaf('reportMissingObjectsInResults', true) : '',
  );

const traversalSpec = ({ type, path, onward = [] }: Traversal): string =>
  typed(
    'selectSet',
    'TraversalSpec',
    leaf('type', type),
    leaf('path', path),
    leaf('skip', false),
    ...onward.map(traversalSpec),
  );
