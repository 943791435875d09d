import type { Page } from 'playwright-core';

/** What the page's JavaScript holds after a garbage collection, MB. */
export const heapMb = async (page: Page): Promise<number> => {
  const devtools = await page.context().newCDPSession(page);
  try {
    await devtools.send('HeapProfiler.enable');
    // What finalizers let go of in the first one, the second one collects.
    await devtools.send('HeapProfiler.collectGarbage');
    await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await devtools.send('Runtime.getHeapUsage');
    return usedSize / 1e6;
  } finally {
    await devtools.detach();
  }
};
