import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createProject } from '../../src/embedded/project/new-project/new-project.ts';
import { greeting, type Programs } from './peers.ts';
import { inPairs, ratioRow, type SpeedRow } from './row.ts';

/** From the start of the process to the answer of `initialize`, and to that of `tools/list` behind it. */
export async function measureStarts(programs: Programs, dir: string, rounds: number): Promise<SpeedRow[]> {
  const projectPath = join(dir, 'Starts', 'Starts.wproj');
  createProject(projectPath);
  const ours = programs.ours(['--project', projectPath, '--state', join(dir, 'state')]);
  const theirs = programs.passThrough('ws://127.0.0.1:1/waapi');
  const row = async (what: string, answers: number): Promise<SpeedRow> => {
    const { ratio, oursMs, theirsMs } = await inPairs(
      rounds,
      () => firstAnswers(ours, answers, dir),
      () => firstAnswers(theirs, answers, dir),
    );
    return ratioRow(what, ratio, 1.25, `${oursMs.toFixed(0)} and ${theirsMs.toFixed(0)} ms`);
  };
  return [await row('initialize', 1), await row('initialize and tools/list (default)', 2)];
}

async function firstAnswers(args: readonly string[], answers: number, cwd: string): Promise<void> {
  const child = spawn(process.execPath, [...args], { cwd, stdio: ['pipe', 'pipe', 'ignore'] });
  const lines = createInterface({ input: child.stdout });
  const send = (message: object) => child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  send({ id: 1, method: 'initialize', params: greeting });
  await once(lines, 'line');
  if (answers > 1) {
    send({ method: 'notifications/initialized' });
    send({ id: 2, method: 'tools/list', params: {} });
    await once(lines, 'line');
  }
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}
