import { parentPort } from 'node:worker_threads';

/* A thread for tests: it gives back what it gets, or ends as it is told to. */
parentPort?.on('message', (message: string) => {
  if (message === 'exit') process.exit(3);
  if (message === 'throw') throw new Error('the thread has had enough');
  parentPort?.postMessage(message);
});
