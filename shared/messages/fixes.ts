import type { FixedDevice, FixKind, FixState } from '../domain/fix.ts';
import { topic } from './topic.ts';

const named = ({ label, medium }: FixedDevice): string => (medium === null ? label : medium);

interface KindTexts {
  /** On the button. */
  readonly offer: string;
  readonly act: string;
  /** What will happen, before anybody agrees. */
  readonly question: (vm: string, devices: readonly FixedDevice[]) => string;
  readonly done: (vm: string, device: FixedDevice) => string;
  /** What is left to do for a person afterwards. */
  readonly followUp: (device: FixedDevice) => string;
}

interface FixTexts {
  readonly kinds: Readonly<Record<FixKind, KindTexts>>;
  readonly goesToList: string;
  readonly applying: string;
  readonly failed: string;
  readonly yesNo: string;
  readonly needsYes: string;
  readonly nothingToFix: (vm: string, rule: string) => string;
  readonly columns: readonly string[];
  readonly states: Readonly<Record<FixState, string>>;
  readonly none: string;
  readonly noneAtAll: string;
  readonly tickedOff: (label: string, vm: string) => string;
}

/** Taking media and devices out of stopped VMs, and what is left to do afterwards. */
export const fixes = topic<FixTexts>({
  en: {
    kinds: {
      'eject-iso': {
        offer: 'Eject the ISO…',
        act: 'Eject',
        question: (vm, devices) => `Eject ${devices.map(named).join(', ')} from ${vm}?`,
        done: (vm, device) => `Ejected ${named(device)} from ${device.label} of ${vm}.`,
        followUp: (device) => `Mount ${named(device)} again in ${device.label}`,
      },
      'empty-floppy': {
        offer: 'Set the floppy to no media…',
        act: 'Set to no media',
        question: (vm, devices) => `Take ${devices.map(named).join(', ')} out of the floppy drive of ${vm}?`,
        done: (vm, device) => `Took ${named(device)} out of ${device.label} of ${vm}.`,
        followUp: (device) => `Insert ${named(device)} again in ${device.label}`,
      },
      'remove-usb': {
        offer: 'Disconnect the USB device…',
        act: 'Disconnect',
        question: (vm, devices) => `Disconnect ${devices.map(named).join(', ')} from ${vm}?`,
        done: (vm, device) => `Disconnected ${device.label} from ${vm}.`,
        followUp: (device) => `Connect ${device.label} again`,
      },
    },
    goesToList: 'What is taken out is kept in the follow-up list, so that it can be put back afterwards.',
    applying: 'Changing…',
    failed: 'The VM was not changed as asked.',
    yesNo: '(y/n)',
    needsYes: 'nobody is there to answer; --yes agrees in advance',
    nothingToFix: (vm, rule) => `${vm} has nothing that ${rule} speaks of.`,
    columns: ['NUMBER', 'VM', 'STATE', 'TO DO', 'CHANGED BY', 'TIME'],
    states: { unknown: 'outcome not known: look at the VM', applied: 'to do', failed: 'not changed', done: 'done' },
    none: 'Nothing is left to put back.',
    noneAtAll: 'The console has not changed any VM.',
    tickedOff: (label, vm) => `${label} (${vm}) is done.`,
  },
  ja: {
    kinds: {
      'eject-iso': {
        offer: 'ISO を取り出す…',
        act: '取り出す',
        question: (vm, devices) => `${vm} から ${devices.map(named).join('、')} を取り出しますか？`,
        done: (vm, device) => `${vm} の ${device.label} から ${named(device)} を取り出しました。`,
        followUp: (device) => `${device.label} に ${named(device)} を再度マウントする`,
      },
      'empty-floppy': {
        offer: 'フロッピーを「メディアなし」にする…',
        act: '「メディアなし」にする',
        question: (vm, devices) => `${vm} のフロッピードライブから ${devices.map(named).join('、')} を取り出しますか？`,
        done: (vm, device) => `${vm} の ${device.label} から ${named(device)} を取り出しました。`,
        followUp: (device) => `${device.label} に ${named(device)} を再度挿入する`,
      },
      'remove-usb': {
        offer: 'USB デバイスを切断する…',
        act: '切断する',
        question: (vm, devices) => `${vm} から ${devices.map(named).join('、')} を切断しますか？`,
        done: (vm, device) => `${vm} から ${device.label} を切断しました。`,
        followUp: (device) => `${device.label} を再度接続する`,
      },
    },
    goesToList: '取り外したものは後で元に戻せるよう、フォローアップ一覧に残ります。',
    applying: '変更しています…',
    failed: '仮想マシンは指定どおりに変更されませんでした。',
    yesNo: '(y/n)',
    needsYes: '応答する人がいません。--yes で事前に同意できます',
    nothingToFix: (vm, rule) => `${vm} に ${rule} の対象はありません。`,
    columns: ['番号', '仮想マシン', '状態', '残りの作業', '変更した人', '日時'],
    states: { unknown: '結果不明: 仮想マシンを確認', applied: '未完了', failed: '変更なし', done: '完了' },
    none: '元に戻すものはありません。',
    noneAtAll: 'このコンソールで変更した仮想マシンはありません。',
    tickedOff: (label, vm) => `${label}（${vm}）を完了にしました。`,
  },
});
