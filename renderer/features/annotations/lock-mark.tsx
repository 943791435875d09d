import type { Lock } from '../../../shared/domain/annotation.ts';
import { Icon } from '../../icons/icon.tsx';
import { useMessages } from '../../messages/use-messages.ts';

/** The lock on a VM's row; who locked it and why shows when the mouse rests on it. */
export const LockMark = ({ lock }: { readonly lock: Lock }) => {
  const { annotations } = useMessages();
  const words = annotations.acts.lockedBy(lock.by, lock.reason);
  return (
    <span className="row-lock" title={words}>
      <Icon name="lock" size="small" label={words} />
    </span>
  );
};
