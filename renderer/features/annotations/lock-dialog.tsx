import { useState } from 'react';
import type { EntityId } from '../../../shared/domain/ids.ts';
import { toWire, type WireError } from '../../../shared/errors/app-error.ts';
import { isReason } from '../../../shared/planning/migration-draft.ts';
import { DialogFrame } from '../../controls/dialog-frame.tsx';
import { TextField } from '../../controls/text-field.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { lockVms } from '../../stores/annotations.ts';
import { closeDialog } from '../../stores/dialogs.ts';
import { useInventory } from '../../stores/inventory.ts';
import { ErrorNote } from '../errors/error-note.tsx';

/** Asks why these VMs shall not be moved, then locks them. */
export const LockDialog = ({ vms }: { readonly vms: readonly EntityId[] }) => {
  const { annotations, common } = useMessages();
  const words = annotations.acts;
  const index = useInventory((state) => state.index);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<WireError | null>(null);
  const [first] = vms;
  const name = vms.length === 1 && first !== undefined ? index.vm(first)?.name : undefined;
  const lock = (): void => {
    setBusy(true);
    setError(null);
    lockVms(vms, reason.trim())
      .then(closeDialog)
      .catch((thrown: unknown) => {
        setError(toWire(thrown));
        setBusy(false);
      });
  };
  return (
    <DialogFrame
      size="small"
      title={words.lockTitle(name ?? vms.length)}
      onClose={closeDialog}
      footer={
        <>
          <span className="grow" />
          <button type="button" className="button button-large" onClick={closeDialog}>
            {common.cancel}
          </button>
          <button
            type="button"
            className="button button-large button-primary"
            disabled={busy || !isReason(reason)}
            onClick={lock}
          >
            {words.lockAct}
          </button>
        </>
      }
    >
      <div className="annotation-form">
        <p className="muted">{words.lockText}</p>
        <TextField
          label={words.reason}
          hint={words.reasonHint}
          value={reason}
          onChange={(text) => setReason(text.slice(0, 1_000))}
          initialFocus
        />
        {error !== null && <ErrorNote error={error} />}
      </div>
    </DialogFrame>
  );
};
