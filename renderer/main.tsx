import './api/zod-without-eval.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { toWire } from '../shared/errors/app-error.ts';
import { App, Looks } from './app.tsx';
import { StartFailed } from './shell/start-failed.tsx';
import { startLooks, startStores } from './start.ts';
import './theme/styles.css';

const container = document.getElementById('root');
if (container === null) throw new Error('The page has no root element.');
const root = createRoot(container);

startLooks().then(
  () => {
    startStores();
    root.render(
      <StrictMode>
        <App />
      </StrictMode>,
    );
  },
  (error: unknown) =>
    root.render(
      <Looks>
        <StartFailed error={toWire(error)} />
      </Looks>,
    ),
);
