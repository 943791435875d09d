import { useId } from 'react';
import { useMessages } from '../../messages/use-messages.ts';
import { usePreferences } from '../../stores/preferences.ts';

export interface RememberPasswordProps {
  readonly checked: boolean;
  readonly disabled: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** Whether the password may go into the system's keychain; says so when there is none. */
export const RememberPassword = ({ checked, disabled, onChange }: RememberPasswordProps) => {
  const { sites } = useMessages();
  const keychain = usePreferences((state) => state.info?.keychain ?? false);
  const hintId = useId();
  return (
    <div>
      <label className="check-line-field">
        <input
          type="checkbox"
          checked={checked && keychain}
          disabled={disabled || !keychain}
          {...(keychain ? {} : { 'aria-describedby': hintId })}
          onChange={(event) => onChange(event.target.checked)}
        />
        {sites.remember}
      </label>
      {!keychain && (
        <p id={hintId} className="small muted check-line-hint">
          {sites.noKeychain}
        </p>
      )}
    </div>
  );
};
