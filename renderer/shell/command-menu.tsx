import { Menu, MenuPopover } from '@fluentui/react-components';
import { useMemo } from 'react';
import { CommandItems } from './command-items.tsx';

/** CSS pixels in the window. */
export interface MenuPoint {
  readonly x: number;
  readonly y: number;
}

export interface CommandMenuProps {
  /** Null: closed. */
  readonly at: MenuPoint | null;
  readonly onClose: () => void;
}

/** The commands as a context menu. */
export const CommandMenu = ({ at, onClose }: CommandMenuProps) => {
  const target = useMemo(
    () => (at === null ? null : { getBoundingClientRect: () => new DOMRect(at.x, at.y, 1, 1) }),
    [at],
  );
  if (target === null) return null;
  return (
    <Menu
      open
      onOpenChange={(_event, data) => !data.open && onClose()}
      positioning={{ target, position: 'below', align: 'start' }}
    >
      <MenuPopover className="command-menu-popover">
        <CommandItems />
      </MenuPopover>
    </Menu>
  );
};
