import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createLogFile } from '../../electron/log-file.ts';
import { redact } from '../../electron/redact.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const now = () => Date.UTC(2026, 0, 5, 9);

describe('the log of the console', () => {
  test('tells time, what and why, down to the first cause', () => {
    const file = join(temporaryDirectory(), 'logs', 'console.log');
    createLogFile(file, now).write('closing', new Error('outer', { cause: new Error('inner') }));
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('2026-01-05T09:00:00.000Z closing Error: outer');
    expect(text).toContain('caused by: Error: inner');
  });

  test('keeps a few files of limited size', () => {
    const file = join(temporaryDirectory(), 'console.log');
    const log = createLogFile(file, now);
    const long = 'x'.repeat(600_000);
    for (let line = 0; line < 12; line += 1) log.write(`${line} ${long}`);
    const sizes = ['console.log', 'console.1.log', 'console.2.log', 'console.3.log'].map(
      (name) => readFileSync(join(file, '..', name)).length,
    );
    expect(Math.max(...sizes)).toBeLessThan(2_000_000);
    expect(existsSync(join(file, '..', 'console.4.log'))).toBe(false);
    expect(readFileSync(file, 'utf8')).toContain('11 xxx');
  });

  test('that cannot be written stops nothing', () => {
    const file = join(temporaryDirectory(), 'console.log');
    mkdirSync(file);
    expect(() => createLogFile(file, now).write('lost')).not.toThrow();
  });
});

test.each([
  ['<Login><password>hunter2</password></Login>', 'hunter2'],
  ['<vim:password xsi:type="x">hunter2</vim:password>', 'hunter2'],
  ['{"userName":"op","password":"hunter2"}', 'hunter2'],
  ["password: 'hunter two'", 'hunter two'],
  ['VMMIGRATE_PASSWORD=hunter2', 'hunter2'],
  ['Cookie: vmware_soap_session="abc-123"', 'abc-123'],
  ['set-cookie: vmware_soap_session=abc-123; Path=/', 'abc-123'],
  ['Authorization: Basic aHVudGVyMg==', 'aHVudGVyMg=='],
  ['https://op:hunter2@vc.example.test/sdk', 'hunter2'],
])('no secret of %j stays', (text, secret) => {
  expect(redact(text)).not.toContain(secret);
  expect(redact(text)).toContain('[redacted]');
});

test('what is no secret stays as it is', () => {
  const text = 'connection-lost {"address":"vc.example.test","reason":"ECONNRESET"}';
  expect(redact(text)).toBe(text);
});
