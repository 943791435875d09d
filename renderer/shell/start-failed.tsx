import type { WireError } from '../../shared/errors/app-error.ts';
import { ErrorNote } from '../features/errors/error-note.tsx';
import { useMessages } from '../messages/use-messages.ts';

/** Instead of the console, when the window cannot reach the rest of the program. */
export const StartFailed = ({ error }: { readonly error: WireError }) => {
  const { shell } = useMessages();
  return (
    <main className="start-failed">
      <ErrorNote title={shell.startFailed} error={error} onRetry={() => window.location.reload()} />
    </main>
  );
};
