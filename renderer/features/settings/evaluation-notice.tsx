import { useState } from 'react';
import { Icon } from '../../icons/icon.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { usePreferences } from '../../stores/preferences.ts';
import './settings.css';

/** Says plainly that the window runs in the evaluation runtime, until the person hides it for this session. */
export const EvaluationNotice = () => {
  const { settings } = useMessages();
  const info = usePreferences((state) => state.info);
  const [hidden, setHidden] = useState(false);
  if (info?.evaluationRuntime !== true || hidden) return null;
  return (
    <div className="evaluation-notice" role="note">
      <Icon name="warning" tone="warn" size="small" />
      <p className="grow">
        <span className="strong">{settings.evaluationTitle}</span> {settings.evaluationText(info.electron)}
      </p>
      <button
        type="button"
        className="button button-subtle button-small button-icon"
        aria-label={settings.hideNotice}
        onClick={() => setHidden(true)}
      >
        <Icon name="close" size="small" />
      </button>
    </div>
  );
};
