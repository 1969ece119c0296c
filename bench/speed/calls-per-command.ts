import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { AnyCommand } from '../../src/core/command.ts';
import type { JsonObject } from '../../src/core/json.ts';
import { appIn } from '../../test/harness/app-in.ts';
import {
  copyExampleProject,
  exampleInput,
  exampleProjectIn,
  makeExampleProject,
} from '../../test/harness/command-examples.ts';
import { newTempDir } from '../../test/harness/temp-dir.ts';
import { commands } from '../../tools/catalog.ts';

/** How many calls of WAAPI a command took, in a session that knows its project. */
export interface CallCount {
  readonly command: string;
  /** Of the last of its first example's calls; null for what only a running Wwise does. */
  readonly calls: number | null;
  /** Of the same once more: the memo's question, or all anew. */
  readonly again: number | null;
}

/** Executes the first example of every command on a project of its own, and counts. */
export async function countCalls(): Promise<readonly CallCount[]> {
  const seed = newTempDir('calls');
  mkdirSync(seed, { recursive: true });
  try {
    await makeExampleProject(seed);
    const counts: CallCount[] = [];
    for (const command of commands) counts.push(await countOf(command, seed));
    return counts;
  } finally {
    rmSync(seed, { recursive: true, force: true });
  }
}

async function countOf(command: AnyCommand, seed: string): Promise<CallCount> {
  const unknown = { command: command.name, calls: null, again: null };
  const example = command.examples?.[0];
  if (example === undefined || command.checkedOn !== undefined) return unknown;
  const dir = newTempDir('calls-one');
  mkdirSync(dir, { recursive: true });
  copyExampleProject(seed, dir);
  const app = appIn(dir, [
    '--project',
    exampleProjectIn(dir),
    '--state',
    join(dir, 'state'),
    '--allow-dir',
    dir,
  ]);
  try {
    const bus = await app.openBus();
    await bus.dispatch('project_info', {});
    const earlier: JsonObject[] = [];
    for (const [name, input] of example.before ?? []) {
      const given = await bus.dispatch(name, exampleInput(input, dir, earlier));
      earlier.push(given.ok ? given.data : {});
    }
    const input = exampleInput(example.input, dir, earlier);
    const count = async (): Promise<number | null> => {
      const before = bus.callCount;
      const { ok } = await bus.dispatch(command.name, input);
      return ok ? bus.callCount - before : null;
    };
    return { command: command.name, calls: await count(), again: await count() };
  } finally {
    await app.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** The counts as a table. */
export async function callsTable(): Promise<readonly string[]> {
  const counts = await countCalls();
  const figure = (value: number | null): string => (value === null ? '' : String(value));
  const counted = counts.filter(({ calls }) => calls !== null);
  return [
    '### Calls of WAAPI per command',
    '',
    'Of the first example of each command, in a session that knows its project; "again": the same call once more, where the memo may answer. Checks and reading back are among them. Commands that need the window, a sound engine or another program are left out.',
    '',
    '| command | calls | again |',
    '|---|---:|---:|',
    ...counted.map(({ command, calls, again }) => `| ${command} | ${figure(calls)} | ${figure(again)} |`),
  ];
}
