import { Tooltip } from '@fluentui/react-components';
import { Segmented } from '../controls/segmented.tsx';
import { SettingsMenu } from '../features/settings/settings-menu.tsx';
import { SiteChips } from '../features/sites/site-chips.tsx';
import { Icon } from '../icons/icon.tsx';
import { useMessages } from '../messages/use-messages.ts';
import { ActionMenu } from './action-menu.tsx';
import { type Command, perform } from './command.ts';
import { useCommands } from './use-commands.ts';

/** Commands people use most; the sites' state at the right. */
export const Toolbar = () => {
  const { shell } = useMessages();
  const commands = useCommands();
  return (
    <div className="toolbar" role="toolbar" aria-label={shell.toolbar} data-pane="toolbar">
      <Segmented
        label={shell.mode}
        value="live"
        onChange={() => {}}
        options={[
          { value: 'live', label: shell.live },
          {
            value: 'plan',
            label: (
              <>
                <Icon name="plan" size="small" />
                {shell.plan}
              </>
            ),
            disabledReason: shell.why.notYet,
          },
        ]}
      />
      <span className="separator" />
      <ActionMenu />
      <CommandButton command={commands.migrate} look="button-primary" />
      <span className="separator" />
      <CommandButton command={commands.evacuate} look="button-subtle" />
      <CommandButton command={commands.restore} look="button-subtle" />
      <CommandButton command={commands.refresh} look="button-subtle" />
      <span className="grow" />
      <SiteChips />
      <SettingsMenu />
    </div>
  );
};

/** Stays focusable when it cannot be used, so that the reason can be read. */
const CommandButton = ({ command, look }: { readonly command: Command; readonly look: string }) => (
  <Tooltip content={command.reason ?? (command.keys || command.label)} relationship="description">
    <button
      type="button"
      className={`button ${look}`}
      aria-disabled={command.reason !== null || undefined}
      onClick={() => perform(command)}
    >
      <Icon name={command.icon} />
      {command.label}
    </button>
  </Tooltip>
);
