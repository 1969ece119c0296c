import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Bus } from '../../../src/core/dispatch/bus.ts';
import { WwiseFlowError } from '../../../src/core/errors.ts';
import { asJsonArray, asJsonObject, type Json, type JsonObject } from '../../../src/core/json.ts';
import { silentLog } from '../../../src/core/log.ts';
import type { Stores } from '../../../src/core/stores/stores.ts';
import { openSqliteStores } from '../../../src/stores/sqlite/sqlite-stores.ts';
import { compileWorkflow } from '../../../src/workflow/compiler/compile.ts';
import { createDialogues } from '../../../src/workflow/dialogue/dialogue-engine.ts';
import { createRunner } from '../../../src/workflow/runtime/runner.ts';
import { createRuns, type Runs } from '../../../src/workflow/runtime/runs.ts';
import { createSessions } from '../../../src/workflow/runtime/sessions/sessions.ts';
import { type HandClock, handClock } from '../hand-clock.ts';
import { edges, emptyShelf, node, shelfBus } from '../harness.ts';

const hour = 3_600_000;
const patient = { timeout: 60_000 };
const bus: Bus = shelfBus(emptyShelf());
let clock: HandClock;
let stores: Stores;
let runs: Runs;

const sfx = { value: '{SFX}', label: '\\Busses\\SFX', type: 'Bus' };
const dialogues = createDialogues(async (phrases) => {
  if (refusal !== undefined) throw refusal;
  const named = phrases.filter((phrase) => phrase.toLowerCase() === 'sfx');
  return new Map(named.map((phrase) => [phrase, [sfx]]));
});
/** Why the project cannot be asked; undefined: it can. */
let refusal: Error | undefined;
const openRuns = () =>
  createRuns({
    ...{ bus, log: silentLog, store: stores.runs, clock, dialogues },
    sessions: createSessions({ ...stores, clock, log: silentLog }),
  });
beforeEach(() => {
  refusal = undefined;
  clock = handClock();
  stores = openSqliteStores(null);
  runs = openRuns();
});
afterEach(async () => {
  runs.close();
  await stores.close();
});

const volume = { name: 'volume', type: 'number', unit: 'dB', min: -96, max: 12, label: 'Volume' };
const busField = { name: 'bus', type: 'object', objectTypes: ['Bus'], label: 'Bus' };
const loop = { name: 'loop', type: 'yesNo', label: 'Loop' };
const asking = (template: JsonObject, more: JsonObject = {}) =>
  compileWorkflow(
    {
      workflowId: 'w',
      nodes: [
        node('ask', 'askUser', { template, ...more }),
        node('s', 'say', { text: 'at $from:ask:$output:volume dB' }),
      ],
      edges: edges('ask s'),
    },
    bus,
  );
const begin = async (template: JsonObject, more: JsonObject = {}) => {
  const { executionId, done } = runs.start(asking(template, more));
  return { executionId, result: await done };
};
const answer = async (executionId: string, value: Json) => {
  const { done } = await runs.answer(executionId, { value });
  const result = await done;
  const data = asJsonObject(result.ok ? result.data : result.details);
  const [question] = asJsonArray(data.suspended).map(asJsonObject);
  return { result, data, prompt: question?.prompt, question };
};

