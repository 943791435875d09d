import { expect, it } from 'vitest';
import type { HypervisorSession, PlatformTaskOutcome } from '../../electron/hypervisors/port.ts';
import type { Destination, Move, Placement } from '../../shared/domain/migration.ts';
import type { PlatformTaskRef } from '../../shared/domain/task.ts';
import { AppError, type ErrorCode } from '../../shared/errors/app-error.ts';
import type { ContractHarness, ContractStage, KnownVm, OptionalAbility } from './contract-harness.ts';

/** What the tests of the contract share: the stage of this test, and sessions that are closed after it. */
export interface ContractBench {
  readonly harness: ContractHarness;
  stage(): ContractStage;
  connect(): Promise<HypervisorSession>;
  /** Awaits while the platform's time passes. */
  pass<Value>(promise: Promise<Value>): Promise<Value>;
  /** A test for every platform that can show it. */
  itWhere(ability: OptionalAbility, title: string, test: () => Promise<void>): void;
}

export const createBench = (
  harness: ContractHarness,
  stage: () => ContractStage,
  opened: HypervisorSession[],
): ContractBench => ({
  harness,
  stage,
  connect: async () => {
    const { adapter, site, password, control } = stage();
    const session = await control.whilePassing(adapter.connect(site, password, unaborted()));
    opened.push(session);
    return session;
  },
  pass: (promise) => stage().control.whilePassing(promise),
  itWhere: (ability, title, test) => {
    if (harness.unavailable[ability] === undefined) it(title, test);
  },
});

export const unaborted = (): AbortSignal => new AbortController().signal;

export const hotMove = (vm: KnownVm, destination: Destination): Move => ({
  vm: vm.id,
  vmName: vm.name,
  method: 'hot',
  destination,
  host: null,
  datastore: null,
  networkMap: {},
});

/** The AppError that the promise rejects with; the test fails when it resolves or rejects with anything else. */
export const rejection = async (promise: Promise<unknown>): Promise<AppError> => {
  const caught = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  expect(caught, 'it resolved instead of rejecting').toHaveProperty('error');
  const error = 'error' in caught ? caught.error : undefined;
  expect(error).toBeInstanceOf(AppError);
  return error as AppError;
};

/** Codes that say "what became of it is not known", as against "it failed". */
export const lostContact: readonly ErrorCode[] = ['connection-lost', 'server-timeout'];

/** A move that was started and is being watched. */
export interface FollowedMove {
  readonly ref: PlatformTaskRef;
  /** Every progress told so far. */
  readonly progress: readonly (number | null)[];
  /** Resolves when the first number was told. */
  readonly underWay: Promise<void>;
  readonly outcome: Promise<PlatformTaskOutcome>;
}

export const follow = (
  session: HypervisorSession,
  ref: PlatformTaskRef,
  signal: AbortSignal = unaborted(),
): FollowedMove => {
  const progress: (number | null)[] = [];
  let tellUnderWay: () => void = () => undefined;
  const underWay = new Promise<void>((resolve) => {
    tellUnderWay = resolve;
  });
  const outcome = session.followTask(
    ref,
    (percent) => {
      progress.push(percent);
      if (percent !== null) tellUnderWay();
    },
    signal,
  );
  // Looked at later by most tests; until then a rejection is not an accident.
  outcome.catch(() => undefined);
  return { ref, progress, underWay, outcome };
};

/** Same place, whatever the order of the datastores. */
export const placed = (placement: Placement | null): Placement | null =>
  placement === null ? null : { ...placement, datastores: [...placement.datastores].sort() };
