import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../src/core/json.ts';
import { standIn } from '../../harness/stand-in-service.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { node } from '../harness.ts';
import { firstOf, remoteWith, runNodes, shippedPresets, shippedPrompts } from './run-remote.ts';

/** What came over the wire. */
interface Asked {
  readonly request: string;
  readonly headers: JsonObject;
  readonly body: string;
}

/** How an operation of a preset is driven: by which node, what its service answers, what that was asked, and what the node gives. */
interface Drive {
  readonly of: string;
  readonly type: 'http' | 'ai' | 'submit_and_poll';
  readonly data: Readonly<Record<string, Json>>;
  /** By request; one that is asked for again gets the next. */
  readonly answers: Readonly<Record<string, Json | Uint8Array>>;
  readonly sent: JsonObject;
  readonly gives: JsonObject;
}

const secrets = {
  ...{ ANTHROPIC_API_KEY: 'ant-key-1', APIFY_TOKEN: 'apify-key-1', APOLLO_API_KEY: 'apollo-key-1' },
  ...{
    HUNTER_API_KEY: 'hunter-key-1',
    INSTAGRAM_ACCESS_TOKEN: 'insta-key-1',
    META_ACCESS_TOKEN: 'meta-key-1',
  },
  ...{ MIXEDBREAD_API_KEY: 'mxb-key-1', OPENAI_API_KEY: 'openai-key-1', OPENROUTER_API_KEY: 'router-key-1' },
  ...{ TWILIO_ACCOUNT_SID: 'twilio-sid-1', TWILIO_AUTH_TOKEN: 'twilio-key-1' },
};

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const chat = {
  choices: [{ message: { content: 'Hello' } }],
  model: 'm',
  usage: { prompt_tokens: 10, completion_tokens: 2 },
};
const finished = { status: 'completed', audio_url: '/made.wav' };
const wave = new Uint8Array([82, 73, 70, 70]);
const say = { prompt: 'Say hello' };

