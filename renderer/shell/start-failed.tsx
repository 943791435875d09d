import type { WireError } from '../../shared/errors/app-error.ts';
import { ErrorNote } from '../features/errors/error-note.tsx';
import { useMessages } from '../messages/use-messages.ts';

/** Instead of the console, when the window cannot reach the rest of the program. */
export const StartFailed = ({ error }: { readonly error: WireError }) => {
  const { shell } = useMessages();
  return <InsteadOfConsole title={shell.startFailed} error={error} />;
};

/** Instead of the console, when drawing it met an error. */
export const DrawingFailed = ({ error }: { readonly error: WireError }) => {
  const { shell } = useMessages();
  return <InsteadOfConsole title={shell.drawingFailed} error={error} />;
};

const InsteadOfConsole = ({ title, error }: { readonly title: string; readonly error: WireError }) => (
  <main className="start-failed">
    <ErrorNote title={title} error={error} onRetry={() => window.location.reload()} />
  </main>
);
