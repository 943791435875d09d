import { coldHelp } from './cli-help-cold.ts';
import { topic } from './topic.ts';

const codes = {
  en: `Exit codes (they never change their meaning):
    0  done
    1  failed: a task failed, or the console met an error
    2  the command was not understood, or a name fits nothing or several things
    3  blocked: a precaution forbids the move, or a recovery step is not safe now; nothing was started
    4  warnings are not acknowledged; nothing was started
    5  a site cannot be reached, its certificate is not accepted, or it refused the log-in
    6  the outcome is not known yet; it is found out at the next connection
  130  interrupted or cancelled`,
  ja: `終了コード(意味は変わりません):
    0  完了
    1  失敗: タスクの失敗、またはコンソールのエラー
    2  コマンドを解釈できない、または名前に該当するものがないか複数ある
    3  実行不可: 注意事項により移動できない、または回復の手順が現在安全でない。何も開始していない
    4  警告が確認されていない。何も開始していない
    5  サイトに接続できない、証明書が受け入れられていない、またはログインを拒否された
    6  結果がまだ不明。次の接続時に確認する
  130  中断またはキャンセル`,
};

/** The texts of `--help`. Names of commands and options are the same in every language. */
export const cliHelp = topic({
  en: {
    main: `vmmigrate: move virtual machines between resource pools, from the command line

  vmmigrate site add <address> --user <name> [--name n] [--kind vsphere] [--port 443] [--fingerprint AA:BB:…]
  vmmigrate site add --lab                     the built-in lab: both platforms, no network, no password
  vmmigrate site list | test <site> | remove <site> [--yes]
  vmmigrate inventory [search…] [--site s] [--refresh | --offline] [--list]
  vmmigrate check <vm…> --to <pool> [--offline] [--csv]
  vmmigrate findings [search…] [--csv]         which VMs cannot move, and why; finding:rdm looks for one reason
  vmmigrate migrate <vm…> --to <pool> [--folder path] [--dry-run] [--at-a-time n] [--acknowledge RULE="reason"]…
  vmmigrate evacuate <vm…> --folder <path>     stopped VMs become images; nothing is restored
  vmmigrate tasks [list | show <task> | export | cancel <task> | rerun <task>]
  vmmigrate folders [add <path> [--floor 10GB] | remove <path>]   where evacuation images are kept
  vmmigrate limits [--per-host N] …                                how much is done at the same time
  vmmigrate images [verify <image> | delete <image> [--yes]]
  vmmigrate restore <image> --to <pool>        a VM out of its evacuation image
  vmmigrate recover [<task> [--action roll-back|resume|…]]   cold migrations that wait for a decision
  vmmigrate lost                               VMs that are only an image, parked without a task, or there twice
  vmmigrate lock <vm…> --reason "why" | unlock <vm…> | locks
  vmmigrate waive <vm> <rule> --reason "why" --until <day> | unwaive <vm> <rule> | waivers
  vmmigrate mark-guest-cluster [<vm…>] [--off]
  vmmigrate fix <vm> S6|S7|S2 [--yes] | fixes [--done <number>]
  vmmigrate follow-ups [--all] [--done <number>]   what is left to people after tasks and fixes
  vmmigrate demo                               a hot migration in the lab; needs nothing, leaves nothing

  vmmigrate <command> --help tells more about a command.

Everywhere:
  --json            the result as JSON on the standard output; notes go to the error output
  --language en|ja  otherwise VM_CONSOLE_LANGUAGE, then the language of the system
  --password-stdin  read the password from the standard input; otherwise the environment variable
                    VMMIGRATE_PASSWORD, otherwise a prompt. Never an argument: others could read it.
  VM_CONSOLE_DATA_DIR  another folder for the data; the window and the command line share one

Names: a VM or pool by its name, or by as much of its path as makes it unique:
  web-01    pool-a    Cluster0/pool-a    vc-tokyo/DC0/Cluster0/pool-a

${codes.en}`,
    site: `vmmigrate site: the management servers the console knows

  site add <address> --user <name> [--name n] [--kind vsphere] [--port 443]
      Reads the server's certificate, logs in, and saves the site; nothing is saved when that fails.
      A certificate the machine does not trust is shown, and you are asked.
      --fingerprint AA:BB:…  accept exactly the certificate with this SHA-256 fingerprint, without asking
  site add --lab             adds the built-in lab
  site list                  all sites, with the age of their data
  site test <site>           connects and says what answers
  site remove <site> [--yes] forgets the site and its data; its tasks stay in the task log`,
    inventory: `vmmigrate inventory: what is there

  inventory [search…] [--site s] [--refresh | --offline] [--list]
      Shows what was read last, and its age. A site that was never read is read first.
      --refresh  connects and reads everything anew
      --offline  never connects
      --list     a list instead of a tree; a search always gives a list
      search     pool:web state:off host:esx01 cluster:prod site:tokyo kind:vm finding:rdm, and parts of names; all must
                 hold. What finding: takes is told by vmmigrate findings --help`,
    check: `vmmigrate check: what stands against a move

  check <vm…> --to <pool> [--host h] [--datastore d] [--network old=new] [--input file] [--offline] [--csv]
      All precautions, on facts read now. With --offline on the facts read last.
      --csv  the findings as a table for spreadsheets; a VM without any has a line, too
      Exit code 0: nothing, or waived; 3: a blocker; 4: warnings to acknowledge.`,
    findings: `vmmigrate findings: which VMs cannot move, and why

  findings [search…] [--site s] [--refresh | --offline] [--csv]
      What stands against moving each VM anywhere, on the facts read last: its state, its devices, and what people said
      of it. Without a search: what blocks VMs as they are now.
      finding:rdm      VMs with that finding, now or once they are stopped or started; by the number of the rule (s12),
                       its name (raw-device-mapping, usb, iso, vlan…) or another word for it (rdm, ft, pci, template…)
      finding:blocker  by severity; also warning, info, undetermined, waived, any
      Together with the search of vmmigrate inventory: finding:usb pool:prod state:off. All must hold.
      --refresh  connects and reads everything anew
      --offline  never connects`,
    lock: `vmmigrate lock: VMs that must not be moved

  lock <vm…> --reason "why"  nobody moves these VMs, from the window or the command line, until the lock is lifted (X19)
  unlock <vm…>               lifts the lock
  locks [--history]          who locked what and why; with --history everything that was ever locked, marked or waived
      Your name, as the operating system knows it, and the time are kept for good.`,
    waive: `vmmigrate waive: accept a warning in advance

  waive <vm> <rule> --reason "why" --until <day>
      The warnings of that rule (S6, or its name: mounted-iso) need no acknowledgement for this VM until then. They stay
      visible, and a blocker stays a blocker.
      --until    2026-03-31 (that day is the last one), 2026-03-31T18:00, or a time from now: 12h, 30d, 8w
      --any-vm   for any VM of a site, instead of <vm>: waive --any-vm --site <site> <rule> …
  unwaive <vm> <rule>  withdraws it; or unwaive --any-vm --site <site> <rule>
  waivers              what is waived, by whom and until when`,
    'mark-guest-cluster': `vmmigrate mark-guest-cluster: nodes of guest clusters that Hyper-V does not show as such

  mark-guest-cluster <vm…>        a move of the VM then warns that the cluster may not work afterwards (S1)
  mark-guest-cluster <vm…> --off  takes the mark off
  mark-guest-cluster              lists the marked VMs`,
    fix: `vmmigrate fix: take out what keeps a stopped VM from a cold migration

  fix <vm> S6  ejects the mounted ISO image
  fix <vm> S7  sets the floppy drive to no media
  fix <vm> S2  disconnects the USB device
      Shows what is there and asks first; --yes agrees in advance. Only for VMs that are powered off. What was there
      before is written down first and kept for good.
  fixes                  what is left to put back; --all also what is done or failed
  fixes --done <number>  ticks it off; follow-ups lists this together with what tasks left`,
    'follow-ups': `vmmigrate follow-ups: what is left to people

  follow-ups                  what is to do after cold migrations (T-12: mount the ISO again, delete the checkpoint …)
                              and after fix (F-3: put back what was taken out), newest first; however old it is
  follow-ups --all            also what is done or came to nothing
  follow-ups --done <number>  ticks off everything of T-12, or of F-3; your name and the time are kept with it
      Exit code 0: listed, or ticked off, also when it was before; 2: nothing of that number was left.`,
    migrate: `vmmigrate migrate: move VMs to one pool

  migrate <vm…> --to <pool>
      --host h                  the host to run on; otherwise the platform chooses
      --datastore d             the datastore to lie on; otherwise it stays where the platform keeps it
      --network old=new         adapters on the network old get the network new; may be repeated
      --acknowledge RULE="why"  accept a warning, for example S6="ISO not needed"; may be repeated; kept in the task log
      --at-a-time n             how many of these VMs move at the same time (1-16, otherwise 2)
      Running VMs move hot. Stopped VMs move cold: exported to the evacuation image folder, restored, powered on.
      --folder path             the evacuation image folder; otherwise the only one that can be used
      --method cold-direct      the platform relocates stopped VMs by itself, without an image; otherwise cold-evacuate
      --delete-before-restore   deletes the source once its image is verified, before the restore; otherwise it stays
                                parked until the restored VM runs
      --keep-image              keeps the image when the VM is restored; otherwise it is deleted
      --no-power-on             leaves the restored VM powered off
      --input file              names of more VMs, one a line; # begins a comment; - reads the standard input
      --dry-run                 checks everything and starts nothing
      --wait s                  how long to wait for a platform that does not answer any more, seconds (otherwise 120)
      Ctrl+C asks the platform to cancel; a second time stops watching, and the moves go on.`,
    evacuate: `vmmigrate evacuate: stopped VMs become images, and nothing is restored

  evacuate <vm…> --folder <path>
      --folder path             the evacuation image folder; otherwise the only one that can be used
      --delete-before-restore   deletes the source once its image is verified; otherwise it stays, parked
      --acknowledge RULE="why"  accept a warning; may be repeated; kept in the task log
      --at-a-time n             how many of these VMs are evacuated at the same time (1-16, otherwise 2)
      --input file              names of more VMs, one a line; # begins a comment; - reads the standard input
      --dry-run                 checks everything and starts nothing
      --wait s                  how long to wait for a platform that does not answer any more, seconds (otherwise 120)`,
    tasks: `vmmigrate tasks: the task log

  tasks [list] [--state running] [--limit 50]
  tasks show <task>                              everything that was written down, step by step
  tasks export [--format csv|json] [--output file]
  tasks cancel <task>
  tasks rerun <task>                             tries again what was not achieved, as a new task`,
    ...coldHelp.en,
    demo: `vmmigrate demo: a hot and a cold migration in the built-in lab

  Needs no server, no password and no network, and leaves nothing behind. Takes about ten seconds.`,
  },
  ja: {
    main: `vmmigrate: コマンドラインから仮想マシンをリソースプール間で移動します

  vmmigrate site add <アドレス> --user <ユーザー名> [--name 名前] [--kind vsphere] [--port 443] [--fingerprint AA:BB:…]
  vmmigrate site add --lab                     内蔵ラボ: 両方の仮想化ソフトウェア、ネットワークもパスワードも不要
  vmmigrate site list | test <サイト> | remove <サイト> [--yes]
  vmmigrate inventory [検索…] [--site サイト] [--refresh | --offline] [--list]
  vmmigrate check <VM…> --to <プール> [--offline] [--csv]
  vmmigrate findings [検索…] [--csv]           移動できない仮想マシンとその理由。finding:rdm で理由を指定
  vmmigrate migrate <VM…> --to <プール> [--folder パス] [--dry-run] [--at-a-time 数] [--acknowledge ルール="理由"]…
  vmmigrate evacuate <VM…> --folder <パス>     停止中の VM を退避イメージにする。復元はしない
  vmmigrate tasks [list | show <タスク> | export | cancel <タスク> | rerun <タスク>]
  vmmigrate folders [add <パス> [--floor 10GB] | remove <パス>]   退避イメージの格納先
  vmmigrate limits [--per-host N] …                                同時に実行する数
  vmmigrate images [verify <退避イメージ> | delete <退避イメージ> [--yes]]
  vmmigrate restore <イメージ> --to <プール>   退避イメージから仮想マシンを復元する
  vmmigrate recover [<タスク> [--action roll-back|resume|…]]  判断を待っているコールドマイグレーション
  vmmigrate lost                               退避イメージだけの VM、タスクのない保留中の VM、二重に存在する VM
  vmmigrate lock <VM…> --reason "理由" | unlock <VM…> | locks
  vmmigrate waive <VM> <ルール> --reason "理由" --until <日付> | unwaive <VM> <ルール> | waivers
  vmmigrate mark-guest-cluster [<VM…>] [--off]
  vmmigrate fix <VM> S6|S7|S2 [--yes] | fixes [--done <番号>]
  vmmigrate follow-ups [--all] [--done <番号>]  タスクや fix の後に残った作業
  vmmigrate demo                               ラボでのホットマイグレーション。何も必要とせず、何も残しません

  各コマンドの詳細は vmmigrate <コマンド> --help で表示します。

共通:
  --json            結果を JSON で標準出力に書く。その他は標準エラー出力に書く
  --language en|ja  指定がなければ VM_CONSOLE_LANGUAGE、次にシステムの言語
  --password-stdin  パスワードを標準入力から読む。指定がなければ環境変数 VMMIGRATE_PASSWORD、
                    それもなければ入力を求める。引数では受け付けない(他のユーザーに見えるため)
  VM_CONSOLE_DATA_DIR  データを置く別のフォルダ。ウィンドウとコマンドラインで共有する

名前: 仮想マシンやプールは、名前、または一意になるまでのパスで指定します。
  web-01    pool-a    Cluster0/pool-a    vc-tokyo/DC0/Cluster0/pool-a

${codes.ja}`,
    site: `vmmigrate site: コンソールに登録する管理サーバ

  site add <アドレス> --user <ユーザー名> [--name 名前] [--kind vsphere] [--port 443]
      証明書を読み取り、ログインしてからサイトを保存します。失敗した場合は何も保存しません。
      信頼されていない証明書は表示して確認します。
      --fingerprint AA:BB:…  この SHA-256 フィンガープリントの証明書だけを、確認せずに受け入れる
  site add --lab             内蔵ラボを追加する
  site list                  すべてのサイトと、データの古さ
  site test <サイト>         接続し、応答したサーバを表示する
  site remove <サイト> [--yes] サイトとそのデータを削除する。タスクはタスクログに残る`,
    inventory: `vmmigrate inventory: インベントリの表示

  inventory [検索…] [--site サイト] [--refresh | --offline] [--list]
      最後に取得した内容とその古さを表示します。未取得のサイトは先に取得します。
      --refresh  接続して、すべて取得し直す
      --offline  接続しない
      --list     ツリーではなく一覧にする。検索すると常に一覧になる
      検索       pool:web state:off host:esx01 cluster:prod site:tokyo kind:vm と名前の一部。すべてに一致するもの`,
    check: `vmmigrate check: 移動の妨げになるものの確認

  check <VM…> --to <プール> [--host ホスト] [--datastore データストア] [--network 旧=新] [--input ファイル] [--offline] [--csv]
      すべての注意事項を、今取得した情報で確認します。--offline では最後に取得した情報で確認します。
      --csv  結果を表計算ソフト用の表で出力する。問題のない仮想マシンも 1 行になる
      終了コード 0: 問題なし、または免除済み、3: 実行不可、4: 確認が必要な警告あり。`,
    findings: `vmmigrate findings: 移動できない仮想マシンとその理由

  findings [検索…] [--site サイト] [--refresh | --offline] [--csv]
      各仮想マシンの移動を妨げるもの(状態、デバイス、登録された内容)を、最後に取得した情報で表示します。
      検索を指定しない場合は、現在の状態で実行不可となるものを表示します。
      finding:rdm      その理由に該当する仮想マシン(停止後または起動後に該当するものを含む)。
                       ルールの番号(s12)、名前(raw-device-mapping、usb、iso、vlan など)、別名(rdm、ft、pci、template など)で指定
      finding:blocker  重要度で指定。warning、info、undetermined、waived、any も指定可
      vmmigrate inventory の検索と併用可: finding:usb pool:prod state:off。すべてに一致するもの
      --refresh  接続して、すべて取得し直す
      --offline  接続しない`,
    lock: `vmmigrate lock: 移動してはならない仮想マシン

  lock <VM…> --reason "理由"  ロックを解除するまで、ウィンドウからもコマンドラインからも移動されません(X19)
  unlock <VM…>                ロックを解除する
  locks [--history]           ロックした人と理由。--history ではこれまでのロック、登録、免除のすべて
      OS のユーザー名と日時が記録に残ります。`,
    waive: `vmmigrate waive: 警告を事前に了承する

  waive <VM> <ルール> --reason "理由" --until <期限>
      期限まで、この仮想マシンではそのルール(S6、または名前: mounted-iso)の警告の確認が不要になります。
      警告の表示は残り、実行不可の判定は変わりません。
      --until    2026-03-31(その日を含む)、2026-03-31T18:00、または今からの期間: 12h、30d、8w
      --any-vm   <VM> の代わりにサイトのすべての仮想マシン: waive --any-vm --site <サイト> <ルール> …
  unwaive <VM> <ルール>  取り消す。または unwaive --any-vm --site <サイト> <ルール>
  waivers                免除の内容、免除した人、期限`,
    'mark-guest-cluster': `vmmigrate mark-guest-cluster: Hyper-V から判別できないゲストクラスタのノード

  mark-guest-cluster <VM…>        移動時に、クラスタとしての動作が保証されないことを警告します(S1)
  mark-guest-cluster <VM…> --off  登録を取り消す
  mark-guest-cluster              登録された仮想マシンの一覧`,
    fix: `vmmigrate fix: コールドマイグレーションの妨げになるものを、停止中の仮想マシンから取り外す

  fix <VM> S6  マウントされた ISO イメージを取り出す
  fix <VM> S7  フロッピードライブを「メディアなし」にする
  fix <VM> S2  USB デバイスを切断する
      現在の内容を表示して確認します。--yes で事前に同意できます。電源がオフの仮想マシンだけが対象です。
      変更前の内容は先に記録され、残り続けます。
  fixes                元に戻すものの一覧。--all では完了したものと失敗したものも表示
  fixes --done <番号>  完了にする。タスクが残した作業との一覧は follow-ups で表示`,
    'follow-ups': `vmmigrate follow-ups: 残りの作業

  follow-ups                コールドマイグレーションの後に残った作業(T-12: ISO の再マウント、チェックポイントの削除など)
                            と、fix の後に残った作業(F-3: 取り外したものを元に戻す)。新しい順。古いものもすべて表示
  follow-ups --all          完了したものと、変更されなかったものも表示
  follow-ups --done <番号>  T-12 または F-3 の作業をすべて完了にする。実行者の名前と日時が記録される
      終了コード 0: 表示した、または完了にした(すでに完了していた場合も同じ)。2: その番号の作業はない。`,
    migrate: `vmmigrate migrate: 仮想マシンを一つのプールへ移動する

  migrate <VM…> --to <プール>
      --host ホスト               実行するホスト。指定がなければ仮想化ソフトウェアが選ぶ
      --datastore データストア    置き場所。指定がなければ仮想化ソフトウェアに任せる
      --network 旧=新             ネットワーク「旧」のアダプタに「新」を割り当てる。繰り返し指定可
      --acknowledge ルール="理由" 警告を確認する(例: S6="ISO は不要")。繰り返し指定可。タスクログに残る
      --at-a-time 数              同時に移動する台数(1~16、既定は 2)
      稼働中の VM はホット、停止中の VM はコールド(退避イメージ格納フォルダへ退避し、復元して電源オン)で移動する。
      --folder パス               退避イメージ格納フォルダ。省略時は使用できる唯一のフォルダ
      --method cold-direct        停止中の VM を仮想化ソフトウェアが直接再配置する。イメージなし。既定は cold-evacuate
      --delete-before-restore     イメージの検証後、復元の前に移動元を削除する。既定では復元した VM の稼働まで保留
      --keep-image                復元後も退避イメージを残す。既定では削除
      --no-power-on               復元した VM を電源オフのままにする
      --input ファイル            追加の仮想マシン名。1 行に 1 台、# 以降は注釈、- は標準入力
      --dry-run                   確認だけ行い、何も開始しない
      --wait 秒                   応答しなくなった仮想化ソフトウェアを待つ時間(既定は 120 秒)
      Ctrl+C で仮想化ソフトウェアにキャンセルを要求します。もう一度押すと監視をやめ、移動はそのまま続きます。`,
    evacuate: `vmmigrate evacuate: 停止中の VM を退避イメージにする。復元はしない

  evacuate <VM…> --folder <パス>
      --folder パス               退避イメージ格納フォルダ。省略時は使用できる唯一のフォルダ
      --delete-before-restore     イメージの検証後に退避元を削除する。既定では保留して残す
      --acknowledge ルール="理由" 警告を確認する。繰り返し指定可。タスクログに残る
      --at-a-time 数              同時に退避する台数(1~16、既定は 2)
      --input ファイル            VM 名を 1 行に 1 つ書いたファイル。# 以降はコメント。- は標準入力
      --dry-run                   チェックだけを行い、何も開始しない
      --wait 秒                   応答しなくなった仮想化ソフトウェアを待つ時間(既定は 120 秒)`,
    tasks: `vmmigrate tasks: タスクログ

  tasks [list] [--state running] [--limit 50]
  tasks show <タスク>                            記録されたすべての内容
  tasks export [--format csv|json] [--output ファイル]
  tasks cancel <タスク>
  tasks rerun <タスク>                           完了しなかったものを、新しいタスクとして再実行する`,
    ...coldHelp.ja,
    demo: `vmmigrate demo: 内蔵ラボでのホットマイグレーションとコールドマイグレーション

  サーバもパスワードもネットワークも不要で、何も残しません。約 10 秒かかります。`,
  },
});
