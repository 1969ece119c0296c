import { mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { agentTasks } from './agent/catalog.ts';
import { type Outcome, runTask } from './agent/run-task.ts';
import { makeSeed } from './agent/seeds.ts';
import { tableOf } from './agent/table.ts';
import type { ProjectName } from './agent/task.ts';
import { keepSection } from './keep-section.ts';

/**
 * What an agent pays for things that people ask for: calls, and bytes of what it writes and reads. Each task is done on a copy of
 * its project in a session that sees the server for the first time, and checked in the files. Prints the table and keeps it in
 * RESULTS.md.
 */
export async function benchAgent(print: (line: string) => void): Promise<void> {
  const outcomes: Outcome[] = [];
  const dir = join(tmpdir(), `wwiseflow-bench-agent-${process.pid}`);
  try {
    const seeds = new Map<ProjectName, string>();
    for (const task of agentTasks) {
      const seed = seeds.get(task.project) ?? join(dir, task.project);
      if (!seeds.has(task.project)) {
        mkdirSync(seed, { recursive: true });
        await makeSeed(task.project, seed);
        seeds.set(task.project, seed);
      }
      outcomes.push(await runTask(task, seed));
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
  const lines = tableOf(agentTasks, outcomes);
  for (const line of lines) print(line);
  keepSection('agent tasks', lines);
  if (outcomes.some(({ problem }) => problem !== undefined)) process.exitCode = 1;
}
