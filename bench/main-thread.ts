import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../src/app.ts';
import { readConfig } from '../src/config/config.ts';
import { silentLog } from '../src/core/log.ts';
import { compileWorkflow } from '../src/workflow/compiler/compile.ts';
import { generateProject } from './embedded-generated-project.ts';

/** The longest time, in ms, for which nothing else got its turn, and how long the whole took. */
export interface Held {
  readonly longestMs: number;
  readonly wholeMs: number;
}

/** How long each thing that looks at a whole project keeps everybody else waiting. */
export async function benchMainThread(print: (line: string) => void, objects = 200_000): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'wwiseflow-bench-thread-'));
  try {
    const project = generateProject(dir, objects);
    print('');
    print(`The longest turn of the main thread at ${objects} objects, of the whole, in ms of the processor`);
    const app = createApp(
      readConfig({
        argv: ['mcp', '--project', project, '--state', join(dir, 'state'), '--allow-dir', dir],
        env: {},
        cwd: dir,
        homeDir: dir,
        platform: process.platform,
        version: '0.0.0',
        hasWindowsDrives: false,
        projectFilesIn: () => [],
      }),
      { version: '0.0.0', packageDir: dir },
      silentLog,
    );
    try {
      const show = async (name: string, work: () => Promise<unknown>): Promise<void> => {
        const { longestMs, wholeMs } = await held(work);
        print(`  ${name.padEnd(34)}${longestMs.toFixed(0).padStart(8)} of ${wholeMs.toFixed(0)}`);
      };
      const bus = await app.openBus();
      const ask = async (command: string, input: object): Promise<void> => {
        const result = await bus.dispatch(command, input);
        if (!result.ok) throw new Error(`${command}: ${result.error}`);
      };
      await show('open', () => ask('project_info', {}));
      for (const [command, input] of questions) await show(command, () => ask(command, input));
      const service = await app.openService();
      const plan = compileWorkflow(
        {
          nodes: [
            {
              id: 'quieter',
              type: 'setMany',
              data: { query: '$ from type Sound where name : "1" take 2000', properties: { Volume: -7 } },
            },
          ],
          edges: [],
        },
        bus,
      );
      await show('preview of thousands of changes', async () => {
        const preview = await service.preview({ plan, caller: 'bench' });
        if (!preview.ok) throw new Error(`preview: ${preview.error}`);
        const { result } = preview.data;
        if (!result.ok) throw new Error(`preview: ${result.error}`);
      });
      await show('set_many of thousands', () =>
        ask('set_many', {
          query: '$ from type Sound where name : "1" take 2000',
          properties: { Volume: -7 },
        }),
      );
      await show('unsaved edits kept', async () => app.keepUnsaved());
      await show('project_save', () => ask('project_save', {}));
      appendFileSync(join(project, '..', 'Containers', 'Generated 0.wwu'), '\n');
      await show('read again after a change on disk', () => ask('project_info', {}));
    } finally {
      await app.close();
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** What looks at every object, by command. */
const questions: readonly (readonly [string, object])[] = [
  ['project_lint', {}],
  ['find_unused', {}],
  ['audio_files_report', {}],
  ['references_to', { objectId: '\\Busses\\Default Work Unit\\Main Audio Bus' }],
  ['project_tree', {}],
  ['search', { words: 'Sound_1999' }],
  ['query_waql', { query: '$ select descendants where name : "zz"' }],
  ['query_waql', { query: '$ from type Sound where name = /.*9.*9.*/ orderby name' }],
  ['query_waql', { query: '$ from type Sound', return: ['id', 'name', 'path', '@Volume', 'parent.name'] }],
];

/** Turns are measured in time of the processor: what other programs take of it is not ours. */
async function held(work: () => Promise<unknown>): Promise<Held> {
  let longestMs = 0;
  let isOver = false;
  let from = cpuMs();
  const began = from;
  const note = (): void => {
    const now = cpuMs();
    longestMs = Math.max(longestMs, now - from);
    from = now;
    if (!isOver) setImmediate(note);
  };
  setImmediate(note);
  await work();
  isOver = true;
  note();
  return { longestMs, wholeMs: cpuMs() - began };
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
