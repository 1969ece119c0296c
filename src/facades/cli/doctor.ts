import { accessSync, constants, statSync } from 'node:fs';
import type { Bus } from '../../core/dispatch/bus.ts';
import { toWwiseFlowError } from '../../core/errors.ts';
import { bold, cyan, dim, green, line, red } from './draw/paint.ts';
import { type Print, printJson } from './print.ts';

/** What is configured, as the doctor reports it. */
export interface Configured {
  readonly version: string;
  readonly nodeVersion: string;
  /** `Wwise at ws://...` or `project /.../Game.wproj`. */
  readonly target: string;
  readonly stateDir: string;
  readonly allowedDirs: readonly string[];
  readonly expectProject: string | null;
  readonly readOnly: boolean;
  readonly tools: readonly string[];
  /** The configuration files that hold. */
  readonly files: readonly ConfiguredFile[];
  /** Every setting, without secrets. */
  readonly settings: readonly ConfiguredSetting[];
  readonly warnings: readonly string[];
}

export interface ConfiguredFile {
  readonly path: string;
  /** False for one that was only found in the current directory. */
  readonly trusted: boolean;
  readonly environment: string | null;
}

export interface ConfiguredSetting {
  readonly setting: string;
  readonly value: string;
  readonly from: 'flag' | 'variable' | 'file' | 'default';
  readonly source: string;
}

/** What is opened and loaded to look at it. */
export interface Examined {
  openBus(): Promise<Bus>;
  loadPlugins(): Promise<readonly ExaminedPlugin[]>;
}

/** A plug-in as the doctor reports it. */
export interface ExaminedPlugin {
  readonly name: string;
  readonly version: string | null;
  readonly dir: string;
  readonly commands: readonly { readonly name: string }[];
  readonly kinds: readonly { readonly type: string }[];
}

/** All that was found, with every setting, for a person or as JSON; or only the findings. */
export type DoctorShape = 'all' | 'json' | 'findings';

interface Finding {
  readonly what: string;
  readonly ok: boolean;
  readonly says: string;
  /** What to do about it. */
  readonly advice?: string;
}

/** Looks at everything a start depends on and prints what it finds. Exit code 0: all well, 1: something is not. */
export async function runDoctor(
  configured: Configured,
  { openBus, loadPlugins }: Examined,
  shape: DoctorShape,
  print: Print,
): Promise<number> {
  const findings = [
    program(configured),
    await project(configured, openBus),
    ...(await health(openBus)),
    ...directories(configured),
    commands(configured, shape !== 'findings'),
    ...(await plugIns(loadPlugins)),
    ...configFiles(configured),
    ...configured.warnings.map((says) => ({
      what: 'Environment',
      ok: false,
      says,
      advice: 'Rename or remove it.',
    })),
  ];
  if (shape === 'json') {
    printJson({ findings, settings: configured.settings }, print);
  } else {
    for (const finding of findings) printFinding(finding, print);
    if (shape === 'all') printSettings(configured.settings, print);
  }
  return findings.every((finding) => finding.ok) ? 0 : 1;
}

/** What the plug-ins bring, or why they cannot be loaded. */
async function plugIns(loadPlugins: Examined['loadPlugins']): Promise<Finding[]> {
  try {
    return (await loadPlugins()).map(({ name, version, dir, commands: own, kinds }) => {
      const brings = [
        ...(kinds.length === 0 ? [] : [`node kinds ${kinds.map(({ type }) => type).join(', ')}`]),
        ...(own.length === 0 ? [] : [`commands ${own.map((command) => command.name).join(', ')}`]),
      ];
      const says = `${name}${version === null ? '' : ` ${version}`} in ${dir}: ${brings.join('; ')}`;
      return { what: 'Plug-in', ok: true, says };
    });
  } catch (thrown) {
    const { message, hint } = toWwiseFlowError(thrown);
    return [{ what: 'Plug-in', ok: false, says: message, advice: hint }];
  }
}

function program({ version, nodeVersion }: Configured): Finding {
  const [major = 0, minor = 0] = nodeVersion.replace('v', '').split('.').map(Number);
  const ok = major > 20 || (major === 20 && minor >= 19);
  const says = `wwiseflow ${version} on Node ${nodeVersion}`;
  return ok
    ? { what: 'Program', ok, says }
    : { what: 'Program', ok, says, advice: 'Install Node 20.19 or newer.' };
}

