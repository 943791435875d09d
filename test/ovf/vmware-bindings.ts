import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/*
 * What VMware generated from its copy of OVF's schema for vCloud Director (package @vcd/bindings). Its modules are of a
 * form that Node does not load, and types tell more than values: so the declarations are read.
 */

export interface BoundField {
  readonly name: string;
  /** `string`, `number`, `boolean`, `Date`, `object` or a class. */
  readonly type: string;
  readonly repeated: boolean;
}

export interface BoundClass {
  readonly base: string | null;
  /** In the order of the schema: elements, then attributes by name. */
  readonly fields: readonly BoundField[];
}

const folder = join(
  dirname(createRequire(import.meta.url).resolve('@vcd/bindings/package.json')),
  'vcloud/api/rest/schema/ovf',
);

const readClass = (source: string): readonly [string, BoundClass] | null => {
  const [, name, base, body = ''] = /class (\w+)(?: extends (\w+))? \{\n(.*?)^\}/ms.exec(source) ?? [];
  if (name === undefined) return null;
  const fields = [...body.matchAll(/^ {4}(\w+)\?: (\w+)(\[\])?;$/gm)].map(([, field = '', type = '', array]) => ({
    name: field,
    type,
    repeated: array !== undefined,
  }));
  return [name, { base: base ?? null, fields }];
};

export const boundClasses = (): ReadonlyMap<string, BoundClass> =>
  new Map(
    readdirSync(folder)
      .filter((file) => file.endsWith('.d.ts'))
      .flatMap((file) => [readClass(readFileSync(join(folder, file), 'utf8'))])
      .filter((found) => found !== null),
  );
