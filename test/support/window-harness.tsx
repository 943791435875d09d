import { act, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import type { StoreApi } from 'zustand';
import { Looks } from '../../renderer/app.tsx';
import { useAnnouncements } from '../../renderer/stores/announcements.ts';
import { useDialogs } from '../../renderer/stores/dialogs.ts';
import { useFixes } from '../../renderer/stores/fixes.ts';
import { useImages } from '../../renderer/stores/images.ts';
import { useInventory } from '../../renderer/stores/inventory.ts';
import { useLayout } from '../../renderer/stores/layout.ts';
import { useLimits } from '../../renderer/stores/limits.ts';
import { useMigrationDraft } from '../../renderer/stores/migration-draft.ts';
import { useNotices } from '../../renderer/stores/notices.ts';
import { usePreferences } from '../../renderer/stores/preferences.ts';
import { useSites } from '../../renderer/stores/sites.ts';
import { useTaskFollowUps } from '../../renderer/stores/task-follow-ups.ts';
import { useTasks } from '../../renderer/stores/tasks.ts';
import type { InfrastructureEntity } from '../../shared/domain/inventory.ts';
import type { SiteStatus } from '../../shared/domain/site.ts';
import type { VmSummary } from '../../shared/domain/virtual-machine.ts';
import type { Bridge } from '../../shared/ipc/bridge.ts';
import type { AppInfo, EventName, Preferences } from '../../shared/ipc/contract.ts';
import { aSiteStatus, createFakeBridge, type FakeBridge, type FakeBridgeOptions } from './fake-bridge.ts';
import { defaultSite } from './inventory-builders.ts';

/*
 * Parts of the window over a main process in memory. The window subscribes to its bridge once in its life, so all tests
 * of a file share one bridge, behind which each test puts its own fake.
 */

let present: FakeBridge = createFakeBridge();
const listeners = new Set<(name: EventName, payload: unknown) => void>();
const bridge: Bridge = {
  call: (callId, name, payload) => present.call(callId, name, payload),
  cancel: (callId) => present.cancel(callId),
  onEvent(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

const reset = <State,>(store: Pick<StoreApi<State>, 'setState' | 'getInitialState'>): void =>
  store.setState(store.getInitialState(), true);

const resetStores = (): void => {
  reset(useAnnouncements);
  reset(useDialogs);
  reset(useFixes);
  reset(useImages);
  reset(useLayout);
  reset(useLimits);
  reset(useMigrationDraft);
  reset(useNotices);
  reset(usePreferences);
  reset(useSites);
  reset(useTasks);
  reset(useTaskFollowUps);
};

export interface WindowOptions extends FakeBridgeOptions {
  readonly preferences?: Preferences;
  readonly info?: Partial<AppInfo>;
  readonly sites?: readonly SiteStatus[];
  readonly infrastructure?: readonly InfrastructureEntity[];
  readonly vms?: readonly VmSummary[];
}

/** Puts a fresh main process behind the window, empties its stores and fills them with what the test names. */
export const prepareWindow = (options: WindowOptions = {}): FakeBridge => {
  Object.assign(window, { vmConsole: bridge });
  present = createFakeBridge(options);
  present.onEvent((name, payload) =>
    act(() => {
      for (const listener of listeners) listener(name, payload);
    }),
  );
  resetStores();
  usePreferences.setState({
    preferences: options.preferences ?? { language: 'en', theme: 'light' },
    info: {
      version: '0.1.0',
      electron: '45.4.1',
      evaluationRuntime: false,
      systemLanguage: 'en',
      preferences: { language: 'en', theme: 'light' },
      keychain: true,
      startNotices: [],
      ...options.info,
    },
  });
  useSites.setState({ loaded: true, sites: options.sites ?? [aSiteStatus()] });
  const { index } = useInventory.getState();
  index.forget(defaultSite);
  changeInventory(options.infrastructure ?? [], options.vms ?? []);
  return present;
};

/** Something changed on the server. */
export const changeInventory = (infrastructure: readonly InfrastructureEntity[], vms: readonly VmSummary[]): void => {
  const { index } = useInventory.getState();
  index.apply({ site: defaultSite, reset: false, infrastructure, vms, removals: [], complete: true });
  const latest = { index };
  act(() => useInventory.setState({ revision: index.revision, latest, placed: latest }));
};

/** Shows a part of the window with its theme and language around it. */
export const show = (part: ReactNode) => render(<Looks>{part}</Looks>);

/** An answer the test gives when it wants to. */
export const promised = <Value,>(): {
  readonly promise: Promise<Value>;
  readonly resolve: (value: Value) => void;
  readonly reject: (error: unknown) => void;
} => {
  let resolve: (value: Value) => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<Value>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
};
