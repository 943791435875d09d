import './zod-without-eval.ts';
import type { z } from 'zod';
import { AppError } from '../../shared/errors/app-error.ts';
import { type EventName, type EventOf, events } from '../../shared/ipc/contract.ts';
import { bridge } from './bridge.ts';

type Listener<Name extends EventName> = (event: EventOf<Name>) => void;

const listeners = new Map<EventName, Set<Listener<EventName>>>();
const problemListeners = new Set<(error: AppError) => void>();
let connected = false;

/**
 * Calls the listener for every event of that name, parsed. Returns a function that ends the subscription.
 * @throws {AppError} `internal` when the page runs without its preload script
 */
export const onEvent = <Name extends EventName>(name: Name, listener: Listener<Name>): (() => void) => {
  connect();
  const known = listeners.get(name) ?? new Set();
  listeners.set(name, known);
  known.add(listener as Listener<EventName>);
  return () => known.delete(listener as Listener<EventName>);
};

/** Calls the listener when an event had to be dropped because it was not of the contract's shape. */
export const onEventProblem = (listener: (error: AppError) => void): (() => void) => {
  problemListeners.add(listener);
  return () => problemListeners.delete(listener);
};

/** One subscription at the bridge for the whole window: each event is parsed once, however many listen. */
const connect = (): void => {
  if (connected) return;
  bridge().onEvent((name, payload) => {
    const interested = listeners.get(name);
    if (interested === undefined || interested.size === 0) return;
    const schema: z.ZodType = events[name];
    const parsed = schema.safeParse(payload);
    if (parsed.success) {
      for (const listener of [...interested]) listener(parsed.data as EventOf<EventName>);
      return;
    }
    const issue = parsed.error.issues[0];
    const detail = `unexpected event ${name}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`;
    for (const listener of problemListeners) listener(new AppError('internal', { detail }));
  });
  connected = true;
};
