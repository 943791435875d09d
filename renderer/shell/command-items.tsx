import { MenuDivider, MenuItem, MenuList } from '@fluentui/react-components';
import { Fragment } from 'react';
import { Icon } from '../icons/icon.tsx';
import { type CommandId, perform } from './command.ts';
import { useCommands } from './use-commands.ts';

/** Groups with a line between them. */
const groups: readonly (readonly CommandId[])[] = [
  ['migrate', 'pick-up', 'put-down'],
  ['evacuate', 'restore'],
  ['cancel-task', 'recover'],
  ['lock', 'guest-cluster', 'said', 'cannot-move'],
  ['refresh', 'connection', 'add-site'],
];

/** The commands as a menu: the same under "Action" and under the right mouse button. */
export const CommandItems = () => {
  const commands = useCommands();
  return (
    <MenuList className="command-menu">
      {groups.map((group, at) => (
        <Fragment key={group[0]}>
          {at > 0 && <MenuDivider />}
          {group.map((id) => {
            const command = commands[id];
            return (
              <MenuItem
                key={id}
                icon={<Icon name={command.icon} />}
                secondaryContent={command.keys}
                subText={command.reason}
                disabled={command.reason !== null}
                onClick={() => perform(command)}
              >
                {command.label}
              </MenuItem>
            );
          })}
        </Fragment>
      ))}
    </MenuList>
  );
};