const drives: readonly Drive[] = [
  {
    ...{ of: 'anthropic chat', type: 'ai', data: say },
    answers: {
      'POST /messages': { content: [{ text: 'Hello' }], usage: { input_tokens: 10, output_tokens: 2 } },
    },
    sent: {
      headers: { 'x-api-key': 'ant-key-1', 'anthropic-version': '2023-06-01' },
      body: { max_tokens: 1000 },
    },
    gives: { text: 'Hello', usage: { inputTokens: 10, outputTokens: 2 } },
  },
  {
    ...{ of: 'openai-compatible chat', type: 'ai', data: say },
    answers: { 'POST /chat/completions': chat },
    sent: { body: { model: 'local' } },
    gives: { text: 'Hello' },
  },
  {
    ...{ of: 'openai chat', type: 'ai', data: say },
    answers: { 'POST /chat/completions': chat },
    sent: { headers: bearer('openai-key-1'), body: { model: 'gpt-4o-mini' } },
    gives: { text: 'Hello', cost: { currency: 'USD' } },
  },
  {
    ...{ of: 'openrouter chat', type: 'ai', data: say },
    answers: { 'POST /chat/completions': chat },
    sent: { headers: bearer('router-key-1') },
    gives: { text: 'Hello', cost: { currency: 'USD' } },
  },
  {
    ...{ of: 'openai speech', type: 'http', data: { mapping: { text: 'Mind the gap' }, saveAs: 'gap.wav' } },
    answers: { 'POST /audio/speech': wave },
    sent: { headers: bearer('openai-key-1'), body: { input: 'Mind the gap', response_format: 'wav' } },
    gives: { bytes: 4 },
  },
  {
    ...{ of: 'apify scrape-comments', type: 'http' },
    data: { mapping: { url: ['https://x/p'], platform: 'facebook' } },
    answers: {
      'POST /v2/acts/apify~facebook-comments-scraper/run-sync-get-dataset-items': [
        {
          commentId: '1',
          commentText: 'Hi',
          profileName: 'Ada',
          profileId: 'a1',
          date: '2026-01-09T10:00:00Z',
        },
      ],
    },
    sent: { headers: bearer('apify-key-1'), body: { resultsLimit: 100 } },
    gives: { comments: [{ id: '1', text: 'Hi', from: { username: 'a1', name: 'Ada' } }] },
  },
  {
    ...{
      of: 'apollo match',
      type: 'http',
      data: { mapping: { email: 'a@b.it' }, fieldMapping: { title: 'title' } },
    },
    answers: { 'POST /api/v1/people/match': { person: { title: 'Sound designer' } } },
    sent: { headers: { 'x-api-key': 'apollo-key-1' }, body: { email: 'a@b.it' } },
    gives: { title: 'Sound designer', cost: { totalCost: 0.02 } },
  },
  {
    ...{
      of: 'hunter email-finder',
      type: 'http',
      data: { items: [{ n: 'Ada' }], itemMapping: { firstName: 'item.n' } },
    },
    answers: {
      'GET /v2/email-finder?first_name=Ada&api_key=hunter-key-1': { data: { email: 'a@b.it', score: 9 } },
    },
    sent: {},
    gives: { items: [{ n: 'Ada', email: 'a@b.it', emailScore: 9 }] },
  },
  {
    ...{
      of: 'hunter email-verifier',
      type: 'http',
      data: { items: ['a@b.it'], itemMapping: { email: 'item' } },
    },
    answers: {
      'GET /v2/email-verifier?email=a%40b.it&api_key=hunter-key-1': { data: { status: 'valid', score: 9 } },
    },
    sent: {},
    gives: { items: [{ emailStatus: 'valid' }] },
  },
  {
    ...{ of: 'mixedbread embed', type: 'http' },
    data: { items: [{ a: 'x' }, { a: 'y' }], fields: ['a'], outputField: 'embedding' },
    answers: { 'POST /v1/embeddings': { data: [{ embedding: [1] }, { embedding: [2] }] } },
    sent: { headers: bearer('mxb-key-1'), body: { input: ['x', 'y'] } },
    gives: { items: [{ embedding: [1] }, { embedding: [2] }], calls: 1 },
  },
  {
    ...{ of: 'comfyui prompt', type: 'submit_and_poll' },
    data: { mapping: { graph: { '9': { class_type: 'SaveAudio' } } }, saveAs: 'made.flac', everyMs: 10 },
    answers: {
      'POST /prompt': { prompt_id: 'p1' },
      'GET /history/p1': {
        p1: { status: { completed: true }, outputs: { '9': { audio: [{ filename: 'made.flac' }] } } },
      },
      'GET /view?filename=made.flac': wave,
    },
    sent: { body: { prompt: { '9': { class_type: 'SaveAudio' } } } },
    gives: { handle: 'p1', bytes: 4 },
  },
  {
    ...{ of: 'comfyui stats', type: 'http', data: { operation: 'stats' } },
    answers: { 'GET /system_stats': { system: { os: 'posix' } } },
    sent: {},
    gives: { body: { system: { os: 'posix' } } },
  },
  {
    ...{ of: 'comfyui view', type: 'http', data: { mapping: { filename: 'a b.png' }, saveAs: 'a.png' } },
    answers: { 'GET /view?filename=a+b.png': wave },
    sent: {},
    gives: { bytes: 4 },
  },
  {
    ...{ of: 'sound-generator generate', type: 'submit_and_poll' },
    data: { mapping: { text: 'rain', seconds: 2 }, saveAs: 'rain.wav', everyMs: 10 },
    answers: { 'POST /v1/jobs': { id: 'j' }, 'GET /v1/jobs/j': finished, 'GET /made.wav': wave },
    sent: {
      headers: { 'idempotency-key': expect.any(String) },
      body: { input: { text: 'rain', seconds: 2 } },
    },
    gives: { handle: 'j', bytes: 4 },
  },
  {
    ...{ of: 'speech-generator speak', type: 'submit_and_poll' },
    data: { mapping: { text: 'Ciao', language: 'it' }, saveAs: 'ciao.wav', everyMs: 10 },
    answers: { 'POST /v1/jobs': { id: 'j' }, 'GET /v1/jobs/j': finished, 'GET /made.wav': wave },
    sent: { headers: { 'idempotency-key': expect.any(String) }, body: { input: { language: 'it' } } },
    gives: { handle: 'j', bytes: 4 },
  },
  {
    ...{ of: 'slack-webhook say', type: 'http', data: { mapping: { text: 'Done' } } },
    answers: { 'POST /': 'ok' },
    sent: { body: { text: 'Done' } },
    gives: { status: 200 },
  },
  {
    ...{ of: 'discord-webhook say', type: 'http', data: { mapping: { text: 'Done' } } },
    answers: { 'POST /': '' },
    sent: { body: { content: 'Done' } },
    gives: { status: 200 },
  },
  {
    ...{ of: 'sms send', type: 'http' },
    data: { mapping: { to: '+391', text: 'Done' }, settings: { account: 'AC1', from: '+390' } },
    answers: { 'POST /Accounts/AC1/Messages.json': { sid: 'SM1' } },
    sent: {
      headers: { authorization: `Basic ${Buffer.from('twilio-sid-1:twilio-key-1').toString('base64')}` },
      body: 'From=%2B390&To=%2B391&Body=Done',
    },
    gives: { body: { sid: 'SM1' } },
  },
  {
    ...{ of: 'meta-ads add-people', type: 'http' },
    data: { mapping: { hashes: ['h1', 'h2'] }, settings: { audience: 'a1' } },
    answers: { 'POST /a1/users': { num_received: 2 } },
    sent: {
      headers: bearer('meta-key-1'),
      body: { payload: { schema: ['EMAIL_SHA256'], data: [['h1'], ['h2']] } },
    },
    gives: { body: { num_received: 2 } },
  },
  {
    ...{ of: 'instagram container', type: 'submit_and_poll' },
    data: { mapping: { videoUrl: 'https://x/reel.mp4', caption: 'New' }, everyMs: 10 },
    answers: {
      'POST /me/media': { id: 'c1' },
      'GET /c1?fields=status_code': { status_code: 'FINISHED' },
    },
    sent: {
      headers: bearer('insta-key-1'),
      body: 'media_type=REELS&video_url=https%3A%2F%2Fx%2Freel.mp4&caption=New',
    },
    gives: { handle: 'c1' },
  },
  {
    ...{ of: 'instagram publish', type: 'http', data: { mapping: { creation: 'c1' } } },
    answers: { 'POST /me/media_publish': { id: 'm1' } },
    sent: { headers: bearer('insta-key-1'), body: 'creation_id=c1' },
    gives: { id: 'm1' },
  },
];

