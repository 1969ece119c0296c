import { fileURLToPath } from 'node:url';
import { agentTasks } from '../../bench/agent/catalog.ts';
import { seedRooms } from '../../bench/agent/seed-rooms.ts';
import { converse, type EvalResult } from './converse.ts';
import { modelFrom } from './model/endpoint.ts';
import { tableOf } from './table.ts';

/** `npm run evals [-- ID...]`: a model does the tasks; what came of each is printed as it ends, and the table last. */
async function main(ids: readonly string[]): Promise<number> {
  const model = modelFrom(process.env);
  const unknown = ids.filter((id) => !agentTasks.some((task) => task.id === id));
  if (unknown.length > 0)
    throw new Error(
      `There is no task ${unknown.join(', ')}. Tasks: ${agentTasks.map(({ id }) => id).join(' ')}`,
    );
  const entry = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
  const seeds = seedRooms();
  const results: EvalResult[] = [];
  try {
    for (const task of agentTasks.filter(({ id }) => ids.length === 0 || ids.includes(id))) {
      const result = await converse(task, await seeds.seedOf(task.project), model, entry);
      results.push(result);
      process.stderr.write(`${task.id}: ${result.problem ?? 'succeeded'}\n`);
    }
  } finally {
    seeds.remove();
    if (results.length > 0) process.stdout.write(`${tableOf(model.name, results).join('\n')}\n`);
  }
  return results.every(({ problem }) => problem === undefined) ? 0 : 1;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (thrown) {
  process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
  process.exitCode = 2;
}
