import { delimiter, resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig, type Surroundings } from '../../src/config/config.ts';
import { settings } from '../../src/config/settings.ts';
import { WwiseFlowError } from '../../src/core/errors.ts';

const cwd = resolve(sep, 'work', 'game');

function configure(argv: readonly string[], more: Partial<Surroundings> = {}) {
  const usual = { env: {}, cwd, homeDir: resolve(sep, 'home', 'ada'), platform: 'linux', version: '1.2.3' };
  return readConfig({ ...usual, ...more, argv });
}

function refusal(argv: readonly string[], more: Partial<Surroundings> = {}): WwiseFlowError {
  try {
    configure(argv, more);
  } catch (thrown) {
    if (thrown instanceof WwiseFlowError) return thrown;
    throw thrown;
  }
  throw new Error(`accepted: ${argv.join(' ')}`);
}

describe('without any argument', () => {
  const config = configure([]);

  it('serves MCP to the Wwise on this machine', () => {
    expect(config.subcommand).toEqual({ kind: 'mcp', named: false });
    expect(config.target).toEqual({
      kind: 'wwise',
      url: 'ws://127.0.0.1:8080/waapi',
      address: 'ws://127.0.0.1:8080/waapi',
    });
  });

  it('offers every command and lets files come from the current directory', () => {
    expect(config.choice).toEqual({
      toolsets: null,
      tools: null,
      excludeTools: [],
      readOnly: false,
      forceNewer: false,
      profile: 'admin',
    });
    expect(config.allowedDirs).toEqual([cwd]);
  });

  it('is frozen', () => {
    expect(
      Object.isFrozen(config) && Object.isFrozen(config.subcommand) && Object.isFrozen(config.choice),
    ).toBe(true);
  });
});

describe('the target', () => {
  it('is a project when --project is given, and its directory is allowed too', () => {
    const config = configure(['--project', 'wwise/Game.wproj']);
    expect(config.target).toEqual({ kind: 'project', filePath: resolve(cwd, 'wwise', 'Game.wproj') });
    expect(config.allowedDirs).toEqual([cwd, resolve(cwd, 'wwise')]);
  });

  it('cannot be both a Wwise and a project', () => {
    const error = refusal(['--wwise', 'ws://h:1/waapi', '--project', 'Game.wproj']);
    expect(error.message).toBe('--wwise and --project exclude each other.');
    const env = { WWISEFLOW_WWISE: 'ws://h:1/waapi', WWISEFLOW_PROJECT: 'Game.wproj' };
    expect(refusal([], { env }).message).toContain('WWISEFLOW_WWISE and WWISEFLOW_PROJECT');
  });

  it('on the command line replaces one of the other kind in the environment', () => {
    const config = configure(['--project', 'Game.wproj'], { env: { WWISEFLOW_WWISE: 'ws://h:1/waapi' } });
    expect(config.target.kind).toBe('project');
  });

  it('must be a WebSocket address or a .wproj file', () => {
    expect(refusal(['--wwise', 'localhost:8080']).hint).toContain('ws://127.0.0.1:8080/waapi');
    expect(refusal(['--project', 'wwise']).message).toContain('is not a .wproj file');
  });

  it('is the only project file of a folder, when a folder is named', () => {
    const files: Readonly<Record<string, readonly string[]>> = {
      [resolve(cwd, 'one')]: ['Game.wproj'],
      [resolve(cwd, 'two')]: ['Game.wproj', 'Old.wproj'],
    };
    const projectFilesIn = (dir: string) => files[dir] ?? [];
    const one = configure(['--project', 'one'], { projectFilesIn });
    expect(one.target).toEqual({ kind: 'project', filePath: resolve(cwd, 'one', 'Game.wproj') });
    const two = refusal(['--project', 'two'], { projectFilesIn });
    expect(two.message).toContain('holds 2 .wproj files');
    expect(two.hint).toContain('Old.wproj');
    expect(refusal(['--project', 'none'], { projectFilesIn }).hint).toContain('Name the .wproj file');
  });
});

