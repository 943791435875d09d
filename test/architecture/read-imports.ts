import { parseSync } from 'vite';

export interface Import {
  /** What is written between the quotes. */
  readonly specifier: string;
  /** `type`: erased before anything runs. */
  readonly kind: 'type' | 'value';
}

/**
 * Every module a TypeScript source refers to: imports, re-exports, dynamic imports and `import('x').Type`.
 * Read from the syntax tree, so neither comments nor texts nor odd line breaks mislead it.
 * @throws Error when the source cannot be parsed
 */
export function readImports(path: string, source: string): Import[] {
  const parsed = parseSync(path, source, { lang: path.endsWith('x') ? 'tsx' : 'ts', sourceType: 'module' });
  if (parsed.errors.length > 0) throw new Error(`${path}: ${parsed.errors[0]?.message}`);
  const found: Import[] = [];
  visit(parsed.program, (node) => {
    switch (node.type) {
      case 'ImportDeclaration':
      case 'ExportNamedDeclaration':
      case 'ExportAllDeclaration': {
        const specifier = textOf(node.source);
        if (specifier !== undefined) found.push({ specifier, kind: isErased(node) ? 'type' : 'value' });
        break;
      }
      case 'ImportExpression': {
        const specifier = textOf(node.source);
        found.push({ specifier: specifier ?? '(computed)', kind: 'value' });
        break;
      }
      case 'TSImportType': {
        const specifier = textOf(node.source) ?? textOf(node.argument);
        if (specifier !== undefined) found.push({ specifier, kind: 'type' });
        break;
      }
    }
  });
  return found;
}

/** Names of impure globals that a source uses: the clock and chance. */
export function readImpurities(path: string, source: string): string[] {
  const parsed = parseSync(path, source, { lang: path.endsWith('x') ? 'tsx' : 'ts', sourceType: 'module' });
  const found: string[] = [];
  visit(parsed.program, (node) => {
    if (node.type === 'MemberExpression') {
      const name = `${nameOf(node.object)}.${nameOf(node.property)}`;
      if (['Date.now', 'Math.random', 'performance.now', 'crypto.randomUUID'].includes(name)) found.push(name);
    }
    if (node.type === 'NewExpression' && nameOf(node.callee) === 'Date' && isEmpty(node.arguments)) {
      found.push('new Date()');
    }
  });
  return found;
}

type Node = Readonly<Record<string, unknown>> & { readonly type: string };

function visit(value: unknown, see: (node: Node) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, see);
  } else if (typeof value === 'object' && value !== null) {
    if (isNode(value)) see(value);
    for (const item of Object.values(value)) visit(item, see);
  }
}

const isNode = (value: object): value is Node => 'type' in value && typeof value.type === 'string';

/** `import type …`, `export type …`, or an import of which every name is marked as a type. */
function isErased(node: Node): boolean {
  if (node.importKind === 'type' || node.exportKind === 'type') return true;
  const names = node.specifiers;
  return (
    Array.isArray(names) &&
    names.length > 0 &&
    names.every((name: Node) => name.importKind === 'type' || name.exportKind === 'type')
  );
}

const textOf = (node: unknown): string | undefined => {
  if (typeof node !== 'object' || node === null) return undefined;
  if ('value' in node && typeof node.value === 'string') return node.value;
  return 'literal' in node ? textOf(node.literal) : undefined;
};

const nameOf = (node: unknown): string =>
  typeof node === 'object' && node !== null && 'name' in node ? String(node.name) : '';

const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0;
