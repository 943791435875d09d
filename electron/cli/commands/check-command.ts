import { checkPlan } from '../check-operation.ts';
import type { Command } from '../command.ts';
import { moveOptions, planOperation } from '../plan-operation.ts';

export const checkCommand: Command = {
  help: 'check',
  options: { ...moveOptions, acknowledge: { type: 'string', multiple: true }, offline: { type: 'boolean' } },
  run: async (context) => {
    const { given, terminal, words } = context;
    const services = context.open();
    const checked = await checkPlan(await planOperation(services, context), services, context);
    if (given.flag('offline')) terminal.note(words.cli.offlineCheck);
    if (checked.findings.length === 0) terminal.out(words.cli.summaryClear);
    return { exitCode: checked.exitCode, data: checked.data };
  },
};
