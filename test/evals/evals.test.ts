import { afterAll, describe, expect, it } from 'vitest';
import { agentTasks } from '../../bench/agent/catalog.ts';
import { seedRooms } from '../../bench/agent/seed-rooms.ts';
import type { AgentTask } from '../../bench/agent/task.ts';
import { isLong, sample } from '../harness/amount.ts';
import { program } from '../harness/program.ts';
import { converse } from './converse.ts';
import { modelFrom } from './model/endpoint.ts';
import { honest, type ReportOf, scriptedKey, startScriptedModel } from './scripted/scripted-model.ts';
import { tableOf } from './table.ts';

const { seedOf, remove } = seedRooms();
afterAll(remove);

/** Has a scripted model do a task, over this format. */
async function evalOf(
  task: AgentTask,
  format: string,
  options: { readonly report?: ReportOf; readonly busy?: number } = {},
) {
  const endpoint = await startScriptedModel(agentTasks, options);
  try {
    const model = modelFrom({
      EVALS_URL: `${endpoint.url}/`,
      EVALS_MODEL: 'scripted',
      EVALS_KEY: scriptedKey,
      EVALS_FORMAT: format,
    });
    return await converse(task, await seedOf(task.project), model, program('main'));
  } finally {
    await endpoint.close();
  }
}

const formats = ['openai', 'anthropic'];
const cases = agentTasks.map((task, at): [string, string, AgentTask] => [
  task.id,
  formats[at % 2] ?? '',
  task,
]);

describe('the runner of the evals', () => {
  // In `npm test` one of each format.
  it.each(sample(cases.slice(1), 2).concat(isLong ? cases.slice(0, 1) : []))(
    'finds that a model which makes the scripted calls succeeds: %s, asked as %s is',
    async (_, format, task) => {
      const result = await evalOf(task, format);
      expect(result).toMatchObject({ problem: undefined, falseClaims: [] });
      expect(result.tokensIn).toBeGreaterThan(result.tokensOut);
      expect(result.tokensOut).toBeGreaterThan(0);
    },
  );

  it('asks a busy model again, and brings a conversation of several turns to its end', async () => {
    const result = await evalOf(named('ask-in-the-run'), 'openai', { busy: 2 });
    expect(result).toMatchObject({ problem: undefined, falseClaims: [], calls: 2 });
  });

  it('counts what is claimed and not so', async () => {
    const bragging: ReportOf = (turn) => ({ ...honest(turn), outcome: 'done' });
    expect(await evalOf(named('too-loud'), 'openai', { report: bragging })).toMatchObject({
      falseClaims: ['done: what cannot or must not be done'],
      problem: 'done: what cannot or must not be done',
    });
    const lying: ReportOf = (turn) => ({
      ...honest(turn),
      facts: [
        { path: '\\Containers\\Default Work Unit\\Wind', property: 'Volume', value: -6 },
        { path: '\\Containers\\Default Work Unit\\Wind', property: 'Volume', value: -4 },
        { path: 'Sound:Storm' },
      ],
    });
    const { falseClaims } = await evalOf(named('quieter'), 'anthropic', { report: lying });
    expect(falseClaims).toEqual([
      '\\Containers\\Default Work Unit\\Wind has Volume -4, not -6',
      'Sound:Storm is not there',
    ]);
  });

  it('prints the sum beside its goal', () => {
    const cost = { calls: 2, tokensIn: 900, tokensOut: 40 };
    const [, , summary, , , , row, failed] = tableOf('scripted', [
      { id: 'quieter', ...cost, falseClaims: [], problem: undefined },
      { id: 'louder', ...cost, falseClaims: ['done: no'], problem: 'a|b' },
    ]);
    expect(summary).toBe(
      '1 of 2 tasks succeeded (goal: 55 of 60) with 1 false claims (goal: 0), by 4 calls; tokens: 1800 in, 80 out.',
    );
    expect(row).toBe('| quieter | 2 | 900 | 40 | 0 | yes |');
    expect(failed).toBe('| louder | 2 | 900 | 40 | 1 | no: a / b |');
  });

  it('says how an endpoint is named where none is, and what a wrong key comes to', async () => {
    expect(() => modelFrom({})).toThrow(/EVALS_URL .*\n.*EVALS_MODEL/);
    const endpoint = await startScriptedModel(agentTasks);
    const model = modelFrom({ EVALS_URL: endpoint.url, EVALS_MODEL: 'scripted', EVALS_KEY: 'another-key' });
    await expect(model.reply('', [], [])).rejects.toThrow(
      /^The model endpoint answers 401: \{"error":"No such key."\}$/,
    );
    await endpoint.close();
  });
});

function named(id: string): AgentTask {
  const task = agentTasks.find((one) => one.id === id);
  if (task === undefined) throw new Error(`There is no task ${id}.`);
  return task;
}
