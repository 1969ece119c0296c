import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { agentTasks } from '../../bench/agent/catalog.ts';
import { runTask } from '../../bench/agent/run-task.ts';
import { seedRooms } from '../../bench/agent/seed-rooms.ts';
import { allBytes, dayGoal } from '../../bench/agent/table.ts';
import { type AgentTask, turnsOf } from '../../bench/agent/task.ts';
import { requests } from '../../bench/agent/tasks/first-day.ts';
import { readSaved } from '../../bench/agent/wwu.ts';
import { sample } from '../harness/amount.ts';

const { seedOf, remove } = seedRooms();
afterAll(remove);

/** Undone changes, and what is there already, leave the files as they were; so does every task that ends otherwise than done. */
const leavesAsItWas = new Set(['undo-three', 'all-or-nothing', 'already-there']);

describe('what people ask an agent for', () => {
  it('is sixty things over four projects, some of them wrong wishes, looks, and questions', () => {
    expect(agentTasks).toHaveLength(60);
    expect(new Set(agentTasks.map(({ id }) => id)).size).toBe(agentTasks.length);
    expect(new Set(agentTasks.map(({ project }) => project)).size).toBe(4);
    expect(new Set(agentTasks.flatMap(turnsOf).map(({ outcome }) => outcome)).size).toBe(4);
  });

  it.each(sample(agentTasks, 6).map((task): [string, AgentTask] => [task.id, task]))(
    'is done by calls of listed tools, as the files show: %s',
    async (id, task) => {
      const seed = await seedOf(task.project);
      expect((await runTask(task, seed)).problem).toBeUndefined();
      const isToChange = turnsOf(task).at(-1)?.outcome === 'done' && !leavesAsItWas.has(id);
      if (isToChange) expect(undone(task, seed)).toBe(true);
    },
    60_000,
  );

  it('costs no more on a first day than was set', async () => {
    const [day] = agentTasks.filter(({ id }) => id === 'first-day');
    if (day === undefined) throw new Error('There is no first day.');
    expect(requests).toHaveLength(29);
    const outcome = await runTask(day, await seedOf('empty'));
    expect(outcome.problem).toBeUndefined();
    expect(outcome.calls).toBeLessThanOrEqual(dayGoal.calls);
    expect(allBytes(outcome)).toBeLessThanOrEqual(dayGoal.bytes);
  }, 60_000);
});

/** Whether the checker says no to a project where nothing was done. */
function undone(task: AgentTask, seed: string): boolean {
  try {
    return task.check(readSaved(join(seed, 'Game'))) !== undefined;
  } catch {
    return true;
  }
}
