import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonObject, type Json, type JsonObject } from '../../../src/core/json.ts';
import { compileExpression } from '../../../src/workflow/expressions/expression.ts';
import { composeRequest } from '../../../src/workflow/nodes/requests/compose-request.ts';
import { givenToItem, givenToItems, pickOutput } from '../../../src/workflow/nodes/requests/pick-answer.ts';
import { readPresets } from '../../../src/workflow/remote/presets/read-presets.ts';
import { packageDir } from '../../harness/app-in.ts';
import { sources, text } from '../../harness/sources.ts';
import { presetsOf, shippedPresets, shippedPrompts } from './run-remote.ts';

/** Parameters that are no text, or not any. */
const samples: Readonly<Record<string, Json>> = {
  platform: 'instagram',
  url: ['https://x'],
  hashes: ['x'],
  messages: [],
};

const requests = shippedPresets.names.flatMap((name) =>
  Object.entries(shippedPresets.find(name).operations).map(([operation, described]) => ({
    name,
    operation,
    described,
  })),
);

const composed = (
  name: string,
  operation: string,
  params: JsonObject,
  settings: Record<string, Json> = {},
) => {
  const preset = shippedPresets.find(name);
  const found = preset.operations[operation];
  return composeRequest({ preset: name, settings }, { preset, operation: found, where: name }, params);
};

describe('every preset that comes with the program', () => {
  it('is read, and says what it is', () => {
    expect(shippedPresets.names.length).toBeGreaterThan(14);
    for (const name of shippedPresets.names)
      expect(shippedPresets.find(name).description, name).toMatch(/\.$/);
  });

  it.each(requests)(
    'makes a request of what it declares: $name $operation',
    ({ name, operation, described }) => {
      const params = Object.fromEntries(
        Object.keys(described.params).map((param) => [param, samples[param] ?? 'x']),
      );
      const request = composed(name, operation, params, {
        ...(name === 's3' ? { endpoint: 'http://127.0.0.1:9000', accessKeyId: 'id' } : {}),
        ...(name === 'sms' || name === 'meta-ads' ? { [name === 'sms' ? 'account' : 'audience']: 'a1' } : {}),
      });
      expect(request.url.protocol).toMatch(/^https?:$/);
      const { answer, poll } = described;
      const expressions = [
        ...Object.values(answer?.output ?? {}),
        answer?.item,
        answer?.items,
        answer?.failed,
        poll?.handle,
        poll?.address,
        poll?.isDone,
        poll?.failed,
        poll?.result,
        poll?.fetch,
      ];
      for (const source of expressions)
        if (source !== undefined) expect(() => compileExpression(source), source).not.toThrow();
    },
  );

  it('has no secret in it but by name', () => {
    const auths = shippedPresets.names.map((name) => JSON.stringify(shippedPresets.find(name).auth ?? {}));
    expect(auths.filter((auth) => /secret":"(?![A-Z0-9_]+")/.test(auth))).toEqual([]);
  });

  it('is named nowhere in the sources', () => {
    const providers =
      /apify|apollo\.io|hunter\.io|openrouter|anthropic|mixedbread|comfyui|kohya|slack|discord|twilio|instagram/i;
    const naming = sources.filter((file) => file.startsWith('src/workflow/') && providers.test(text(file)));
    expect(naming).toEqual([]);
  });
});

describe('what services answer', () => {
  it('is comments of posts from a scraper', () => {
    const request = composed('apify', 'scrape-comments', { url: ['https://x/p'], platform: 'instagram' });
    expect(request.url.href).toContain(
      '/v2/acts/apify~instagram-comment-scraper/run-sync-get-dataset-items?maxItems=1000',
    );
    const body = [{ id: 7, text: 'Hi', ownerUsername: 'ada', timestamp: '2026-01-09T10:00:00Z' }];
    expect(pickOutput(request, body, 200, undefined)).toMatchObject({
      comments: [
        { id: '7', text: 'Hi', from: { username: 'ada', name: 'ada' }, timestamp: '2026-01-09T10:00:00Z' },
      ],
      metadata: { totalComments: 1, urlsProcessed: 1, platform: 'instagram' },
    });
  });

  it('is a person, an address, vectors', () => {
    const apollo = composed('apollo', 'match', { email: 'a@b.it', firstName: 'A' });
    expect(JSON.parse(apollo.body ?? '')).toEqual({ email: 'a@b.it', first_name: 'A' });
    expect(givenToItem(apollo, { person: { title: 'T' } }, 200)).toEqual({ title: 'T' });
    const hunter = composed('hunter', 'email-finder', { firstName: 'A', company: 'B' });
    expect(hunter.url.search).toBe('?first_name=A&company=B');
    expect(givenToItem(hunter, { data: { email: 'a@b', score: 9 } }, 200)).toEqual({
      email: 'a@b',
      emailScore: 9,
    });
    const vectors = composed('mixedbread', 'embed', { text: ['x', 'y'] });
    expect(givenToItems(vectors, { data: [{ embedding: [1] }, { embedding: [2] }] }, 200, 2)).toEqual([
      [1],
      [2],
    ]);
  });

  it('is the words of a model, whatever form its maker gives them', () => {
    const messages = [{ role: 'user', content: 'Hi' }];
    const openai = composed('openai', 'chat', { system: 'S', messages, temperature: 1, maxTokens: 5 });
    expect(JSON.parse(openai.body ?? '')).toMatchObject({
      model: 'gpt-4o-mini',
      messages: [{ role: 'system', content: 'S' }, ...messages],
      max_tokens: 5,
    });
    const anthropic = composed('anthropic', 'chat', { system: 'S', messages });
    expect(JSON.parse(anthropic.body ?? '')).toMatchObject({ system: 'S', messages, max_tokens: 1000 });
    const body = { content: [{ text: 'Hello' }], usage: { input_tokens: 3, output_tokens: 1 } };
    expect(pickOutput(anthropic, body, 200, undefined)).toMatchObject({
      text: 'Hello',
      inputTokens: 3,
      outputTokens: 1,
    });
  });
});

describe('every prompt template', () => {
  it('has examples that fit its own schema, and parameters that its prompt uses', async () => {
    const { compileSchema } = await import('../../../src/workflow/schemas/compile-schema.ts');
    const files = readdirSync(join(packageDir, 'presets/prompts'));
    expect(files.length).toBeGreaterThan(5);
    for (const name of shippedPrompts.names) {
      const template = shippedPrompts.find(name);
      const judge = compileSchema(asJsonObject(template.answerSchema));
      for (const { answer } of template.examples) expect(judge.issuesOf(answer), name).toEqual([]);
      for (const param of Object.keys(template.params))
        expect(template.prompt, name).toContain(`input.params.${param}`);
    }
  });
});

it('a preset of the user goes before, may change a member of one that comes with the program, and a broken one says where', () => {
  const own = presetsOf({ mine: { title: 'Mine', description: 'Mine.', baseUrl: 'http://x' } });
  expect(own.find('mine')).toMatchObject({ isOwn: true });
  expect(() => own.find('mien')).toThrow('Did you mean "mine"?');
  const broken = presetsOf({ bad: { title: 1 } as JsonObject });
  expect(() => broken.find('bad')).toThrow('is no preset: /title');
  expect(readPresets([]).names).toEqual([]);
  expect(JSON.parse(readFileSync(join(packageDir, 'presets/openai.json'), 'utf8'))).toMatchObject({
    extends: 'openai-compatible',
  });
});
