import { topic } from './topic.ts';

/** Settings menu, what the application is, and the notice about the runtime it runs in. */
export const settings = topic({
  en: {
    settings: 'Settings',
    language: 'Language',
    languages: { system: 'As the system', en: 'English', ja: '日本語' },
    theme: 'Appearance',
    themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
    about: 'About VM Migration Console',
    version: (version: string) => `Version ${version}`,
    runtime: (electron: string) => `Electron ${electron}`,
    evaluationTitle: 'Evaluation runtime',
    evaluationText: (electron: string) =>
      `The official Electron could not be downloaded on this machine, so the window runs in an older one (${electron}), for evaluation only. For daily use, install the console with the official one, which gets security updates.`,
    hideNotice: 'Hide this notice',
  },
  ja: {
    settings: '設定',
    language: '言語',
    languages: { system: 'システムに合わせる', en: 'English', ja: '日本語' },
    theme: '外観',
    themes: { system: 'システムに合わせる', light: 'ライト', dark: 'ダーク' },
    about: 'VM Migration Console について',
    version: (version) => `バージョン ${version}`,
    runtime: (electron) => `Electron ${electron}`,
    evaluationTitle: '評価用ランタイム',
    evaluationText: (electron) =>
      `公式の Electron をダウンロードできなかったため、評価用の古いランタイム（${electron}）で動作しています。日常の運用には、セキュリティ更新のある公式ランタイムで導入してください。`,
    hideNotice: 'この通知を隠す',
  },
});
