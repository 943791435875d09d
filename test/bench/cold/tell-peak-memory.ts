import { writeFileSync } from 'node:fs';

/* Loaded before a program: when that ends, it tells how much memory it had at most. */

const path = process.env.BENCH_PEAK_MEMORY_FILE;
if (path === undefined) throw new Error('BENCH_PEAK_MEMORY_FILE is missing');
process.on('exit', () => writeFileSync(path, String(process.resourceUsage().maxRSS * 1024)));
