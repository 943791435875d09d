import { describe, expect, test } from 'vitest';
import { fluentTheme, type ThemeName } from '../../../renderer/theme/fluent-theme.ts';

const channel = (hex: string): number => {
  const part = Number.parseInt(hex, 16) / 255;
  return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
};

/** Relative luminance of `#rrggbb`, as WCAG 2 defines it. */
const luminance = (color: string): number => {
  const [, red, green, blue] = /^#(..)(..)(..)$/u.exec(color) ?? [];
  if (red === undefined || green === undefined || blue === undefined) throw new Error(`${color} is not a plain colour`);
  return 0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue);
};

const contrast = (one: string, other: string): number => {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
};

const texts = ['colorNeutralForeground1', 'colorNeutralForeground2', 'colorNeutralForeground3'] as const;
const grounds = [
  'colorNeutralBackground1',
  'colorNeutralBackground2',
  'colorNeutralBackground3',
  'colorNeutralBackground4',
  'colorNeutralBackground1Hover',
  'colorNeutralBackground1Selected',
] as const;
const pairs = [
  ['colorNeutralForegroundOnBrand', 'colorBrandBackground'],
  ['colorBrandForeground1', 'colorNeutralBackground1'],
  ['colorBrandForegroundLink', 'colorNeutralBackground1'],
  ['colorStatusSuccessForeground1', 'colorStatusSuccessBackground1'],
  ['colorStatusWarningForeground1', 'colorStatusWarningBackground1'],
  ['colorStatusDangerForeground1', 'colorStatusDangerBackground1'],
  ['colorStatusWarningForeground1', 'colorNeutralBackground2'],
  ['colorStatusDangerForeground1', 'colorNeutralBackground2'],
] as const;

describe.each(['light', 'dark'] as const satisfies readonly ThemeName[])('the %s theme can be read', (name) => {
  const theme = fluentTheme(name, 'en');

  test.each(texts.flatMap((text) => grounds.map((ground) => [text, ground] as const)))('%s on %s', (text, ground) => {
    expect(contrast(theme[text], theme[ground])).toBeGreaterThanOrEqual(4.5);
  });

  test.each(pairs)('%s on %s', (text, ground) => {
    expect(contrast(theme[text], theme[ground])).toBeGreaterThanOrEqual(4.5);
  });

  test('edges of controls stand out', () => {
    expect(contrast(theme.colorNeutralStrokeAccessible, theme.colorNeutralBackground1)).toBeGreaterThanOrEqual(3);
  });
});
