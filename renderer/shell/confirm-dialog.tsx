import { useState } from 'react';
import { DialogFrame } from '../controls/dialog-frame.tsx';
import { TextField } from '../controls/text-field.tsx';
import { useMessages } from '../messages/use-messages.ts';
import { type ConfirmRequest, closeDialog, useDialogs } from '../stores/dialogs.ts';

/** Asks once more before something that cannot be undone. */
export const ConfirmDialog = () => {
  const request = useDialogs((state) => state.open);
  return request?.kind === 'confirm' ? <OpenConfirm request={request} /> : null;
};

const OpenConfirm = ({ request }: { readonly request: ConfirmRequest }) => {
  const { common } = useMessages();
  const { mustType } = request;
  const [typed, setTyped] = useState('');
  return (
    <DialogFrame
      title={request.title}
      size="small"
      onClose={closeDialog}
      footer={
        <>
          <span className="grow" />
          <button type="button" className="button button-large" onClick={closeDialog}>
            {common.cancel}
          </button>
          <button
            type="button"
            className={`button button-large ${request.danger ? 'button-danger' : 'button-primary'}`}
            disabled={mustType !== undefined && typed.trim() !== mustType.text}
            onClick={() => {
              closeDialog();
              request.onConfirm();
            }}
          >
            {request.act}
          </button>
        </>
      }
    >
      <div className="confirm-text">
        <p>{request.text}</p>
        {mustType !== undefined && <TextField label={mustType.label} value={typed} onChange={setTyped} initialFocus />}
      </div>
    </DialogFrame>
  );
};
