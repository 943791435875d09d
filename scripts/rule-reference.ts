import { mkdirSync, writeFileSync } from 'node:fs';
import { common } from '../shared/messages/common.ts';
import { conditions, type RuleId } from '../shared/messages/rules/conditions.ts';
import type { Language } from '../shared/messages/topic.ts';
import { destinationRules } from '../shared/rules/destination-rules.ts';
import { precautions } from '../shared/rules/registry.ts';

const words = {
  en: {
    title: 'Precautions',
    intro:
      'Every rule the console checks before it moves a VM. S rules restate the seed document, X rules go beyond it, D rules decide what can be a destination at all. Generated from the rule registry by `npm run docs:rules`.',
    columns: '| rule | name | applies to | moves | speaks when |',
    source: 'Source',
    all: 'all',
    destination: 'destination rule',
    platform: "the platform's own check",
  },
  ja: {
    title: '注意事項',
    intro:
      '仮想マシンの移動前に確認するすべてのルールです。Sは原典の注意事項、Xはそれ以外の確認、Dは移動先に指定できるかどうかの判定です。`npm run docs:rules` でルールの登録簿から生成しています。',
    columns: '| ルール | 名前 | 対象 | 移動方法 | 該当する条件 |',
    source: '出典',
    all: 'すべて',
    destination: '移動先の判定',
    platform: '仮想化ソフトウェア自身の確認',
  },
} as const;

/** The rule reference of one language, as Markdown. One heading per rule, so that findings can link to it. */
export const ruleReference = (language: Language): string => {
  const word = words[language];
  const rows: string[] = [];
  const sections: string[] = [];
  const add = (id: RuleId, name: string, platforms: string, methods: string, source: string) => {
    rows.push(`| [${id}](#${id.toLowerCase()}) | ${name} | ${platforms} | ${methods} | ${conditions[id][language]} |`);
    sections.push(`## ${id}\n\n${conditions[id][language]}\n\n${word.source}: ${source}`);
  };
  for (const rule of destinationRules) add(rule.id as RuleId, word.destination, word.all, word.all, rule.source);
  add(
    'D4',
    word.destination,
    word.all,
    word.all,
    '複数の仮想ホストをマイグレーションする場合は,同一のリソースプール内にだけ移動できます。',
  );
  for (const rule of precautions) {
    const platforms = rule.platforms.map((platform) => common[language].platforms[platform]).join(', ');
    const methods = rule.methods.map((method) => `\`${method}\``).join(', ');
    add(rule.id as RuleId, `\`${rule.name}\``, platforms, methods, rule.source);
  }
  add(
    'X20',
    word.platform,
    word.all,
    '`hot`, `cold-direct`, `cold-evacuate`',
    'vSphere API, VirtualMachineProvisioningChecker, OvfManager',
  );
  const table = [word.columns, '|---|---|---|---|---|', ...rows].join('\n');
  return `# ${word.title}\n\n${word.intro}\n\n${table}\n\n${sections.join('\n\n')}\n`;
};

/** Where each language's reference lies. */
export const referenceFiles: Readonly<Record<Language, URL>> = {
  en: new URL('../docs/rules.md', import.meta.url),
  ja: new URL('../docs/rules.ja.md', import.meta.url),
};

if (import.meta.main) {
  mkdirSync(new URL('../docs/', import.meta.url), { recursive: true });
  for (const language of ['en', 'ja'] as const) writeFileSync(referenceFiles[language], ruleReference(language));
}
