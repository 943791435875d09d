import { useDialogs } from '../../stores/dialogs.ts';
import { CannotMoveDialog } from './cannot-move-dialog.tsx';
import { LockDialog } from './lock-dialog.tsx';
import { SaidDialog } from './said-dialog.tsx';
import './annotations.css';

/** The dialogs about what people say of VMs. */
export const AnnotationDialogs = () => {
  const request = useDialogs((state) => state.open);
  if (request?.kind === 'lock') return <LockDialog vms={request.vms} />;
  if (request?.kind === 'cannot-move') return <CannotMoveDialog />;
  return request?.kind === 'said' ? <SaidDialog /> : null;
};
