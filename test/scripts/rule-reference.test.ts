import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { referenceFiles, ruleReference } from '../../scripts/rule-reference.ts';
import { conditions } from '../../shared/messages/rules/conditions.ts';

describe('the rule reference', () => {
  it.each(['en', 'ja'] as const)('%s is what the registry says now (else: npm run docs:rules)', (language) => {
    expect(readFileSync(referenceFiles[language], 'utf8')).toBe(ruleReference(language));
  });

  it('has a heading for every rule, which findings link to', () => {
    const text = ruleReference('en');
    for (const id of Object.keys(conditions)) expect(text).toContain(`\n## ${id}\n`);
  });
});
