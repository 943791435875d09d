import type { IconName } from '../icons/icon.tsx';

export type CommandId =
  | 'migrate'
  | 'evacuate'
  | 'restore'
  | 'pick-up'
  | 'put-down'
  | 'cancel-task'
  | 'recover'
  | 'lock'
  | 'guest-cluster'
  | 'said'
  | 'cannot-move'
  | 'refresh'
  | 'connection'
  | 'add-site';

/** Something a person can do now, or cannot and then reads why. Button, menus and keys all go through it. */
export interface Command {
  readonly id: CommandId;
  readonly label: string;
  readonly icon: IconName;
  /** As it stands on the keys: `Ctrl+M`; empty when it has none. */
  readonly keys: string;
  /** Why it cannot be done now; null when it can. */
  readonly reason: string | null;
  run(): void;
}

/** Runs the command, if it can be run now. */
export const perform = (command: Command): void => {
  if (command.reason === null) command.run();
};
