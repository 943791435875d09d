import { Worker } from 'node:worker_threads';

/**
 * A thread beside the main one. It starts with the first message and is kept: starting one takes longer than most jobs,
 * and threads that come and go by the hundred have brought V8 down (`jit_page.has_value()`, nodejs/node#64500). One
 * that ended is started anew by the next message.
 */
export interface KeptThread<Message> {
  /** @param moved buffers that go over to the other thread */
  post(message: Message, moved?: readonly ArrayBuffer[]): void;
  /** What is of use to a running thread alone. */
  postIfRunning(message: Message): void;
  /** While there is work, the process must not end before it is done; without, it must be able to. */
  setBusy(busy: boolean): void;
}

export interface KeptThreadParts<Reply> {
  /** `import.meta.url` of the caller; the thread's own file lies beside it. */
  readonly beside: string;
  /** Without its ending: `parse-worker`. */
  readonly name: string;
  readonly onReply: (reply: Reply) => void;
  /** Out of memory, say. What was under way will never be answered. */
  readonly onEnd: (reason: string) => void;
}

export const createKeptThread = <Message, Reply>(parts: KeptThreadParts<Reply>): KeptThread<Message> => {
  const { beside, name, onReply, onEnd } = parts;
  let running: Worker | null = null;
  let isBusy = false;

  const start = (): Worker => {
    // Source files are run as they are; in the bundle, threads lie beside the file that starts them.
    const ending = beside.endsWith('.ts') ? 'ts' : 'js';
    const worker = new Worker(new URL(`./${name}.${ending}`, beside));
    if (!isBusy) worker.unref();
    const ended = (reason: string): void => {
      if (running !== worker) return;
      running = null;
      onEnd(reason);
    };
    worker.on('message', onReply);
    worker.on('error', (error) => ended(error.message));
    worker.on('exit', (code) => ended(`exit ${code}`));
    return worker;
  };

  return {
    post: (message, moved = []) => {
      running ??= start();
      running.postMessage(message, [...moved]);
    },
    postIfRunning: (message) => running?.postMessage(message),
    setBusy: (busy) => {
      if (busy === isBusy) return;
      isBusy = busy;
      if (busy) running?.ref();
      else running?.unref();
    },
  };
};
