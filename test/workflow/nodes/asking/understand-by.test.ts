import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type Json, type JsonObject } from '../../../../src/core/json.ts';
import { silentLog } from '../../../../src/core/log.ts';
import type { Stores } from '../../../../src/core/stores/stores.ts';
import { openSqliteStores } from '../../../../src/stores/sqlite/sqlite-stores.ts';
import { compileWorkflow } from '../../../../src/workflow/compiler/compile.ts';
import { createDialogues } from '../../../../src/workflow/dialogue/dialogue-engine.ts';
import { createRuns, type Runs } from '../../../../src/workflow/runtime/runs.ts';
import { standIn } from '../../../harness/stand-in-service.ts';
import { emptyShelf, node, shelfBus } from '../../harness.ts';
import { remoteWith, shippedPresets } from '../../remote/run-remote.ts';

const bus = shelfBus(emptyShelf());
const sfx = { value: '{SFX}', label: '\\Busses\\SFX', type: 'Bus' };
const dialogues = createDialogues(
  async (phrases) =>
    new Map(phrases.filter((phrase) => phrase.toLowerCase() === 'sfx').map((phrase) => [phrase, [sfx]])),
);
let stores: Stores;
let runs: Runs;
beforeEach(() => {
  stores = openSqliteStores(null);
  runs = createRuns({
    ...{ bus, log: silentLog, store: stores.runs, dialogues },
    remote: remoteWith({}, { presets: shippedPresets }),
  });
});
afterEach(async () => {
  runs.close();
  await stores.close();
});

const surface = {
  ...{ name: 'surface', type: 'choice', label: 'Surface', description: 'What is walked on.' },
  choices: [{ value: 'Wood' }, { value: 'Metal' }],
};
const begin = async (fields: readonly JsonObject[], understandBy: JsonObject, more: JsonObject = {}) => {
  const template = { fields: [...fields], ...more };
  const plan = compileWorkflow(
    { workflowId: 'w', nodes: [node('ask', 'askUser', { template, understandBy })] },
    bus,
  );
  const { executionId, done } = runs.start(plan);
  await done;
  return executionId;
};
const answer = async (executionId: string, value: Json, isDeclined = false) => {
  const given = isDeclined ? { isDeclined } : { value };
  const result = await (await runs.answer(executionId, given)).done;
  const data = asJsonObject(result.ok ? result.data : result.details);
  const [question] = asJsonArray(data.suspended).map(asJsonObject);
  const [row] = asJsonArray(data.results).map(asJsonObject);
  return { result, data, question, prompt: String(question?.prompt), gave: asJsonObject(row?.data) };
};

/** A model that says these, one after the other; gives what it was sent. */
async function modelSaying(...answers: readonly (string | number)[]) {
  const sent: JsonObject[] = [];
  const left = [...answers];
  const service = await standIn((app) =>
    app.post('/chat/completions', async (c) => {
      sent.push(await c.req.json());
      const next = left.shift() ?? '';
      if (typeof next === 'number') return c.json({ error: 'no' }, 400);
      return c.json({ model: 'served', choices: [{ message: { content: next } }] });
    }),
  );
  return { by: { preset: 'openai-compatible', url: service.url, model: 'local' }, sent };
}

