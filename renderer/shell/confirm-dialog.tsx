import { DialogFrame } from '../controls/dialog-frame.tsx';
import { useMessages } from '../messages/use-messages.ts';
import { closeDialog, useDialogs } from '../stores/dialogs.ts';

/** Asks once more before something that cannot be undone. */
export const ConfirmDialog = () => {
  const { common } = useMessages();
  const request = useDialogs((state) => state.open);
  if (request?.kind !== 'confirm') return null;
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
      <p className="confirm-text">{request.text}</p>
    </DialogFrame>
  );
};
