/*
 * What runs inside the page. Every function here is sent there as text, so it may use nothing but its arguments and
 * what browsers have.
 */

/** When something was first there, ms since navigation start. */
export interface FirstPaints {
  /** Rows below a site, which come from the cache, were on screen, as the browser itself tells (element timing). */
  readonly rows?: number;
  /** The status bar counted all VMs. */
  readonly everything?: number;
  /** The rows were there before anybody watched. */
  readonly tooLate: boolean;
}

declare global {
  interface Window {
    benchPaints?: FirstPaints;
    benchFrames?: Promise<Frames>;
    benchChange?: Promise<Change>;
  }
}

/** Notes {@link FirstPaints} in `window.benchPaints`. `countText`: what the status bar says when all VMs are there. */
export const noteFirstPaints = (countText: string): void => {
  if (window.benchPaints !== undefined) return;
  const firstRow = (): Element | null => document.querySelector('[role="treeitem"][aria-level="2"] .tree-name');
  const paints: { rows?: number; everything?: number; tooLate: boolean } = { tooLate: firstRow() !== null };
  window.benchPaints = paints;
  new PerformanceObserver((entries) => {
    for (const { startTime } of entries.getEntries()) paints.rows ??= startTime;
  }).observe({ type: 'element', buffered: true });
  const observer = new MutationObserver(() => {
    // Runs before the row is painted for the first time.
    firstRow()?.setAttribute('elementtiming', 'first-row');
    if (!document.querySelector('.status-bar')?.textContent?.includes(countText)) return;
    paints.everything = performance.now();
    observer.disconnect();
  });
  observer.observe(document, { childList: true, characterData: true, subtree: true });
};

export interface Frames {
  /** Between two frames, ms. */
  readonly gaps: readonly number[];
  /** Tasks of more than 50 ms on the page's thread, ms. */
  readonly longTasks: readonly number[];
}

/**
 * Records frames for a while, in `window.benchFrames`. With `scrollBy` the tree is scrolled that many pixels in each
 * frame, back and forth over all of it.
 */
export const recordFrames = ({ ms, scrollBy }: { readonly ms: number; readonly scrollBy: number }): void => {
  window.benchFrames = new Promise((resolve) => {
    const list = document.querySelector('[role="tree"]');
    const gaps: number[] = [];
    const longTasks: number[] = [];
    const tasks = new PerformanceObserver((entries) => {
      for (const { duration } of entries.getEntries()) longTasks.push(duration);
    });
    tasks.observe({ type: 'longtask' });
    let begun = Number.NaN;
    let last = Number.NaN;
    let direction = 1;
    const frame = (): void => {
      const now = performance.now();
      if (Number.isNaN(begun)) begun = now;
      else gaps.push(now - last);
      last = now;
      if (now - begun >= ms) {
        for (const { duration } of tasks.takeRecords()) longTasks.push(duration);
        tasks.disconnect();
        resolve({ gaps, longTasks });
        return;
      }
      if (scrollBy > 0 && list !== null) {
        const before = list.scrollTop;
        list.scrollTop += direction * scrollBy;
        if (list.scrollTop === before) direction = -direction;
      }
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
};

/** When a name came on screen, ms since 1970. */
export interface Change {
  /** The event with it reached the page. */
  readonly arrivedAt: number;
  readonly inDomAt: number;
  readonly paintedAt: number;
}

/** Waits, in `window.benchChange`, until a row of the tree has that name. */
export const awaitName = (name: string): void => {
  window.benchChange = new Promise((resolve) => {
    let arrivedAt = Number.NaN;
    const bridge = window.vmConsole;
    const stop = bridge?.onEvent((event, payload) => {
      const { vms = [] } = payload as { readonly vms?: readonly { readonly name: string }[] };
      if (event === 'inventory.batch' && vms.some((vm) => vm.name === name)) arrivedAt = Date.now();
    });
    const tree = document.querySelector('[role="tree"]') ?? document.body;
    const observer = new MutationObserver(() => {
      const rows = [...tree.querySelectorAll('[role="treeitem"] .tree-name')];
      if (!rows.some((row) => row.textContent === name)) return;
      const inDomAt = Date.now();
      observer.disconnect();
      stop?.();
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve({ arrivedAt, inDomAt, paintedAt: Date.now() });
        port2.postMessage(null);
      });
    });
    observer.observe(tree, { childList: true, characterData: true, subtree: true });
  });
};
