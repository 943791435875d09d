import { catalog } from '../shared/messages/catalog.ts';

process.stderr.write(`${catalog.en.common.productName}: the command line is not there yet.\n`);
process.exitCode = 2;
