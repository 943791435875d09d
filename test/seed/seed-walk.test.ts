import { describe, expect, it } from 'vitest';
import { scenarios } from '../../electron/hypervisors/lab/scenarios.ts';
import type { Platform } from '../../shared/domain/platform.ts';
import { precautions } from '../../shared/rules/registry.ts';
import { rulesThatSpeak } from '../support/lab-rules.ts';

/*
 * The precautions of the seed document (section 2.7.2, (3)), sentence by sentence and in its order. Each is one rule,
 * and the lab has a move that provokes it and a move like it that does not.
 */
interface Sentence {
  readonly says: string;
  readonly ruleId: string;
  readonly platform: Platform;
}

const sentences: readonly Sentence[] = [
  { says: 'ゲストクラスタのノードは…動作は保障されません', ruleId: 'S1', platform: 'hyperv' },
  { says: 'USBデバイスを構成していると,コールドマイグレーションが失敗します', ruleId: 'S2', platform: 'vmware' },
  { says: 'チェックポイントが作成されます。…移動先の仮想ホストに引き継がれます', ruleId: 'S3', platform: 'hyperv' },
  { says: '仮想ホストのサイズが退避実行前よりも大きくなります', ruleId: 'S4', platform: 'hyperv' },
  { says: 'ネットワークアダプタが接続されていない状態になります', ruleId: 'S5', platform: 'hyperv' },
  { says: 'ISOイメージは復元されません', ruleId: 'S6', platform: 'hyperv' },
  { says: 'ISOイメージは復元されません', ruleId: 'S6', platform: 'vmware' },
  { says: 'バーチャルフロッピーディスクを使用したまま…エラーとなり操作が失敗します', ruleId: 'S7', platform: 'hyperv' },
  { says: 'パススルーディスクを持つ仮想ホストを…エラーとなり操作が失敗します', ruleId: 'S8', platform: 'hyperv' },
  { says: '退避イメージ格納フォルダに十分な空き容量が必要', ruleId: 'S9', platform: 'vmware' },
  { says: '退避イメージ格納フォルダに十分な空き容量が必要', ruleId: 'S9', platform: 'hyperv' },
  { says: 'VLANIDが4095で,移動先の仮想スイッチが分散仮想スイッチである', ruleId: 'S10', platform: 'vmware' },
  { says: '同じ値のセカンダリVLANIDが…プライベートVLANポートグループが存在しない', ruleId: 'S11', platform: 'vmware' },
  { says: '退避は成功しているため仮想ホストはVMware上から削除されています', ruleId: 'S14', platform: 'vmware' },
  { says: 'ダイナミックメモリに対応していないと,エラーとなり操作が失敗します', ruleId: 'S13', platform: 'hyperv' },
  {
    says: 'Raw Device Mappingのデバイスを構成していると,コールドマイグレーションが失敗します',
    ruleId: 'S12',
    platform: 'vmware',
  },
];

describe('the seed, sentence by sentence', () => {
  it.each(sentences)('$ruleId on $platform: $says', ({ says, ruleId, platform }) => {
    const rule = precautions.find((each) => each.id === ruleId);
    for (const part of says.split('…')) expect(rule?.source).toContain(part);

    const shown = scenarios.filter((scenario) => scenario.ruleId === ruleId && scenario.platform === platform);
    expect(shown.length).toBeGreaterThan(0);
    for (const { provoking, innocent } of shown) {
      expect(rulesThatSpeak(platform, provoking)).toContain(ruleId);
      expect(rulesThatSpeak(platform, innocent)).not.toContain(ruleId);
    }
  });

  it('leaves out no rule of the seed', () => {
    const walked = new Set(sentences.map((sentence) => sentence.ruleId));
    expect([...walked].sort()).toEqual(
      precautions
        .map((rule) => rule.id)
        .filter((id) => id.startsWith('S'))
        .sort(),
    );
  });
});
