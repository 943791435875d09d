/**
 * What a Debian or Ubuntu machine lacks to show the window, and how to say so in one message.
 * Everything here is decided from text that the caller gathered.
 */

/**
 * Libraries that Electron loads, and the package that brings each. `libgtk-3-0` alone brings most of the others in;
 * libnss3, libasound2 and libgbm1 are not implied by it (tried on a bare Debian 12).
 * @type {readonly (readonly [RegExp, string])[]}
 */
const PACKAGE_OF_LIBRARY = [
  [/^lib(nss3|nssutil3|smime3|ssl3)\.so/, 'libnss3'],
  [/^lib(nspr4|plc4|plds4)\.so/, 'libnss3'],
  [/^libasound\.so/, 'libasound2'],
  [/^libgbm\.so/, 'libgbm1'],
  [/^libdrm\.so/, 'libgbm1'],
  [/^libcups\.so/, 'libcups2'],
  [
    /^lib(gtk-3|gdk-3|atk-1\.0|atk-bridge-2\.0|atspi|cairo|pango-1\.0|gdk_pixbuf-2\.0|gio-2\.0|glib-2\.0|gobject-2\.0|gmodule-2\.0)\.so/,
    'libgtk-3-0',
  ],
  [/^lib(X11|X11-xcb|xcb|Xcomposite|Xdamage|Xext|Xfixes|Xrandr|xkbcommon|dbus-1|expat)\.so/, 'libgtk-3-0'],
];

/** Libraries to look for before any Electron is there to ask; each stands for one package. */
export const KEY_LIBRARIES = ['libgtk-3.so.0', 'libnss3.so', 'libasound.so.2', 'libgbm.so.1'];

/**
 * Names of the libraries that the loader did not find.
 * @param {string} lddOutput
 * @returns {string[]}
 */
export function missingFromLdd(lddOutput) {
  const names = [...lddOutput.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1] ?? '');
  return [...new Set(names)];
}

/**
 * Key libraries that the loader's cache does not list.
 * @param {string} ldconfigOutput output of `ldconfig -p`; empty when it could not be asked, which proves nothing
 * @returns {string[]}
 */
export function missingFromLdconfig(ldconfigOutput) {
  if (ldconfigOutput.trim() === '') return [];
  return KEY_LIBRARIES.filter((name) => !ldconfigOutput.includes(`${name} `));
}

/**
 * @param {readonly string[]} libraries
 * @returns {{packages: string[], unknown: string[]}} unknown: libraries whose package is not known
 */
export function packagesFor(libraries) {
  /** @type {Set<string>} */
  const packages = new Set();
  /** @type {string[]} */
  const unknown = [];
  for (const library of libraries) {
    const found = PACKAGE_OF_LIBRARY.find(([pattern]) => pattern.test(library));
    if (found) packages.add(found[1]);
    else unknown.push(library);
  }
  return { packages: [...packages], unknown };
}

/**
 * @typedef {object} MachineFacts
 * @property {readonly string[]} missingLibraries
 * @property {readonly string[]} missingTools of python3, make, g++; only when something must be compiled
 * @property {boolean} hasDisplay DISPLAY or WAYLAND_DISPLAY is set
 * @property {boolean} hasXvfb xvfb-run and xauth are installed
 * @property {string | undefined} sandboxRemedy set when a normal user may not create user namespaces: see sandboxRemedy
 * @property {boolean} isRoot
 * @property {string} command what to type again, e.g. "npm start"
 */

/**
 * The one message that names all that is missing, or nothing when the window can be shown.
 * @param {MachineFacts} facts
 * @returns {string | undefined}
 */
export function describeNeeds(facts) {
  const { packages, unknown } = packagesFor(facts.missingLibraries);
  const install = [...packages, ...facts.missingTools];
  if (!facts.hasDisplay && !facts.hasXvfb) install.push('xvfb', 'xauth');
  /** @type {string[]} */
  const why = [];
  if (facts.missingLibraries.length > 0) why.push(`shared libraries are missing: ${facts.missingLibraries.join(', ')}`);
  if (facts.missingTools.length > 0) {
    why.push(
      `the SQLite binding of the evaluation runtime must be compiled, and these are missing: ${facts.missingTools.join(', ')}`,
    );
  }
  if (!facts.hasDisplay) why.push('there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)');
  if (facts.sandboxRemedy !== undefined)
    why.push("this system does not let normal users create the sandbox of the window's processes");
  if (why.length === 0) return undefined;

  const run = `${facts.hasDisplay ? '' : 'xvfb-run -a '}${facts.command}`;
  const lines = ['The window cannot be opened yet:', ...why.map((reason) => `  - ${reason}`), ''];
  if (install.length > 0) {
    lines.push('Install on Debian or Ubuntu (on Ubuntu 24.04 and later libasound2 is called libasound2t64):');
    lines.push(
      `  ${facts.isRoot ? '' : 'sudo '}apt-get install -y --no-install-recommends ${[...new Set(install)].join(' ')}`,
    );
  }
  if (unknown.length > 0) lines.push(`Find the packages of these yourself (apt-file search): ${unknown.join(', ')}`);
  if (facts.sandboxRemedy) lines.push('Allow the sandbox:', `  sudo sysctl -w ${facts.sandboxRemedy}`);
  if (facts.sandboxRemedy === '') {
    lines.push(
      'Allow user namespaces (in a container: its seccomp profile), or give the sandbox up: add " -- --no-sandbox".',
    );
  }
  lines.push(install.length > 0 || facts.sandboxRemedy !== undefined ? 'Then run:' : 'Run:', `  ${run}`);
  if (!facts.hasDisplay) lines.push('', 'Without any display: npm run demo performs a migration on the command line.');
  return lines.join('\n');
}

/**
 * What to change so that a normal user's Chromium sandbox is allowed, from settings of the kernel.
 * @param {Readonly<Record<string, string | undefined>>} settings value by sysctl name; undefined where there is none
 * @returns {string} an assignment for `sysctl -w`, or an empty text when no known setting forbids it (a container may)
 */
export function sandboxRemedy(settings) {
  /** @type {readonly (readonly [string, string, string])[]} */
  const forbidding = [
    ['kernel.apparmor_restrict_unprivileged_userns', '1', '0'],
    ['kernel.unprivileged_userns_clone', '0', '1'],
    ['user.max_user_namespaces', '0', '15000'],
  ];
  const found = forbidding.find(([name, bad]) => settings[name]?.trim() === bad);
  return found ? `${found[0]}=${found[2]}` : '';
}