describe('the allowed directories', () => {
  it('are exactly those given', () => {
    const config = configure([
      '--allow-dir',
      'a',
      '--allow-dir',
      'b',
      '--allow-dir',
      'a',
      '--project',
      'p/G.wproj',
    ]);
    expect(config.allowedDirs).toEqual([resolve(cwd, 'a'), resolve(cwd, 'b')]);
  });

  it('never default to the whole disk, where desktop clients start servers', () => {
    expect(configure([], { cwd: resolve(sep) }).allowedDirs).toEqual([]);
  });

  it('are separated in the environment as in PATH', () => {
    const env = { WWISEFLOW_ALLOW_DIR: ['a', 'b'].join(delimiter) };
    expect(configure([], { env }).allowedDirs).toEqual([resolve(cwd, 'a'), resolve(cwd, 'b')]);
  });
});

describe('the environment', () => {
  it('has a twin for every flag', () => {
    for (const { flag, env } of settings) {
      const name = /^--([a-z-]+)/.exec(flag)?.[1] ?? '';
      expect(env).toBe(`WWISEFLOW_${name.toUpperCase().replaceAll('-', '_')}`);
    }
  });

  it('loses against the command line', () => {
    const env = { WWISEFLOW_TOOLSETS: 'query', WWISEFLOW_READ_ONLY: 'yes', WWISEFLOW_LOG_LEVEL: 'debug' };
    const config = configure(['--toolsets', 'objects,audio'], { env });
    expect(config.choice).toMatchObject({ toolsets: ['objects', 'audio'], readOnly: true });
    expect(config.logLevel).toBe('debug');
  });

  it('is distinguished when a variable is misspelt', () => {
    const config = configure([], { env: { WWISEFLOW_READONLY: '1', WWISEFLOW_STATE: '' } });
    expect(config.warnings).toEqual([
      'The environment variable WWISEFLOW_READONLY means nothing here. Did you mean "WWISEFLOW_READ_ONLY"?',
    ]);
  });

  it('must say yes or no where a switch is meant', () => {
    expect(refusal([], { env: { WWISEFLOW_READ_ONLY: 'maybe' } }).message).toContain(
      'neither true nor false',
    );
  });
});

describe('the state directory', () => {
  it('is the one of the user and the platform unless given', () => {
    const homeDir = resolve(sep, 'home', 'ada');
    expect(configure([]).stateDir).toBe(resolve(homeDir, '.local', 'state', 'wwiseflow'));
    expect(configure([], { env: { XDG_STATE_HOME: resolve(sep, 'x') } }).stateDir).toBe(
      resolve(sep, 'x', 'wwiseflow'),
    );
    expect(configure([], { platform: 'win32', env: { LOCALAPPDATA: resolve(sep, 'l') } }).stateDir).toBe(
      resolve(sep, 'l', 'wwiseflow'),
    );
    expect(configure(['--state', 's']).stateDir).toBe(resolve(cwd, 's'));
  });
});