describe('a dialogue of a run', () => {
  it('asks, corrects, and gives the values with the words they were found in', async () => {
    const { executionId, result } = await begin({ fields: [volume, busField, loop] });
    expect(result).toMatchObject({
      data: { suspended: [{ prompt: 'Volume? From -96 to 12 dB.', schema: { required: ['value'] } }] },
    });
    const loud = await answer(executionId, '+40 dB');
    expect(loud.prompt).toContain('I understood 40 dB; the largest is 12 dB.');
    const both = await answer(executionId, 'to the SFX bus at -6 dB');
    expect(both.prompt).toBe('Loop: yes or no?');
    const end = await answer(executionId, 'yes');
    expect(end.data).toMatchObject({ messages: [{ text: 'at -6 dB' }] });
    expect(end.data.results).toMatchObject([
      {
        data: {
          ...{ volume: -6, bus: '{SFX}', loop: true },
          found: { volume: { words: '-6 dB', layer: 'number' }, bus: { layer: 'project' } },
        },
      },
      {},
    ]);
  });

  it.each<[string, readonly Json[]]>([
    ['in words', ['-6 dB', 'yes']],
    ['as data of the schema', [{ value: -6 }, { value: true }]],
    ['as data by the paths', [{ volume: -6 }, { loop: true }]],
    ['as bare data', [-6, true]],
    ['as texts in data', [{ value: '-6' }, { value: 'sì' }]],
  ])('gives the same values when it is answered %s', async (_, answers) => {
    const { executionId } = await begin({ fields: [volume, loop] });
    let last: Awaited<ReturnType<typeof answer>> | undefined;
    for (const one of answers) last = await answer(executionId, one);
    expect(last?.data.results).toMatchObject([{ data: { volume: -6, loop: true } }, {}]);
  });

  it.each<[string, Json, string]>([
    ['blanks', '  \n', 'I still need an answer.'],
    ['control characters', '\u0000\u001b[31m\u0007', ''],
    ['invisible characters', '\u200b\u202e', 'I still need an answer.'],
    ['null', null, 'I still need an answer.'],
    ['data without members', {}, 'I still need an answer.'],
    ['a megabyte', 'x'.repeat(1_000_000), 'I did not understand that.'],
    ['another language', 'どうぞよろしく', 'I did not understand that.'],
    ['a list', [1, 2], 'is not what is needed here'],
    ['data of a wrong type', { value: { deep: [1] } }, 'is not what is needed here'],
    ['a member that is none', { __proto__x: 1, constructor: 2 }, 'I did not understand that.'],
    ['too much', { value: 13 }, 'the largest is 12 dB'],
  ])('asks on after %s', async (_, given, words) => {
    const { executionId } = await begin({ fields: [volume], tries: 9 });
    const next = await answer(executionId, given);
    expect(next.result).toMatchObject({ ok: true, data: { state: 'suspended' } });
    expect(next.prompt).toContain(words);
    expect(next.prompt).toContain('Volume?');
    expect(await answer(executionId, 'minus six dB')).toMatchObject({ data: { messages: [{}] } });
  });

  it('keeps its question and its values, without a try, while the project cannot be asked', async () => {
    const { executionId } = await begin({ fields: [busField, volume, loop], tries: 1 });
    refusal = new WwiseFlowError('WAAPI_TIMEOUT', 'Wwise is busy.', { hint: 'Answer again.' });
    const first = await answer(executionId, 'the SFX bus');
    expect(first.prompt).toBe('The project could not be asked: Wwise is busy.\nBus?');
    const second = await answer(executionId, { bus: 'SFX' });
    expect(second.prompt).toBe(first.prompt);
    // What needs no project counts.
    expect((await answer(executionId, 'SFX, at -6 dB')).prompt).toBe(first.prompt);
    refusal = undefined;
    expect((await answer(executionId, 'SFX')).prompt).toBe('Loop: yes or no?');
    expect((await answer(executionId, 'no')).data.results).toMatchObject([
      { data: { bus: '{SFX}', volume: -6, loop: false } },
      {},
    ]);
  });

  it('fails after three answers of no use, and hands over where the template says so', async () => {
    const failing = await begin({ fields: [volume] });
    await answer(failing.executionId, 'hm');
    await answer(failing.executionId, 'hm');
    expect((await answer(failing.executionId, 'hm')).result).toMatchObject({
      ...{ ok: false, code: 'RUN_ENDED', details: { stopAt: 'ask' } },
    });
    const handed = await begin({ fields: [volume], tries: 1, escalation: 'handoff', role: 'audio lead' });
    const next = await answer(handed.executionId, 'hm');
    expect(next.question).toMatchObject({ role: 'audio lead', question: 'ask#2' });
    expect((await runs.list({ state: 'waiting' })).runs).toMatchObject([
      { waiting: [{ role: 'audio lead' }] },
    ]);
    expect((await answer(handed.executionId, '-3')).data).toMatchObject({ messages: [{ text: 'at -3 dB' }] });
  });

  it('repeats its question when nobody answers, under the same id, until it escalates', async () => {
    const field = { ...volume, default: -12, escalation: 'default' };
    const { executionId } = await begin({ fields: [field] }, { remindAfterMs: hour });
    // The clock is set until the reminder, which is registered after the question, has heard of it.
    const later = async (hours: number) => {
      clock.set(1_000_000 + hours * hour);
      const { length } = await stores.runs.transitions(executionId);
      return { length, status: await runs.status(executionId) };
    };
    await expect
      .poll(() => later(1), patient)
      .toMatchObject({
        status: {
          waiting: [
            { question: 'ask#1', prompt: expect.stringContaining('I still need'), sinceMs: 1_000_000 },
          ],
        },
      });
    const { length } = await later(1);
    await expect.poll(async () => (await later(2)).length, patient).toBeGreaterThan(length);
    await expect
      .poll(() => later(3), patient)
      .toMatchObject({
        status: { state: 'done', result: { data: { messages: [{}, { text: 'at -12 dB' }] } } },
      });
  });

  it('asks for nothing that is known, and in a preview for nothing at all', async () => {
    const known = await begin({ fields: [volume] }, { known: { volume: -1 } });
    expect(known.result).toMatchObject({ data: { messages: [{ text: 'at -1 dB' }] } });
    const preview = createRunner({ bus, log: silentLog, isPreview: true });
    expect(await preview.run(asking({ fields: [volume] }))).toMatchObject({
      ...{ ok: false, code: 'MISSING_INPUT', error: expect.stringContaining('"volume"') },
    });
    expect(await preview.run(asking({ fields: [volume] }, { known: { volume: -1 } }))).toMatchObject({
      ok: true,
    });
  });

  it('goes on where it was in another process, and has forgotten nothing', async () => {
    const { executionId } = await begin({ fields: [volume, busField, loop], confirm: 'summary' });
    await answer(executionId, '-6');
    runs.close();
    runs = openRuns();
    await answer(executionId, 'SFX');
    runs.close();
    runs = openRuns();
    const summary = await answer(executionId, 'no');
    expect(summary.prompt).toContain('Volume: -6 dB');
    expect((await answer(executionId, 'yes')).data.results).toMatchObject([
      { data: { volume: -6, bus: '{SFX}', loop: false } },
      {},
    ]);
  });
});

describe('what is asked for', () => {
  const reading = (name: string) => ({
    nodes: [
      node('ask', 'askUser', { template: { fields: [volume] } }),
      node('s', 'say', { text: `at {{ nodes.ask.${name} }} dB` }),
    ],
    edges: edges('ask s'),
  });

  it('may be read by its name, which no warning doubts', () => {
    expect(compileWorkflow(reading('volume'), bus).warnings).toEqual([]);
    expect(compileWorkflow(reading('somethingElse'), bus).warnings).toHaveLength(1);
  });

  it('is offered to who mistypes it', () => {
    expect(() => compileWorkflow(reading('volum'), bus)).toThrow('Did you mean "volume"?');
  });
});
