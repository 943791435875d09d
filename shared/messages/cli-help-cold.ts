import { topic } from './topic.ts';

/** Help on evacuation images, what waits for a person, and limits; the rest is in `cli-help.ts`. */
export const coldHelp = topic({
  en: {
    limits: `vmmigrate limits: how much is done at the same time

  limits                      all limits
  limits [--per-host N] [--per-datastore N] [--per-folder N] [--files-per-vm N]
                              1 to 32; tasks that wait begin as far as the new limits allow`,
    folders: `vmmigrate folders: where evacuation images are kept

  folders                     all folders, measured now: free, promised to tasks, kept free, and what is wrong with them
  folders add <path> [--floor 10GB]
      Tries whether it can be written. A local path, a mounted one or a UNC share.
      --floor size            what is never used; otherwise a twentieth of the volume, 10 GB at the most
  folders remove <path>       takes it from the list; what is in it stays. Not while an open task uses it.`,
    images: `vmmigrate images: evacuation images in these folders

  images [--folder <path>]    all images, newest first; incomplete and damaged ones are told as such
  images verify <image> [--folder <path>]
      Reads everything and compares it with the manifest. Exit code 1 when it is damaged.
  images delete <image> [--folder <path>] [--yes]
      For good. Asks once more; --yes agrees in advance. Not while an open task uses it.`,
    restore: `vmmigrate restore: a VM out of its evacuation image

  restore <image> --to <pool>
      <image>                   its name as vmmigrate images shows it
      --folder path             the folder it lies in, when several have one of that name
      --host h, --datastore d   otherwise the platform chooses
      --network old=new         adapters on the network old get the network new; may be repeated. Otherwise the
                                network of the same name
      --keep-image              keeps the image; otherwise it is deleted once the VM is complete, with the parked source
      --no-power-on             leaves the VM powered off
      --acknowledge RULE="why"  accept a warning; may be repeated; kept in the task log
      --dry-run                 checks everything and starts nothing
      --wait s                  how long to wait for a platform that does not answer any more, seconds (otherwise 120)`,
    recover: `vmmigrate recover: cold migrations that did not end by themselves

  recover [--offline]  every task that waits for a decision: what is known of source, image and restored VM, looked at
                       now, and which steps are safe
  recover <task>       the same of one task
  recover <task> --action <action>
      resume             goes on from the step where it stopped
      roll-back          the source gets its name back; what was begun at the destination, and the image, are removed
      restore-to-origin  makes the VM anew where it was, from the image, and leaves it powered off
      restore-elsewhere  makes it in another place: --to <pool> [--host h] [--datastore d] [--network old=new]
      keep-image         ends the task, as failed; source and image stay as they are, the rest is removed
      What is not safe now is refused (exit code 3). A step that deletes asks once more; --yes agrees in advance.
      --wait s           how long to wait for a platform that does not answer any more, seconds (otherwise 120)
      Exit code 0: the task ended as the action means it; 1: it failed, or waits for a decision again.
  lost [--site s] [--offline]
      Compares images, task log and inventories, and names the next safe step for what does not fit together.
      Exit code 0, whether something was found or not; --json tells what.`,
  },
  ja: {
    limits: `vmmigrate limits: 同時に実行する数

  limits                      すべての上限を表示
  limits [--per-host N] [--per-datastore N] [--per-folder N] [--files-per-vm N]
                              1～32。待機中のタスクは新しい上限の範囲で始まります`,
    folders: `vmmigrate folders: 退避イメージの格納先

  folders                     すべてのフォルダ。空き、タスクの予約、確保分、問題の有無をその場で確認
  folders add <パス> [--floor 10GB]
      書き込みを確認して登録します。ローカル、マウント先、UNC 共有のいずれか。
      --floor サイズ          使用せずに残す容量。指定がなければボリュームの 20 分の 1(最大 10 GB)
  folders remove <パス>       一覧から外す。中身は残る。未完了のタスクが使用している間は外せない`,
    images: `vmmigrate images: フォルダにある退避イメージ

  images [--folder <パス>]    すべての退避イメージを新しい順に表示。未完成や破損も区別して表示
  images verify <退避イメージ> [--folder <パス>]
      すべてを読み取り、マニフェストと照合します。破損している場合は終了コード 1。
  images delete <退避イメージ> [--folder <パス>] [--yes]
      完全に削除します。実行前に確認します。--yes で事前に同意できます。未完了のタスクが使用している間は削除できません。`,
    restore: `vmmigrate restore: 退避イメージから仮想マシンを復元する

  restore <イメージ> --to <プール>
      <イメージ>                  vmmigrate images に表示される名前
      --folder パス               同じ名前が複数のフォルダにある場合の格納フォルダ
      --host ホスト、--datastore データストア  指定がなければ仮想化ソフトウェアが選ぶ
      --network 旧=新             ネットワーク「旧」のアダプタに「新」を割り当てる。繰り返し指定可。
                                  指定がなければ同じ名前のネットワーク
      --keep-image                退避イメージを残す。既定では VM の完成後に、保留中の移動元とともに削除する
      --no-power-on               電源を入れない
      --acknowledge ルール="理由" 警告を確認する。繰り返し指定可。タスクログに残る
      --dry-run                   チェックだけを行い、何も開始しない
      --wait 秒                   応答しなくなった仮想化ソフトウェアを待つ時間(既定は 120 秒)`,
    recover: `vmmigrate recover: 自動では完了しなかったコールドマイグレーション

  recover [--offline]  判断を待っているすべてのタスク。移動元、退避イメージ、復元した VM の現在の状態と、安全な手順を表示
  recover <タスク>     一つのタスクについて表示
  recover <タスク> --action <手順>
      resume             停止した手順から続ける
      roll-back          移動元を元の名前に戻し、移動先で作成途中のものと退避イメージを削除する
      restore-to-origin  退避イメージから元の場所に作成し直す
      restore-elsewhere  別の場所に作成する: --to <プール> [--host ホスト] [--datastore データストア] [--network 旧=新]
      keep-image         タスクを失敗として終了する。移動元と退避イメージは現状のまま残り、作成途中のものは削除される
      現在安全でない手順は拒否されます(終了コード 3)。削除を伴う手順は確認します。--yes で事前に同意できます。
      --wait 秒          応答しなくなった仮想化ソフトウェアを待つ時間(既定は 120 秒)
      終了コード 0: 手順の意図どおりに終了、1: 失敗、または再び判断待ち。
  lost [--site サイト] [--offline]
      退避イメージ、タスクログ、インベントリを照合し、一致しないものについて次の安全な手順を表示します。
      見つかったかどうかにかかわらず終了コードは 0。内容は --json で取得できます。`,
  },
});