describe('an answer that no rule understands', () => {
  it('is understood by a model, and keeps the words of the person', async () => {
    const { by, sent } = await modelSaying('{"value":"Metal"}');
    const executionId = await begin([surface], by);
    const { result, gave } = await answer(executionId, 'the grating on the catwalk, it clanks');
    expect(result).toMatchObject({ ok: true });
    expect(gave).toEqual({
      surface: 'Metal',
      found: {
        surface: { value: 'Metal', words: 'the grating on the catwalk, it clanks', layer: 'model' },
      },
    });
    const [question] = sent;
    expect(question).toMatchObject({ model: 'local', temperature: 0 });
    const asked = JSON.stringify(question);
    for (const part of ['it clanks', 'What is walked on.', 'Wood', 'Metal']) expect(asked).toContain(part);
  });

  it('is not sent anywhere where a rule understands it, or understands why it does not do', async () => {
    const { by, sent } = await modelSaying('{"value":1}');
    const volume = { name: 'volume', type: 'number', unit: 'dB', max: 12, label: 'Volume' };
    const executionId = await begin([surface, volume], by);
    expect((await answer(executionId, 'wood')).prompt).toContain('Volume');
    expect((await answer(executionId, '+40 dB')).prompt).toContain('the largest is 12 dB');
    expect((await answer(executionId, '')).prompt).toContain('Volume');
    expect((await answer(executionId, '-6 dB')).gave).toMatchObject({ volume: -6 });
    expect(sent).toEqual([]);
  });

  it('is asked again where the model finds nothing in it, and counts as a try', async () => {
    const { by } = await modelSaying('{"value":null}', '{"value":null}');
    const executionId = await begin([surface], by, { tries: 2 });
    expect((await answer(executionId, 'hm, no idea what that is called')).prompt).toContain(
      'I did not understand that.',
    );
    expect(await answer(executionId, 'that thing over there')).toMatchObject({ result: { ok: false } });
  });

  it('cannot be made a value that the field may not have', async () => {
    const volume = { name: 'volume', type: 'number', unit: 'dB', min: -96, max: 12, label: 'Volume' };
    const { by } = await modelSaying('{"value":"Gravel"}', '{"value":"Gravel"}', '{"value":-18}');
    const executionId = await begin([surface, volume], by);
    const refused = await answer(executionId, 'gravelly stuff');
    expect(refused.prompt).toContain('Surface');
    expect(refused.prompt).toContain('No model could be asked what that means: ');
    await answer(executionId, 'metal');
    expect((await answer(executionId, 'so that it sits well behind the dialogue')).gave).toMatchObject({
      ...{ surface: 'Metal', volume: -18, found: { volume: { layer: 'model' } } },
    });
  });

  it('names an object only where the project has it', async () => {
    const busField = { name: 'bus', type: 'object', objectTypes: ['Bus'], label: 'Bus' };
    const { by } = await modelSaying('{"value":"Ambience"}', '{"value":"SFX"}');
    const executionId = await begin([busField], by);
    expect((await answer(executionId, 'where the winds go')).prompt).toContain('Bus');
    expect((await answer(executionId, 'wherever the effects go')).gave).toMatchObject({
      ...{ bus: '{SFX}', found: { bus: { layer: 'model', words: 'wherever the effects go' } } },
    });
  });

  it('is asked again, with the reason, where no model answers', async () => {
    const { by } = await modelSaying(400);
    const executionId = await begin([surface], by);
    const next = await answer(executionId, 'the clanky one');
    expect(next.prompt).toContain('I did not understand that.');
    expect(next.prompt).toContain('No model could be asked what that means: ');
    expect((await answer(executionId, 'metal')).gave).toMatchObject({ surface: 'Metal' });
  });

  it('is a confirmation where a model finds one in it', async () => {
    const { by } = await modelSaying('{"value":true}');
    const executionId = await begin([{ ...surface, confirm: true }], by);
    expect((await answer(executionId, 'metal')).prompt).toContain('Metal');
    expect((await answer(executionId, 'go for it mate')).gave).toMatchObject({
      ...{ surface: 'Metal', found: { surface: { words: 'metal', layer: 'option' } } },
    });
  });
});

describe('an answer that the agent is asked about', () => {
  it('is shown to it with the schema, and the person is asked on with what it found', async () => {
    const loop = { name: 'loop', type: 'yesNo', label: 'Loop' };
    const executionId = await begin([surface, loop], {});
    const asked = await answer(executionId, 'the catwalk');
    expect(asked.question).toMatchObject({ role: 'agent', question: 'ask#2' });
    expect(asked.prompt).toContain('Answered: "the catwalk"');
    expect(asked.question?.schema).toMatchObject({
      properties: { value: { enum: ['Wood', 'Metal', null] } },
    });
    await expect(runs.answer(executionId, { value: { value: 'Gravel' } })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    const next = await answer(executionId, { value: 'Metal' });
    expect(next.question).toMatchObject({ role: null, question: 'ask#3' });
    expect((await answer(executionId, 'no')).gave).toMatchObject({
      ...{ surface: 'Metal', loop: false },
      found: { surface: { words: 'the catwalk', layer: 'model' } },
    });
  });

  it('is asked again where the agent finds nothing in it, or declines', async () => {
    const executionId = await begin([surface], {});
    for (const found of [{ value: null }, undefined]) {
      expect((await answer(executionId, 'hm')).question).toMatchObject({ role: 'agent' });
      const next = await answer(executionId, found ?? null, found === undefined);
      expect(next.question).toMatchObject({ role: null });
      expect(next.prompt).toContain('I did not understand that.');
    }
    expect((await answer(executionId, 'wood')).gave).toMatchObject({ surface: 'Wood' });
  });
});
