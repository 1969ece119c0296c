import { expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../src/core/json.ts';
import { silentLog } from '../../../src/core/log.ts';
import { openSqliteStores } from '../../../src/stores/sqlite/sqlite-stores.ts';
import { createRuns } from '../../../src/workflow/runtime/runs.ts';
import { standIn } from '../../harness/stand-in-service.ts';
import { compile, emptyShelf, node, shelfBus } from '../harness.ts';
import { firstOf, remoteWith, runNodes, shippedPresets, shippedPrompts } from '../remote/run-remote.ts';

const answerOf = (content: string) => ({
  model: 'served',
  choices: [{ message: { content } }],
  usage: { prompt_tokens: 1000, completion_tokens: 100 },
});
const remote = () =>
  remoteWith({ OPENROUTER_API_KEY: 'or-secret-key' }, { presets: shippedPresets, prompts: shippedPrompts });
const ask = (data: Record<string, Json>, given = remote()) =>
  firstOf(runNodes([node('ask', 'ai', data)], given));

it('asks by a template with its examples, checks the answer by its schema, and counts what it cost', async () => {
  const bodies: JsonObject[] = [];
  const service = await standIn((app) =>
    app.post('/chat/completions', async (c) => {
      bodies.push(await c.req.json());
      return c.json(answerOf('```json\n{"names":["SFX_Rain_01"]}\n```'));
    }),
  );
  const data = {
    preset: 'openrouter',
    url: service.url,
    model: 'anthropic/claude-3-5-sonnet',
    promptTemplate: 'name-sounds',
    mapping: { sounds: ['rain'], convention: 'SFX_Name_01' },
  };
  const given = remote();
  expect(await ask(data, given)).toMatchObject({
    names: ['SFX_Rain_01'],
    model: 'served',
    usage: { inputTokens: 1000, outputTokens: 100 },
    cost: { totalCost: 0.0045, currency: 'USD' },
  });
  expect(bodies[0]).toMatchObject({
    model: 'anthropic/claude-3-5-sonnet',
    max_tokens: 1000,
    temperature: 0.7,
    messages: [
      { role: 'system' },
      { role: 'user' },
      { role: 'assistant' },
      { role: 'user', content: expect.stringContaining('["rain"]') },
    ],
  });
  // The same question within a day is not asked again, and costs nothing.
  expect(await ask(data, given)).toMatchObject({ names: ['SFX_Rain_01'], cost: { totalCost: 0 } });
  expect(service.asked).toHaveLength(1);
});

it('sends an answer that does not fit back once, and then says what is wrong with it', async () => {
  const answers = ['nonsense', '{"name":"Rain"}', '{"name":1}', '{}'];
  const service = await standIn((app) =>
    app.post('/chat/completions', (c) => c.json(answerOf(answers.shift() ?? ''))),
  );
  const answerSchema = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };
  const data = { preset: 'openai-compatible', url: service.url, prompt: 'Name it', answerSchema, cacheMs: 0 };
  expect(await ask(data)).toMatchObject({ name: 'Rain', usage: { inputTokens: 2000 } });
  expect(await ask(data)).toMatchObject({
    code: 'ANSWER_UNREADABLE',
    error: expect.stringContaining("must have required property 'name'"),
  });
});

it('asks about a list in batches, whose answers become one', async () => {
  const service = await standIn((app) =>
    app.post('/chat/completions', async (c) => {
      const { messages } = await c.req.json();
      const asked = JSON.parse(messages.at(-1).content.split('comments:\n')[1]);
      const contacts = asked.map(({ id }: { id: string }) => ({ firstName: id }));
      return c.json(answerOf(JSON.stringify({ contacts, metadata: { totalContacts: contacts.length } })));
    }),
  );
  const comments = ['a', 'b', 'c'].map((id) => ({ id }));
  const data = {
    preset: 'openai-compatible',
    url: service.url,
    promptTemplate: 'extract-contacts-from-comments@1',
    batchSize: 2,
    mapping: { comments },
  };
  expect(await ask(data)).toMatchObject({
    contacts: [{ firstName: 'a' }, { firstName: 'b' }, { firstName: 'c' }],
    metadata: { totalContacts: 3 },
  });
  expect(service.asked).toHaveLength(2);
});

it('without a preset asks whoever follows the run, batch by batch, and goes on with the answers', async () => {
  const stores = openSqliteStores(null);
  const runs = createRuns({
    bus: shelfBus(emptyShelf()),
    log: silentLog,
    store: stores.runs,
    remote: remote(),
  });
  const data = {
    promptTemplate: 'tag-sounds',
    mapping: { sounds: ['rain', 'wind'], tags: 'weather' },
    param: 'sounds',
    batchSize: 1,
  };
  const { executionId, done } = runs.start(compile({ nodes: [node('ask', 'ai', data)] }));
  const waits = await done;
  expect(waits.data).toMatchObject({ state: 'suspended' });
  const asked = async () => JSON.stringify(await runs.status(executionId));
  expect(await asked()).toContain('Tag these, in their order');
  const answer = (tag: string) => ({ value: { sounds: [{ tags: [tag] }] } });
  await expect(runs.answer(executionId, { value: { sounds: 'none' } })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
  });
  const first = await runs.answer(executionId, answer('weather'));
  expect((await first.done).data?.state).toBe('suspended');
  const second = await runs.answer(executionId, answer('air'));
  expect(await second.done).toMatchObject({
    ok: true,
    data: { results: [{ data: { sounds: [{ tags: ['weather'] }, { tags: ['air'] }], model: null } }] },
  });
  runs.close();
  await stores.close();
});

it('names the templates there are, and refuses a schema that is none before anybody is asked', async () => {
  expect(await ask({ preset: 'openai-compatible', promptTemplate: 'name-sound' })).toMatchObject({
    code: 'PRESET_NOT_FOUND',
    details: { candidates: expect.arrayContaining(['name-sounds']) },
  });
  expect(
    await ask({ preset: 'openai-compatible', prompt: 'x', answerSchema: { type: 'nothing' } }),
  ).toMatchObject({
    code: 'INVALID_INPUT',
    details: { field: 'answerSchema' },
  });
});