async function project({ target, expectProject }: Configured, openBus: () => Promise<Bus>): Promise<Finding> {
  try {
    const { project: open } = await openBus();
    if (open === undefined) return { what: 'Project', ok: false, says: `${target}: no project is open` };
    const { name, id } = await open.facts();
    const says = `${target}: project ${name === '' ? '(without a name)' : name}`;
    if (expectProject !== null && ![name, id].some((known) => sameText(known, expectProject))) {
      const advice = `Open ${expectProject}, or start with another --expect-project.`;
      return { what: 'Project', ok: false, says: `${says} is open, ${expectProject} is expected`, advice };
    }
    return { what: 'Project', ok: true, says };
  } catch (thrown) {
    const { message, hint } = toWwiseFlowError(thrown);
    return { what: 'Project', ok: false, says: `${target}: ${message}`, advice: hint };
  }
}

/** How much is wrong with the project and its files. What could not be opened is reported before. */
async function health(openBus: () => Promise<Bus>): Promise<Finding[]> {
  try {
    const bus = await openBus();
    if (bus.project === undefined) return [];
    const unreadable = (await bus.unreadableFiles()).map(() => 'unreadable file');
    const found = ((await bus.health?.()) ?? []).map(({ kind }) => kind);
    const counts = new Map<string, number>();
    for (const kind of [...unreadable, ...found]) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    if (counts.size === 0) return [];
    const says = [...counts].map(([kind, count]) => `${count} × ${kind}`).join(', ');
    const ok = [...counts.keys()].every((kind) => tolerated.has(kind));
    return [{ what: 'Health', ok, says, advice: 'wwiseflow check PROJECT.wproj says where.' }];
  } catch {
    return [];
  }
}

/** What Wwise loads all the same. */
const tolerated: ReadonlySet<string> = new Set(['dangling', 'audio', 'audioCase', 'newerSchema']);

function directories({ stateDir, allowedDirs }: Configured): Finding[] {
  const state: Finding = mayWrite(stateDir)
    ? { what: 'State', ok: true, says: stateDir }
    : {
        what: 'State',
        ok: false,
        says: `${stateDir} cannot be written`,
        advice: 'Start with another --state.',
      };
  if (allowedDirs.length === 0) {
    const advice = 'Start with --allow-dir and the directory of your audio files.';
    return [state, { what: 'Files', ok: false, says: 'no directory is allowed for imports', advice }];
  }
  const files = allowedDirs.map((dir): Finding => {
    if (isDirectory(dir)) return { what: 'Files', ok: true, says: `imports allowed from ${dir}` };
    return { what: 'Files', ok: false, says: `${dir} is not a directory`, advice: 'Correct --allow-dir.' };
  });
  return [state, ...files];
}

function commands({ tools, readOnly }: Configured, named: boolean): Finding {
  const names = named ? `: ${tools.join(', ')}` : '';
  const says = `${tools.length} tools${readOnly ? ', read-only' : ''}${names}`;
  if (tools.length > 0) return { what: 'Tools', ok: true, says };
  return { what: 'Tools', ok: false, says: 'no tool is offered', advice: 'Widen --toolsets or --tools.' };
}

function configFiles({ files }: Configured): Finding[] {
  return files.map(({ path, trusted, environment }) => {
    const section = environment === null ? '' : `, environment ${environment}`;
    const limits = trusted ? '' : '; found here, so it may only narrow what is open (--config trusts it)';
    return { what: 'Config', ok: true, says: `${path}${section}${limits}` };
  });
}

/** What was said first, with its source behind it; then what nobody said. */
function printSettings(settings: readonly ConfiguredSetting[], print: Print): void {
  const said = settings.filter(({ from }) => from !== 'default');
  const unsaid = settings.filter(({ from }) => from === 'default');
  print(line`\n${bold('Settings')}`);
  for (const { setting, value, source } of said)
    print(line`  ${setting.padEnd(19)} ${value}  ${cyan('←')} ${source}`);
  for (const { setting, value } of unsaid)
    print(line`  ${setting.padEnd(19)} ${dim(value)}  ${cyan('←')} ${dim('default')}`);
}

function printFinding({ what, ok, says, advice }: Finding, print: Print): void {
  print(line`${ok ? green('✓') : red('✗')} ${bold(what.padEnd(11))} ${says}`);
  if (advice !== undefined) print(line`${' '.repeat(14)}${cyan('→')} ${advice}`);
}

function mayWrite(dir: string): boolean {
  try {
    accessSync(dir, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function sameText(value: string, expected: string): boolean {
  const plain = (text: string) => text.toLowerCase().replace(/[{}]/g, '');
  return plain(value) === plain(expected);
}