describe('the subcommands', () => {
  it('take common options before and after their name', () => {
    const config = configure(['--read-only', 'run', 'flow.json', '--plan', '--project', 'G.wproj']);
    expect(config.subcommand).toEqual({
      kind: 'run',
      flowPath: resolve(cwd, 'flow.json'),
      mode: 'plan',
      input: {},
      forceRerun: false,
      json: false,
      verbose: false,
      reports: {},
    });
    expect(config.choice.readOnly).toBe(true);
    expect(config.target.kind).toBe('project');
  });

  it('run: --diff and --mode preview try it on a copy, --input hands values in', () => {
    const run = (...argv: string[]) => configure(['run', 'flow.json', ...argv]).subcommand;
    expect(run()).toMatchObject({ mode: 'run', input: {} });
    expect(run('--plan', '--diff')).toMatchObject({ mode: 'preview' });
    expect(run('--mode', 'preview', '--input', '{"name": "Step"}')).toMatchObject({
      mode: 'preview',
      input: { name: 'Step' },
    });
    expect(refusal(['run', 'flow.json', '--input', '[1]']).message).toContain('It must be a JSON object');
  });

  it('list, resume and forget runs', () => {
    expect(configure(['runs']).subcommand).toEqual({
      kind: 'runs',
      limit: 20,
      state: undefined,
      json: false,
      verbose: false,
    });
    expect(configure(['resume', 'exec_1', '--flow', 'flow.json', '--from', 'n2']).subcommand).toEqual({
      kind: 'resume',
      executionId: 'exec_1',
      flowPath: resolve(cwd, 'flow.json'),
      from: 'n2',
      json: false,
      verbose: false,
    });
    expect(configure(['gc', '--days', '7']).subcommand).toEqual({
      kind: 'gc',
      days: 7,
      memo: false,
      mostBytes: null,
      json: false,
    });
    expect(configure(['gc', '--max-artifacts-mb', '5']).subcommand).toMatchObject({ mostBytes: 5_000_000 });
    expect(refusal(['gc', '--days', 'many']).message).toContain('whole number of days');
  });

  it('have a WAAPI server open what --project names, unless it is given another', () => {
    const opens = (...argv: string[]) => configure(['waapi-server', ...argv]).subcommand;
    expect(opens('--project', 'G.wproj')).toMatchObject({ projectPath: resolve(cwd, 'G.wproj') });
    expect(opens('H.wproj', '--project', 'G.wproj')).toMatchObject({ projectPath: resolve(cwd, 'H.wproj') });
    expect(opens()).toMatchObject({ projectPath: null });
  });

  it('start a WAAPI server with the defaults of WwiseConsole; port 0 switches a server off', () => {
    expect(configure(['waapi-server', 'G.wproj', '--http-port', '0']).subcommand).toEqual({
      kind: 'waapi-server',
      projectPath: resolve(cwd, 'G.wproj'),
      wampPort: 8080,
      httpPort: null,
      allowedOrigins: [],
      allowedAddresses: ['127.0.0.1'],
      wampMaxClients: 5,
      httpMaxClients: 2,
      watchdogTimeoutMs: 0,
      sourceControl: true,
      loudness: 'usual',
    });
    expect(
      configure([
        'waapi-server',
        '--watchdog-timeout',
        '90',
        '--allow-migration',
        '--no-source-control',
        '--quiet',
      ]).subcommand,
    ).toMatchObject({
      projectPath: null,
      watchdogTimeoutMs: 90_000,
      sourceControl: false,
      loudness: 'quiet',
    });
  });

  it('say what they offer with --help, and nothing that does not exist', () => {
    const { subcommand } = configure(['--help']);
    const text = subcommand.kind === 'print' ? subcommand.text : '';
    for (const name of [
      'mcp',
      'serve',
      'token',
      'hook',
      'run',
      'runs',
      'resume',
      'gc',
      'waapi-server',
      'new',
      'check',
      'doctor',
    ])
      expect(text).toContain(`  ${name} `);
  });

  it.each([[[]], [['run']], [['waapi-server']]])('say the same with help %j', (names) => {
    expect(configure(['help', ...names]).subcommand).toEqual(configure([...names, '--help']).subcommand);
  });

  it('give the version', () => {
    expect(configure(['--version']).subcommand).toEqual({ kind: 'print', text: '1.2.3\n' });
  });
});

