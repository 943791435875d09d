import { userInfo } from 'node:os';

/** Who sits at this console, as the operating system knows them: what people say of VMs is kept with their name. */
export const systemUserName = (): string => {
  try {
    const { username, uid } = userInfo();
    return username === '' ? `uid ${uid}` : username;
  } catch {
    // No entry in the user database, as in some containers. An environment variable is no substitute: anybody sets it.
    return `uid ${process.getuid?.() ?? '?'}`;
  }
};
