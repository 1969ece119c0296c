import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../src/core/json.ts';
import { silentLog } from '../../../src/core/log.ts';
import type { Result } from '../../../src/core/result.ts';
import { compileWorkflow } from '../../../src/workflow/compiler/compile.ts';
import { createRunner, type Runner } from '../../../src/workflow/runtime/runner.ts';
import { randomCases } from '../../harness/amount.ts';
import { cpuTimeMs } from '../../harness/cpu-time.ts';
import { edges, emptyShelf, node, type Shelf, type ShelfBus, shelfBus } from '../harness.ts';

let shelf: Shelf;
let bus: ShelfBus;
let runner: Runner;

beforeEach(() => {
  shelf = emptyShelf();
  bus = shelfBus(shelf);
  runner = createRunner({ bus, log: silentLog, expressions: { cleanName: (text) => `clean ${text}` } });
});

const run = (document: JsonObject, input?: Json): Promise<Result> =>
  runner.run(compileWorkflow(document, bus), { input });

describe('a run of a workflow with expressions', () => {
  it('works out inputs from what came before', async () => {
    const result = await run(
      {
        vars: { surface: 'grass' },
        globals: { prefix: 'Step' },
        inputs: { take: { type: 'integer', default: 7 } },
        nodes: [
          node('my-sound', 'createSound', {
            name: '{{ globals.prefix }}_{{ vars.surface.pascal() }}_{{ padZero(workflow.input.take, 2) }}',
          }),
          node('look', 'query', { type: 'Sound' }),
          node('notes', 'setNotes', {
            objectId: '{{ nodes.my-sound.id }}',
            notes:
              '{{ input.objects.map(x, x.name).join() }} of $from:look:$output:total: {{ cleanName("a") }}',
            level: '{{ nodes.look.total * 1.5 }}',
            tags: ['{{ nodes.look.objects.map(x, lower(x.name)).first() }}', 'plain'],
          }),
        ],
        edges: edges('my-sound look', 'look notes'),
      },
      { take: 3 },
    );
    expect(result).toMatchObject({ ok: true });
    expect(shelf.done).toEqual([
      'create Step_Grass_03',
      'query Sound',
      'notes Step_Grass_03: Step_Grass_03 of 1: clean a',
    ]);
  });

  it('hands any JSON value on as it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 4 }), async (value) => {
        const given: Json = JSON.parse(JSON.stringify(value));
        const result = await run({
          vars: { value: given },
          nodes: [node('say', 'say', { text: '{{ toJson(vars.value) }}' })],
        });
        expect(result).toMatchObject({ data: { results: [{ data: { text: JSON.stringify(given) } }] } });
      }),
      randomCases(40, 2_000),
    );
  });

  it('fails the node whose expression has no value, with what to do', async () => {
    const result = await run({
      nodes: [
        node('look', 'query', { type: 'Sound' }),
        node('say', 'say', { text: 'First: {{ nodes.look.objects[0].name }}' }),
      ],
    });
    expect(result).toMatchObject({
      ok: false,
      code: 'UNRESOLVED_REFERENCE',
      error: expect.stringContaining('is null'),
      hint: expect.stringContaining('default('),
    });
  });

  it('stops a node with many expressions that cost much, whatever each of them may', async () => {
    const tags = Array.from(
      { length: 300 },
      (_, at) => `{{ toText(range(0, 100000).map(x, x + ${at}).size()) }}`,
    );
    const before = cpuTimeMs(process.pid);
    const result = await run({
      nodes: [
        node('s', 'createSound', { name: 'S' }),
        node('n', 'setNotes', { objectId: '$from:s:$output:id', tags }),
      ],
    });
    expect(result).toMatchObject({
      ok: false,
      code: 'INVALID_INPUT',
      error: expect.stringContaining('too much work'),
    });
    expect(cpuTimeMs(process.pid) - before).toBeLessThan(3_000);
  });

  it('refuses by its schema what comes of an expression', async () => {
    const result = await run({
      vars: { level: 11 },
      nodes: [
        node('s', 'createSound', { name: 'S' }),
        node('n', 'setNotes', { objectId: '$from:s:$output:id', level: '{{ vars.level + 1 }}' }),
      ],
    });
    expect(result).toMatchObject({ ok: false, code: 'INVALID_INPUT' });
  });

  it('needs the inputs that expressions read, but for those that stand in default()', async () => {
    const document = (text: string): JsonObject => ({
      inputs: { who: { type: 'string' } },
      nodes: [node('say', 'say', { text })],
    });
    expect(await run(document('{{ workflow.input.who }}'))).toMatchObject({
      ok: false,
      code: 'MISSING_INPUT',
    });
    expect(await run(document('{{ input.who }}'))).toMatchObject({ ok: false, code: 'MISSING_INPUT' });
    expect(await run(document('{{ default(workflow.input.who, "you") }}'))).toMatchObject({ ok: true });
  });

  it('remembers by what the expressions gave, not by how they are written', async () => {
    const document = (name: string): JsonObject => ({
      workflowId: 'w',
      nodes: [node('s', 'createSound', { name })],
    });
    const memoOf = async (name: string) => JSON.stringify(await run(document(name)));
    expect(await memoOf('{{ "A" + "B" }}')).toContain('"memo":"miss"');
    expect(await memoOf('{{ upper("ab") }}')).toContain('"memo":"hit"');
    expect(await memoOf('{{ upper("abc") }}')).toContain('"memo":"miss"');
  });
});
