import { agentTasks } from './agent/catalog.ts';
import { type Outcome, runTask } from './agent/run-task.ts';
import { seedRooms } from './agent/seed-rooms.ts';
import { tableOf } from './agent/table.ts';
import { keepSection } from './keep-section.ts';

/**
 * What an agent pays for things that people ask for: calls, and bytes of what it writes and reads. Each task is done on a copy of
 * its project in a session that sees the server for the first time, and checked in the files. Prints the table and keeps it in
 * RESULTS.md.
 */
export async function benchAgent(print: (line: string) => void): Promise<void> {
  const outcomes: Outcome[] = [];
  const seeds = seedRooms();
  try {
    for (const task of agentTasks) outcomes.push(await runTask(task, await seeds.seedOf(task.project)));
  } finally {
    seeds.remove();
  }
  const lines = tableOf(agentTasks, outcomes);
  for (const line of lines) print(line);
  keepSection('agent tasks', lines);
  if (outcomes.some(({ problem }) => problem !== undefined)) process.exitCode = 1;
}