/** Driven by tests of their own, against servers that speak the whole protocol. */
const elsewhere: readonly string[] = ['s3'];

it('every operation of every preset is driven here or against a server of its own', () => {
  const all = shippedPresets.names
    .filter((name) => !elsewhere.includes(name))
    .flatMap((name) => Object.keys(shippedPresets.find(name).operations).map((one) => `${name} ${one}`));
  // What a preset only has from the one it extends says nothing new but where it is; each chat is driven all the same.
  const driven = new Set(drives.map(({ of }) => of));
  expect(all.filter((one) => !driven.has(one))).toEqual([]);
});

it.each(drives.map((drive) => [drive.of, drive] as const))(
  '%s sends what its service takes, and gives what that answers',
  async (of, { type, data, answers, sent, gives }) => {
    const asked: Asked[] = [];
    const service = await standIn((app) =>
      app.all('*', async (c) => {
        const url = new URL(c.req.url);
        const request = `${c.req.method} ${url.pathname}${url.search}`;
        asked.push({ request, headers: c.req.header(), body: await c.req.text() });
        const answer = answers[request] ?? answers[`${c.req.method} ${url.pathname}`];
        if (answer === undefined) return c.text('not here', 404);
        if (typeof answer === 'string') return c.text(answer);
        return answer instanceof Uint8Array ? c.body(new Uint8Array(answer)) : c.json(answer);
      }),
    );
    const [preset = '', operation = ''] = of.split(' ');
    const dir = tempDir('driven');
    const remote = remoteWith(secrets, { presets: shippedPresets, prompts: shippedPrompts });
    const given = node('n', type, {
      ...{ preset, url: service.url, ...(type === 'ai' ? {} : { operation }) },
      ...data,
    });
    const result = await firstOf(runNodes([given], remote, [], { dir }));
    expect(result).toMatchObject(gives);
    const [first] = asked;
    expect(asked.map(({ request }) => request)).toEqual(
      expect.arrayContaining(Object.keys(answers).filter((one) => one.includes('?'))),
    );
    const body = typeof sent.body === 'object' ? JSON.parse(first?.body ?? '') : first?.body;
    expect({ headers: first?.headers, body }).toMatchObject(sent);
    expect(JSON.stringify(result)).not.toMatch(/-key-1/);
    if (typeof data.saveAs === 'string') expect([...readFileSync(join(dir, data.saveAs))]).toEqual([...wave]);
  },
);
