import { Component, type ReactNode } from 'react';
import { toWire, type WireError } from '../../shared/errors/app-error.ts';
import { DrawingFailed } from './start-failed.tsx';

interface DrawingGuardState {
  readonly error: WireError | null;
}

/** A mistake in drawing must not leave an empty window: what runs goes on in the main process, and a person is told so. */
export class DrawingGuard extends Component<{ readonly children: ReactNode }, DrawingGuardState> {
  override state: DrawingGuardState = { error: null };

  static getDerivedStateFromError(error: unknown): DrawingGuardState {
    return { error: toWire(error) };
  }

  override render(): ReactNode {
    return this.state.error === null ? this.props.children : <DrawingFailed error={this.state.error} />;
  }
}
