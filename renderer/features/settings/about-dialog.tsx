import { DialogFrame } from '../../controls/dialog-frame.tsx';
import { Icon } from '../../icons/icon.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { usePreferences } from '../../stores/preferences.ts';

/** What this application is and what it runs in. */
export const AboutDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { settings, common } = useMessages();
  const info = usePreferences((state) => state.info);
  return (
    <DialogFrame
      size="small"
      title={settings.about}
      onClose={onClose}
      footer={
        <>
          <span className="grow" />
          <button type="button" className="button button-large" onClick={onClose}>
            {common.close}
          </button>
        </>
      }
    >
      <div className="about">
        <div className="row">
          <Icon name="logo" size="large" tone="brand" />
          <div>
            <p className="strong">{common.productName}</p>
            {info !== null && (
              <p className="muted small">
                {settings.version(info.version)} · {settings.runtime(info.electron)}
              </p>
            )}
          </div>
        </div>
        {info?.evaluationRuntime === true && (
          <p className="note note-warn">
            <Icon name="warning" tone="warn" />
            {settings.evaluationText(info.electron)}
          </p>
        )}
      </div>
    </DialogFrame>
  );
};
