import { setTimeout as delay } from 'node:timers/promises';
import { startVcsim, type Vcsim } from '../support/vcsim.ts';
import { goIsAvailable } from '../support/vcsim-build.ts';
import { addSite } from './change/add-site.ts';
import { type SentEvents, watchSentEvents } from './change/sent-events.ts';
import { type Benchmark, figure, type Measured } from './report.ts';
import { onStage, type WindowStage } from './window/measured-window.ts';
import { awaitName, type Change } from './window/page-probes.ts';
import { openWithSiblings } from './window/tree-hand.ts';

/** When each stretch of one change's way ended, ms after it was asked for. */
interface Way {
  readonly renamed: number;
  readonly sent: number;
  readonly arrived: number;
  readonly inDom: number;
  readonly painted: number;
}

/** Between two changes, ms. Not a multiple of anything that ticks in the console. */
const pauseMs = 257;

const renameAndWatch = async (
  { page }: Awaited<ReturnType<WindowStage['open']>>,
  vcsim: Vcsim,
  sent: SentEvents,
  vm: string,
  name: string,
): Promise<Way> => {
  await page.evaluate(awaitName, name);
  const askedAt = Date.now();
  await vcsim.control('/rename', { vm, name });
  const renamedAt = Date.now();
  const change: Change | undefined = await page.evaluate(() => window.benchChange);
  if (change === undefined) throw new Error('nobody watched the page');
  return {
    renamed: renamedAt - askedAt,
    sent: (await sent.at(name)) - askedAt,
    arrived: change.arrivedAt - askedAt,
    inDom: change.inDomAt - askedAt,
    painted: change.paintedAt - askedAt,
  };
};

const measureChanges = async (stage: WindowStage, vcsim: Vcsim, vms: number, changes: number): Promise<Measured> => {
  const console = await stage.open();
  await addSite(console.page, vcsim, vms);
  await openWithSiblings(console.page, 'production-1');
  const [original] = await console.page
    .locator('.tree-name')
    .filter({ hasText: /^vm-\d+$/u })
    .allTextContents();
  if (original === undefined) throw new Error('no VM is in sight');
  const { ref } = await vcsim.state(original);
  const sent = await watchSentEvents(console.app);
  const ways: Way[] = [];
  for (let change = 1; change <= changes; change += 1) {
    ways.push(await renameAndWatch(console, vcsim, sent, ref, `${original}-${change}`));
    await delay(pauseMs);
  }
  await console.close();
  const column = (pick: (way: Way) => number): readonly number[] => ways.map(pick);
  const size = `${vms.toLocaleString('en-US')} VMs`;
  return {
    figures: [
      figure(
        `rename asked of the server until it is in the row, ${size}`,
        column(({ inDom }) => inDom),
        'ms',
        { aim: 300 },
      ),
      figure(
        '  until the row is painted',
        column(({ painted }) => painted),
        'ms',
      ),
      figure(
        '  of that the server: its task has ended',
        column(({ renamed }) => renamed),
        'ms',
      ),
      figure(
        '  then adapter, inventory and cache: the event leaves',
        column(({ sent, renamed }) => sent - renamed),
        'ms',
      ),
      figure(
        '  then to the page',
        column(({ arrived, sent }) => arrived - sent),
        'ms',
      ),
      figure(
        '  then store and tree: in the row',
        column(({ inDom, arrived }) => inDom - arrived),
        'ms',
      ),
    ],
    notes: [
      `${changes} changes one after the other, by the control interface of test/vcsim; both clocks are this machine's. ${stage.electron}`,
      'server: the changes come from the collector of test/vcsim (collector*.go), which costs by the change; the original of the simulator reads all objects anew for each',
    ],
  };
};

/** A change made by someone else on the server, until it can be read in the window. */
export const changeBench: Benchmark = {
  name: 'Change to screen',
  run: async ({ quick }) => {
    if (!goIsAvailable()) return { cannotRun: 'the vCenter simulator needs Go, https://go.dev/dl/' };
    const vms = quick ? 1_000 : 5_000;
    return onStage(async (stage) => {
      const vcsim = await startVcsim({ vms });
      try {
        return await measureChanges(stage, vcsim, vms, quick ? 15 : 41);
      } finally {
        await vcsim.stop();
      }
    });
  },
};
