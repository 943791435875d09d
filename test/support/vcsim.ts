import { type ChildProcessWithoutNullStreams, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { describe, test } from 'vitest';
import { buildVcsim, goIsAvailable, type VcsimPrograms } from './vcsim-build.ts';

/** What the simulated vCenter holds. Everything absent keeps the default of test/vcsim/options.go. */
export interface VcsimOptions {
  /** Virtual machines in total, the scenario machines included. */
  readonly vms?: number;
  readonly clusters?: number;
  /** Hosts in each cluster. */
  readonly hosts?: number;
  readonly standaloneHosts?: number;
  /** Resource pools below each cluster's root pool, and pools below each of those. */
  readonly pools?: number;
  readonly nestedPools?: number;
  /** vApps in each cluster. */
  readonly vapps?: number;
  readonly datastores?: number;
  readonly portgroups?: number;
  /** Machines that show one precaution each; on unless turned off. */
  readonly scenarios?: boolean;
  readonly username?: string;
  readonly password?: string;
  readonly sessionTimeoutSeconds?: number;
  /** A fixed TCP port; 0 or absent picks a free one. */
  readonly port?: number;
}

/** Where a machine is, as the simulator itself knows it, in names. */
export interface VcsimMachineState {
  readonly name: string;
  readonly ref: string;
  readonly instanceUuid: string;
  readonly host: string;
  /** The cluster, or the host that stands alone. */
  readonly compute: string;
  readonly pool: string;
  readonly poolRef: string;
  /** From the root pool (`Resources`) down to `pool`. */
  readonly poolPath: readonly string[];
  readonly vApp: string | null;
  readonly power: 'poweredOn' | 'poweredOff' | 'suspended';
  readonly datastores: readonly string[];
  readonly moving: boolean;
}

/** The room of a datastore. */
export interface VcsimSpace {
  readonly name: string;
  readonly freeBytes: number;
  readonly capacityBytes: number;
}

/** A running vCenter simulator. */
export interface Vcsim {
  /** `https://127.0.0.1:PORT/sdk` */
  readonly url: string;
  readonly address: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
  /** SHA-256 of the server certificate as `AA:BB:…`. */
  readonly fingerprint: string;
  /** SHA-1 of the server certificate as `AA:BB:…`, as the vSphere API names it. */
  readonly thumbprint: string;
  /** How long the simulator took to be ready, in milliseconds, by its own clock. */
  readonly startedInMs: number;
  /** Calls the control interface (test/vcsim/README.md): POST when there is a body, GET otherwise.
   * @throws Error with the interface's message */
  control<T = unknown>(path: string, body?: object): Promise<T>;
  /** Where a machine, given by name or reference, is now. @throws Error when there is none */
  state(vm: string): Promise<VcsimMachineState>;
  /** Somebody filled, emptied or resized a datastore; what is absent stays as it is. @throws Error when there is none */
  setSpace(datastore: string, space: Partial<Omit<VcsimSpace, 'name'>>): Promise<VcsimSpace>;
  /** Asks the simulator with govc, a client independent of the product. Returns govc's JSON, an array where govc prints
   * several documents (events), its text where it ignores -json, null when it says nothing.
   * @throws Error with govc's message */
  govc<T = unknown>(...command: readonly string[]): Promise<T>;
  /** Ends the simulator in an orderly way. May be called again. */
  stop(): Promise<void>;
  /** Ends it as a power cut would: no goodbye on any connection. */
  kill(): Promise<void>;
  /** Stops answering without closing a connection, as a hanging server does, until {@link thaw}. */
  freeze(): void;
  thaw(): void;
  /** Starts it again (after stopping it) on the same port with a fresh inventory of the same shape and references. */
  restart(changes?: { readonly newCertificate?: boolean }): Promise<void>;
}

interface ReadyLine {
  readonly url: string;
  readonly control: string;
  readonly fingerprintSha256: string;
  readonly thumbprintSha1: string;
  readonly startedInMs: number;
}

interface RunningProcess {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ready: ReadyLine;
}

const noGo =
  'These suites need Go, which builds the vCenter simulator in test/vcsim. Install it from https://go.dev/dl/.';

/**
 * A suite that needs the simulator. Without Go it registers one test that says so: skipped, or failing when
 * REQUIRE_VCSIM=1.
 */
export const describeWithVcsim = (name: string, suite: () => void): void => {
  if (goIsAvailable()) {
    describe(name, suite);
    return;
  }
  describe(name, () => {
    test(noGo, (context) => {
      if (process.env.REQUIRE_VCSIM === '1') throw new Error(noGo);
      context.skip(noGo);
    });
  });
};

/**
 * Builds (once) and starts a simulator on the loopback interface. It ends by itself when this process ends.
 * @throws Error when it cannot be built or started, with what it said
 */
export const startVcsim = async (options: VcsimOptions = {}): Promise<Vcsim> => {
  if (!goIsAvailable()) throw new Error(noGo);
  const programs = await buildVcsim();
  const folder = mkdtempSync(join(fastFolder(), 'vcsim-'));
  let running = await launch(programs, options, folder);
  const username = options.username ?? 'administrator@vsphere.local';
  const password = options.password ?? 'VMware1!';
  const end = async (how: () => void): Promise<void> => {
    if (hasExited(running.child)) return;
    const exited = once(running.child, 'exit');
    how();
    await exited;
  };
  /** The simulator removes its folder when its stdin ends; asked to quit it leaves the certificate for a restart. */
  const stop = (): Promise<void> =>
    end(() => {
      running.child.kill('SIGCONT');
      running.child.stdin.end();
    });
  const quit = (): Promise<void> =>
    end(() => {
      running.child.kill('SIGCONT');
      void callControl(running.ready.control, '/quit', {}).catch(() => running.child.kill());
    });

  return {
    get url() {
      return running.ready.url;
    },
    get address() {
      return new URL(running.ready.url).hostname;
    },
    get port() {
      return Number(new URL(running.ready.url).port);
    },
    username,
    password,
    get fingerprint() {
      return running.ready.fingerprintSha256;
    },
    get thumbprint() {
      return running.ready.thumbprintSha1;
    },
    get startedInMs() {
      return running.ready.startedInMs;
    },
    control: (path, body) => callControl(running.ready.control, path, body),
    state: (vm) => callControl(running.ready.control, `/state?vm=${encodeURIComponent(vm)}`),
    setSpace: (name, space) => callControl(running.ready.control, '/datastore', { name, ...space }),
    govc: (...command) => runGovc(programs.govc, folder, { url: running.ready.url, username, password }, command),
    stop: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
    kill: async () => {
      await end(() => running.child.kill('SIGKILL'));
      for (const name of readdirSync(folder).filter((each) => each.startsWith('govcsim'))) {
        rmSync(join(folder, name), { recursive: true, force: true });
      }
    },
    freeze: () => void running.child.kill('SIGSTOP'),
    thaw: () => void running.child.kill('SIGCONT'),
    restart: async ({ newCertificate = false } = {}) => {
      await quit();
      if (newCertificate) rmSync(join(folder, 'certificate.pem'), { force: true });
      const port = Number(new URL(running.ready.url).port);
      running = await launch(programs, { ...options, port }, folder);
    },
  };
};

/** The simulator makes five small files a machine; in memory 5,000 machines start several times faster than on disk. */
const fastFolder = (): string => {
  const memory = '/dev/shm';
  try {
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize > 1 << 30 ? memory : tmpdir();
  } catch {
    return tmpdir();
  }
};

const launch = async (programs: VcsimPrograms, options: VcsimOptions, folder: string): Promise<RunningProcess> => {
  const child = spawn(programs.vcsim, flagsOf(options, folder));
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints = (complaints + text).slice(-10_000);
  });
  const lines = createInterface({ input: child.stdout });
  const [line] = (await Promise.race([once(lines, 'line'), once(child, 'exit').then(() => [undefined])])) as [
    string | undefined,
  ];
  if (line === undefined) throw new Error(`The simulator did not start:\n${complaints}`);
  return { child, ready: JSON.parse(line) as ReadyLine };
};

