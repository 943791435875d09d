import type { Checkpoint } from '../../../../shared/domain/virtual-machine.ts';
import type { XmlValue } from '../xml/xml-node.ts';
import { asTime, at, displayName, listAt, refAt, textAt } from '../xml/xml-values.ts';
import { told } from './readers.ts';

/** The tree of snapshots (VirtualMachineSnapshotInfo) as a list, parents before children. */
export const readSnapshots = (value: XmlValue): readonly Checkpoint[] =>
  listAt(value, 'rootSnapshotList').flatMap((root) => withChildren(root, null));

const withChildren = (tree: XmlValue, parent: string | null): readonly Checkpoint[] => {
  const id = refAt(tree, 'snapshot')?.value ?? '';
  const own = {
    id,
    name: displayName(textAt(tree, 'name') ?? ''),
    parent,
    ...told({ createdAt: asTime(at(tree, 'createTime')) }),
  };
  return [own, ...listAt(tree, 'childSnapshotList').flatMap((child) => withChildren(child, id))];
};
