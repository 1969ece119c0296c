import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it } from 'vitest';
import { asJsonObject, type JsonObject } from '../../../../src/core/json.ts';
import { openProject } from '../../../../src/embedded/project/open-project.ts';
import { freshProject } from '../../../harness/fresh-project.ts';
import { program } from '../../../harness/program.ts';
import { tempDir } from '../../../harness/temp-dir.ts';

const isRoot = process.getuid?.() === 0;
const hasNamespaces =
  isRoot && spawnSync('unshare', ['--pid', '--fork', '--mount-proc', 'true']).status === 0;

interface Holding {
  readonly child: ChildProcess;
  /** What it said about the project. */
  readonly said: JsonObject;
  /** Ends it as a machine does that takes a container away. */
  kill(): Promise<void>;
}

interface How {
  readonly inContainer?: boolean;
  readonly uid?: number;
  readonly tmpDir?: string;
  readonly port?: number;
}

const children: ChildProcess[] = [];

async function hold(projectPath: string, how: How = {}): Promise<Holding> {
  const node = [process.execPath, program('hold-project'), projectPath];
  if (how.port !== undefined) node.push(String(how.port));
  const [command = '', ...args] = how.inContainer
    ? ['unshare', '--pid', '--fork', '--kill-child', '--mount-proc', ...node]
    : node;
  const child = spawn(command, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...(how.tmpDir === undefined ? {} : { TMPDIR: how.tmpDir }) },
    ...(how.uid === undefined ? {} : { uid: how.uid, gid: how.uid }),
  });
  children.push(child);
  const [line]: unknown[] = await once(createInterface({ input: child.stdout }), 'line');
  const exited = once(child, 'exit');
  return {
    child,
    said: asJsonObject(JSON.parse(String(line))),
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

const locksIn = (dir: string): readonly string[] => readdirSync(dir).filter((name) => name.endsWith('.lock'));

describe('the lock of a project', () => {
  const dir = tempDir('lock');
  let count = 0;
  const project = (): string => {
    const path = join(dir, `p${++count}`, 'Game.wproj');
    freshProject(path);
    return path;
  };
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });

  it('lies beside the project, names its holder, and goes when the project is closed', async () => {
    const path = project();
    const opened = await openProject(path);
    const [name = ''] = locksIn(dirname(path));
    const text = readFileSync(join(dirname(path), name), 'utf8');
    expect(JSON.parse(text)).toMatchObject({ processId: process.pid, isHeld: true, address: null });
    await expect(openProject(path)).rejects.toMatchObject({
      code: 'WAAPI_UNAVAILABLE',
      details: { processId: process.pid },
    });
    opened.close();
    expect(locksIn(dirname(path))).toEqual([]);
    (await openProject(path)).close();
  });

  it('holds the address of its holder, which a second one is given', async () => {
    const path = project();
    const first = await hold(path, { port: 8123 });
    await expect(openProject(path)).rejects.toMatchObject({
      hint: expect.stringContaining('ws://127.0.0.1:8123/waapi'),
      details: { processId: first.said.processId, address: { kind: 'wamp', host: '127.0.0.1', port: 8123 } },
    });
  });

  it('of a process that was killed is taken over, also when another has its number by now', async () => {
    const path = project();
    const first = await hold(path);
    expect(first.said).toMatchObject({ holds: true });
    await first.kill();
    (await openProject(path)).close();
    const second = await hold(path);
    await second.kill();
    const [name = ''] = locksIn(dirname(path));
    const lock = join(dirname(path), name);
    // This process runs, but it is not the one that wrote the lock.
    writeFileSync(
      lock,
      JSON.stringify({ ...JSON.parse(readFileSync(lock, 'utf8')), processId: process.pid }),
    );
    (await openProject(path)).close();
    expect(locksIn(dirname(path))).toEqual([]);
  });

  it('leaves nothing of a process that was killed while it rewrote its lock', async () => {
    const path = project();
    const first = await hold(path);
    await first.kill();
    const [name = ''] = locksIn(dirname(path));
    const lock = join(dirname(path), name);
    renameSync(lock, `${lock}.0123abcd`);
    const old = `${lock}.00000000`;
    writeFileSync(old, '');
    utimesSync(old, 1, 1);
    const young = `${lock}.11111111`;
    writeFileSync(young, '');
    (await openProject(path)).close();
    const left = readdirSync(dirname(path)).filter((one) => one.includes('.lock'));
    expect(left).toEqual([basename(young)]);
  });

  it('holds for a process with another directory for temporary files', async () => {
    const path = project();
    const first = await hold(path);
    mkdirSync(join(dir, 'tmp'), { recursive: true });
    const second = await hold(path, { tmpDir: join(dir, 'tmp') });
    expect(second.said).toMatchObject({ holds: false, details: { processId: first.said.processId } });
  });

  it('is had by exactly one of several that open the project at once', async () => {
    const path = project();
    const said = (await Promise.all([1, 2, 3, 4].map(() => hold(path)))).map(({ said }) => said);
    expect(said.filter(({ holds }) => holds === true)).toHaveLength(1);
    expect(said.filter(({ code }) => code === 'WAAPI_UNAVAILABLE')).toHaveLength(3);
  });

  it('of a machine that cannot be asked holds while it is touched, and no longer', async () => {
    const path = project();
    const lock = join(dirname(path), '.Game.wproj.0123456789ab.lock');
    const holder = {
      processId: 1,
      bootId: 'another',
      pidNamespace: 'pid:[1]',
      host: 'studio-7',
      isHeld: true,
    };
    writeFileSync(lock, JSON.stringify(holder));
    const touching = setInterval(() => utimesSync(lock, new Date(), new Date()), 500);
    await expect(openProject(path)).rejects.toMatchObject({
      message: expect.stringContaining('studio-7'),
      code: 'WAAPI_UNAVAILABLE',
    });
    clearInterval(touching);
    (await openProject(path)).close();
    expect(locksIn(dirname(path))).toEqual([]);
  });

  it.skipIf(!isRoot)('holds between users, whether or not the second may write the folder', async () => {
    for (const mode of [0o755, 0o777]) {
      const path = project();
      chmodSync(dir, 0o755);
      chmodSync(dirname(path), mode);
      const first = await hold(path);
      expect(first.said).toMatchObject({ holds: true });
      const refused = await hold(path, { uid: 65_534 });
      expect(refused.said).toMatchObject({ holds: false, details: { processId: first.said.processId } });
      await first.kill();
      const second = await hold(path, { uid: 65_534 });
      expect(second.said).toMatchObject({ holds: true });
      const third = await hold(path, { uid: 65_533 });
      expect(third.said).toMatchObject({ holds: false, details: { processId: second.said.processId } });
      await second.kill();
      (await openProject(path)).close();
    }
  });

  it.skipIf(!hasNamespaces)(
    'holds between containers, and is taken over when one is started again',
    async () => {
      const path = project();
      const first = await hold(path, { inContainer: true });
      expect(first.said).toMatchObject({ holds: true, processId: 1 });
      const beside = await hold(path, { inContainer: true });
      expect(beside.said).toMatchObject({ holds: false, details: { processId: 1 } });
      await expect(openProject(path)).rejects.toMatchObject({ code: 'WAAPI_UNAVAILABLE' });
      await first.kill();
      const again = await hold(path, { inContainer: true });
      expect(again.said).toMatchObject({ holds: true, processId: 1 });
    },
  );

  it.runIf(!hasNamespaces)('SKIPPED between users and containers: needs root and unshare', () => {});
});
