import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../src/core/json.ts';
import { compileWorkflow } from '../../../src/workflow/compiler/compile.ts';
import { nothingIncluded } from '../../../src/workflow/compiler/phases/subworkflows/inclusion.ts';
import type { KnownServices } from '../../../src/workflow/nodes/requests/known-services.ts';
import { appIn } from '../../harness/app-in.ts';
import { freshProject } from '../../harness/fresh-project.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { commands, names, node } from '../harness.ts';
import { shippedPresets, shippedPrompts } from '../remote/run-remote.ts';

const all = ['APOLLO_API_KEY', 'HUNTER_API_KEY', 'OPENROUTER_API_KEY', 'SMTP_USER', 'SMTP_PASSWORD'];

/** The problems of a node, with what is known of services. */
function problemsOf(
  type: string,
  data: Record<string, Json>,
  secretNames: readonly string[] | undefined = all,
  more: JsonObject = {},
): readonly JsonObject[] {
  const services: KnownServices = { presets: shippedPresets, prompts: shippedPrompts, secretNames };
  const bus = { commands, find: (name: string) => names.get(name) };
  try {
    compileWorkflow({ nodes: [{ ...node('n', type, data), ...more }] }, bus, {
      inclusion: { ...nothingIncluded(), services },
    });
    return [];
  } catch (thrown) {
    return Object(thrown).details.problems;
  }
}

describe('what a node names of a preset is looked at when it is compiled', () => {
  it.each<[string, string, Record<string, Json>, string, JsonObject]>([
    ['a preset', 'http', { preset: 'apolo' }, 'preset', { code: 'PRESET_NOT_FOUND', didYouMean: ['apollo'] }],
    [
      'an operation',
      'http',
      { preset: 'hunter', operation: 'email-findr' },
      'operation',
      { code: 'PRESET_NOT_FOUND', didYouMean: ['email-finder'] },
    ],
    [
      'a parameter',
      'http',
      { preset: 'apollo', mapping: { emial: 'a@b.c' } },
      'mapping',
      { code: 'INVALID_INPUT', didYouMean: ['email'] },
    ],
    [
      'a required parameter that is left out',
      'http',
      { preset: 'hunter', operation: 'email-verifier' },
      'mapping',
      { code: 'MISSING_INPUT', message: expect.stringContaining('needs the parameter "email"') },
    ],
    [
      'a required parameter of the operation that an endpoint is',
      'http',
      { preset: 'hunter', endpoint: '/v2/email-verifier', mapping: { email: null } },
      'mapping',
      { code: 'MISSING_INPUT', expected: '"email" in "mapping" or "itemMapping": Address.' },
    ],
    [
      'a required parameter of a job',
      'submit_and_poll',
      { preset: 'sound-generator', mapping: { seconds: 2 } },
      'mapping',
      { code: 'MISSING_INPUT', message: expect.stringContaining('needs the parameter "text"') },
    ],
    [
      'a required parameter of a program',
      'exec',
      { preset: 'kohya-training', mapping: { name: 'x', dataset: 'd.toml' } },
      'mapping',
      { code: 'MISSING_INPUT', message: expect.stringContaining('needs the parameter "outputDir"') },
    ],
    [
      'a setting',
      'ai',
      { preset: 'openrouter', prompt: 'x', settings: { modle: 'x' } },
      'settings',
      { code: 'INVALID_INPUT', didYouMean: ['model'] },
    ],
    [
      'a prompt template',
      'ai',
      { preset: 'openrouter', promptTemplate: 'sentimnt' },
      'promptTemplate',
      { code: 'PRESET_NOT_FOUND' },
    ],
    [
      'a command of a program',
      'exec',
      { preset: 'kohya-training', operation: 'trian' },
      'operation',
      { code: 'PRESET_NOT_FOUND', didYouMean: ['train'] },
    ],
    [
      'a mail server',
      'mail',
      { preset: 'smpt', to: 'a@b.c', subject: 's', text: 't' },
      'preset',
      { code: 'PRESET_NOT_FOUND' },
    ],
  ])('%s', (_, type, data, member, problem) => {
    expect(problemsOf(type, data)).toMatchObject([
      { ...problem, node: 'n', pointer: `/nodes/0/data/${member}` },
    ]);
  });

  it('a secret that is not set up, with the nearest that is; not where others execute the runs, nor in a demo', () => {
    const asks = { preset: 'apollo', mapping: { email: 'a@b.c' } };
    expect(problemsOf('http', asks)).toEqual([]);
    expect(problemsOf('http', asks, ['APOLO_API_KEY'])).toMatchObject([
      {
        code: 'UNRESOLVED_REFERENCE',
        message: expect.stringContaining('"APOLLO_API_KEY"'),
        didYouMean: ['APOLO_API_KEY'],
      },
    ]);
    expect(problemsOf('http', asks, undefined)).toEqual([]);
    expect(problemsOf('http', asks, [], { mock: { output: { status: 200 } } })).toEqual([]);
    const own = { type: 'bearer', secret: 'MINE' };
    expect(problemsOf('http', { url: 'http://127.0.0.1/', auth: own }, [])).toMatchObject([
      { pointer: '/nodes/0/data/auth' },
    ]);
  });

  it('what a reference gives is left to the run', () => {
    const verifier = { preset: 'hunter', operation: 'email-verifier' };
    expect(problemsOf('http', { ...verifier, mapping: '{{ {"email": "a@b.c"} }}' })).toEqual([]);
    expect(problemsOf('http', { ...verifier, items: [{}], itemMapping: { email: 'item.email' } })).toEqual(
      [],
    );
    expect(problemsOf('http', { preset: '{{ "apo" + "llo" }}', operation: 'x' })).toEqual([]);
    expect(problemsOf('http', { preset: 'apollo', endpoint: '/api/v1/other', mapping: { any: 1 } })).toEqual(
      [],
    );
  });

  it('through the whole program: a run is refused before anything begins, and a template is made all the same', async () => {
    const dir = tempDir('services');
    freshProject(`${dir}/Game.wproj`);
    const app = appIn(dir, ['--project', `${dir}/Game.wproj`, '--state', `${dir}/state`]);
    const service = await app.openService();
    const made = await service.templates.make({ template: 'leads-quick', input: { contacts: [] } });
    expect(made).toMatchObject({ ok: true });
    const { workflow } = Object(made.data);
    expect(await service.compile({ workflow })).toMatchObject({
      ok: false,
      code: 'UNRESOLVED_REFERENCE',
      error: expect.stringContaining('APOLLO_API_KEY'),
    });
    expect(await service.library.save({ workflow })).toMatchObject({ ok: true });
    await app.close();
  });
});
