import { afterEach, beforeEach, describe } from 'vitest';
import type { HypervisorSession } from '../../electron/hypervisors/port.ts';
import { describeColdMigration } from './cold-contract.ts';
import { describeConnecting } from './connecting-contract.ts';
import { createBench } from './contract-bench.ts';
import type { ContractHarness, ContractStage } from './contract-harness.ts';
import { describeFixes } from './fix-contract.ts';
import { describeHotMove } from './hot-move-contract.ts';
import { describeInventory } from './inventory-contract.ts';
import { describeLeases } from './lease-contract.ts';
import { describeTrouble } from './trouble-contract.ts';

/**
 * What every adapter promises, whatever the platform. An adapter's test file calls this with a harness; nothing here
 * knows a platform. Each test gets a fresh stage.
 */
export const describeHypervisorContract = (name: string, harness: ContractHarness): void => {
  describe(`hypervisor contract: ${name}`, () => {
    let current: ContractStage | null = null;
    const opened: HypervisorSession[] = [];

    const stage = (): ContractStage => {
      if (current === null) throw new Error('no stage outside a test');
      return current;
    };

    beforeEach(async () => {
      current = await harness.start();
    });

    afterEach(async () => {
      const ending = current;
      current = null;
      if (ending === null) return;
      try {
        const closing = opened.splice(0).map((session) => session.close());
        await ending.control.whilePassing(Promise.all(closing));
      } finally {
        await ending.stop();
      }
    });

    const bench = createBench(harness, stage, opened);
    describeConnecting(bench);
    describeInventory(bench);
    describeHotMove(bench);
    if (harness.unavailable['cold-migration'] === undefined) {
      describeColdMigration(bench);
      describeLeases(bench);
    }
    describeFixes(bench);
    describeTrouble(bench);
  });
};