describe('a mistake on the command line', () => {
  it.each([
    [['rnu', 'flow.json'], 'unknown command "rnu". Did you mean "run" or "runs"?'],
    [['help', 'rnu'], 'unknown command "rnu". Did you mean "run" or "runs"?'],
    [['--proejct', 'G.wproj'], "unknown option '--proejct' (Did you mean --project?)"],
    [['run'], "missing required argument 'flow.json'"],
    [['new', 'a.wproj', 'b.wproj'], "too many arguments for 'new'"],
    [['waapi-server', 'G.wproj', '--wamp-port', '0', '--http-port', '0'], 'leave nothing to serve'],
    [['waapi-server', 'G.wproj', '--wamp-port', '99999'], 'It must be a port from 0 to 65535.'],
    [['--log-level', 'inof'], '"inof" is not a log level. Did you mean "info"?'],
  ])('%j is answered by name', (argv, message) => {
    const error = refusal(argv);
    expect(error.code).toBe('INVALID_INPUT');
    expect(error.message).toContain(message);
  });
});

describe('paths and limits of the connection', () => {
  it('are those of the machine and of Wwise when nothing is said', () => {
    const { paths, limits } = configure([]);
    expect(paths).toEqual({
      host: 'linux',
      homeDir: resolve(sep, 'home', 'ada'),
      wslDistribution: undefined,
      table: [],
    });
    expect(limits).toEqual({ timeLimitsMs: {}, lockedPatienceMs: undefined, maxQueueLength: undefined });
  });

  it('know WSL by its variable or by its drives', () => {
    expect(configure([], { env: { WSL_DISTRO_NAME: 'Ubuntu' } }).paths).toMatchObject({
      host: 'wsl',
      wslDistribution: 'Ubuntu',
    });
    expect(configure([], { hasWindowsDrives: true }).paths.host).toBe('wsl');
    expect(configure([], { platform: 'darwin' }).paths.host).toBe('mac');
    expect(configure([], { platform: 'win32', env: { LOCALAPPDATA: 'C:\\x' } }).paths.host).toBe('windows');
  });

  it('are taken from options that may be repeated, and from the environment', () => {
    const argv = ['--map-path', '/srv/audio=S:\\Audio', '--map-path', 'wavs=\\\\nas\\a=b'];
    expect(configure(argv).paths.table).toEqual([
      { local: resolve(sep, 'srv', 'audio'), wwise: 'S:\\Audio' },
      { local: resolve(cwd, 'wavs'), wwise: '\\\\nas\\a=b' },
    ]);
    const env = {
      WWISEFLOW_MAP_PATH: '/a=A:\\;/b=B:\\',
      WWISEFLOW_CALL_TIMEOUT: 'ak.wwise.core.object.get=5;default=0.5',
      WWISEFLOW_LOCKED_PATIENCE: '0',
      WWISEFLOW_QUEUE_LENGTH: '20',
      WWISEFLOW_MAX_CONCURRENCY: '4',
      WWISEFLOW_MAX_PER_SECOND: '2.5',
    };
    const config = configure([], { env });
    expect(config.paths.table.map(({ wwise }) => wwise)).toEqual(['A:\\', 'B:\\']);
    expect(config.limits).toEqual({
      timeLimitsMs: { 'ak.wwise.core.object.get': 5000, default: 500 },
      lockedPatienceMs: 0,
      maxQueueLength: 20,
    });
    expect(config.runLimits).toEqual({ maxConcurrency: 4, maxPerSecond: 2.5 });
    expect(config.warnings).toEqual([]);
  });

  it.each([
    ['--map-path', '/srv/audio'],
    ['--map-path', '=S:\\Audio'],
    ['--call-timeout', 'object.get=5'],
    ['--call-timeout', 'default=soon'],
    ['--locked-patience', 'long'],
    ['--queue-length', '0'],
    ['--max-concurrency', '0'],
    ['--max-per-second', 'fast'],
  ])('refuse %s %s, naming it', (flag, value) => {
    const error = refusal([flag, value]);
    expect(error).toMatchObject({ code: 'INVALID_INPUT', hint: expect.any(String) });
    expect(error.message).toContain(flag);
  });
});
