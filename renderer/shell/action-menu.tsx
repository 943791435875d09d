import { Menu, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { Icon } from '../icons/icon.tsx';
import { useMessages } from '../messages/use-messages.ts';
import { CommandItems } from './command-items.tsx';

/** "Action": every command, for those who do not know the keys. */
export const ActionMenu = () => {
  const { shell } = useMessages();
  return (
    <Menu positioning="below-start">
      <MenuTrigger disableButtonEnhancement>
        <button type="button" className="button">
          {shell.action}
          <Icon name="chevron-down" size="small" />
        </button>
      </MenuTrigger>
      <MenuPopover className="command-menu-popover">
        <CommandItems />
      </MenuPopover>
    </Menu>
  );
};