const flagsOf = (options: VcsimOptions, folder: string): readonly string[] => {
  const flags: Record<string, string | number | boolean | undefined> = {
    workspace: folder,
    listen: `127.0.0.1:${options.port ?? 0}`,
    cert: join(folder, 'certificate.pem'),
    key: join(folder, 'key.pem'),
    vms: options.vms,
    clusters: options.clusters,
    hosts: options.hosts,
    'standalone-hosts': options.standaloneHosts,
    pools: options.pools,
    'nested-pools': options.nestedPools,
    vapps: options.vapps,
    datastores: options.datastores,
    portgroups: options.portgroups,
    scenarios: options.scenarios,
    username: options.username,
    password: options.password,
    'session-timeout': options.sessionTimeoutSeconds,
  };
  return Object.entries(flags).flatMap(([name, value]) => (value === undefined ? [] : [`-${name}=${value}`]));
};

const hasExited = (child: ChildProcessWithoutNullStreams): boolean =>
  child.exitCode !== null || child.signalCode !== null;

const callControl = async <T>(base: string, path: string, body?: object): Promise<T> => {
  const request = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const response = await fetch(new URL(path, base), request);
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(`${path}: ${(answer as { error: string }).error}`);
  return answer as T;
};

const runGovc = async <T>(
  program: string,
  folder: string,
  login: { readonly url: string; readonly username: string; readonly password: string },
  [command = '', ...rest]: readonly string[],
): Promise<T> => {
  const env = {
    ...process.env,
    GOVC_URL: login.url,
    GOVC_USERNAME: login.username,
    GOVC_PASSWORD: login.password,
    GOVC_INSECURE: '1',
    GOVC_PERSIST_SESSION: 'false',
    GOVMOMI_HOME: folder,
  };
  try {
    const { stdout } = await promisify(execFile)(program, [command, '-json', ...rest], { env, maxBuffer: 1 << 28 });
    return parseAnswers(stdout) as T;
  } catch (cause) {
    const output = cause instanceof Error && 'stderr' in cause ? String(cause.stderr) : String(cause);
    throw new Error(`govc ${command}: ${output}`, { cause });
  }
};

/** Some commands print one indented document after the other, some plain text whatever they are asked for. */
const parseAnswers = (text: string): unknown => {
  if (text.trim() === '') return null;
  if (!/^[[{"]|^null/u.test(text)) return text.trim();
  const documents = text.split(/(?<=^\})\n(?=\{)/mu);
  return documents.length === 1 ? JSON.parse(text) : documents.map((document) => JSON.parse(document));
};
