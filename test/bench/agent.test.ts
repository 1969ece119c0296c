import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { agentTasks } from '../../bench/agent/catalog.ts';
import { runTask } from '../../bench/agent/run-task.ts';
import { makeSeed } from '../../bench/agent/seeds.ts';
import { allBytes, dayGoal } from '../../bench/agent/table.ts';
import type { AgentTask, ProjectName } from '../../bench/agent/task.ts';
import { requests } from '../../bench/agent/tasks/first-day.ts';
import { readSaved } from '../../bench/agent/wwu.ts';
import { sample } from '../harness/amount.ts';
import { newTempDir } from '../harness/temp-dir.ts';

const dir = newTempDir('agent-seeds');
const made = new Map<ProjectName, Promise<string>>();
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function seedOf(project: ProjectName): Promise<string> {
  const known = made.get(project);
  if (known !== undefined) return known;
  const seed = join(dir, project);
  mkdirSync(seed, { recursive: true });
  const making = makeSeed(project, seed).then(() => seed);
  made.set(project, making);
  return making;
}

/** Undone changes, and questions, leave the files as they were. */
const leavesAsItWas = new Set(['undo-three', 'all-or-nothing', 'who-plays']);

describe('what people ask an agent for', () => {
  it('is at least forty things over three projects', () => {
    expect(agentTasks.length).toBeGreaterThanOrEqual(40);
    expect(new Set(agentTasks.map(({ id }) => id)).size).toBe(agentTasks.length);
    expect(new Set(agentTasks.map(({ project }) => project)).size).toBe(3);
  });

  it.each(sample(agentTasks, 6).map((task): [string, AgentTask] => [task.id, task]))(
    'is done by calls of listed tools, as the files show: %s',
    async (id, task) => {
      const seed = await seedOf(task.project);
      expect((await runTask(task, seed)).problem).toBeUndefined();
      if (!leavesAsItWas.has(id)) expect(undone(task, seed)).toBe(true);
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
    return task.check(readSaved(join(seed, 'Game')), []) !== undefined;
  } catch {
    return true;
  }
}
