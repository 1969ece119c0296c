import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type Json, type JsonObject } from '../../../src/core/json.ts';
import { silentLog } from '../../../src/core/log.ts';
import { createRunner } from '../../../src/workflow/runtime/runner.ts';
import { compile, edges, emptyShelf, node, refusal, shelfBus } from '../harness.ts';

const say = (id: string, text: string) => node(id, 'say', { text });
const either = node('which', 'branch', { condition: true });

/** What is wrong, and the code and the pointer by which an agent knows it. */
const wrong: readonly (readonly [what: string, document: JsonObject, code: string, pointer: string])[] = [
  ['an unknown key at the top', { nodes: [say('a', 'x')], triggers: [] }, 'WORKFLOW_INVALID', '/triggers'],
  [
    'a format of a newer program',
    { formatVersion: 3, nodes: [say('a', 'x')] },
    'WORKFLOW_INVALID',
    '/formatVersion',
  ],
  [
    'a format that is none',
    { formatVersion: 'new', nodes: [say('a', 'x')] },
    'WORKFLOW_INVALID',
    '/formatVersion',
  ],
  [
    'a node of an older format in a document of the present one',
    {
      formatVersion: 2,
      nodes: [{ id: 'a', type: 'api', config: { provider: 'hunter', mapping: { domain: 'x.org' } } }],
    },
    'WORKFLOW_INVALID',
    '/nodes/0/config/provider',
  ],
  [
    'a reference to a node that is not there',
    { nodes: [say('a', '{{ nodes.b.text }}')] },
    'UNRESOLVED_REFERENCE',
    '/nodes/0/data/text',
  ],
  [
    'a reference to a node on another way of a branch',
    {
      nodes: [either, say('a', 'x'), say('b', '{{ nodes.a.text }}')],
      edges: [
        { source: 'which', target: 'a', sourceHandle: 'true' },
        { source: 'which', target: 'b', sourceHandle: 'false' },
      ],
    },
    'UNRESOLVED_REFERENCE',
    '/nodes/2/data/text',
  ],
  [
    'a reference that closes a circle',
    { nodes: [say('a', '{{ nodes.b.text }}'), say('b', 'x')], edges: edges('a b') },
    'CYCLE',
    '/nodes/0/data/text',
  ],
  [
    'a table of a branch that its edges contradict',
    {
      nodes: [
        node('which', 'branch', { condition: true, branches: { true: 'b' } }),
        say('a', 'x'),
        say('b', 'x'),
      ],
      edges: [{ source: 'which', target: 'a', sourceHandle: 'true' }],
    },
    'WORKFLOW_INVALID',
    '/edges/0/sourceHandle',
  ],
  [
    'a loop over what is no list',
    { nodes: [node('each', 'forEach', { items: 'abc', nodes: [say('a', 'x')] })] },
    'WORKFLOW_INVALID',
    '/nodes/0/data/items',
  ],
  [
    'a schema that does not compile',
    { nodes: [{ ...say('a', 'x'), outputSchema: { type: 'strng' } }] },
    'SCHEMA_INVALID',
    '/nodes/0/outputSchema',
  ],
];

/** How the last node of a run fails. */
async function failing(
  document: JsonObject,
): Promise<{ readonly row: JsonObject; readonly done: readonly string[] }> {
  const shelf = emptyShelf();
  const result = await createRunner({ bus: shelfBus(shelf), log: silentLog }).run(compile(document));
  const rows = asJsonArray(asJsonObject(result.ok ? result.data : result.details).results);
  return { row: asJsonObject(rows.at(-1)), done: shelf.done };
}

describe('what is wrong with a workflow', () => {
  it.each(wrong)(
    'is reported by a code, where it stands and what was expected: %s',
    (_, document, code, pointer) => {
      const { error, problems } = refusal(document);
      expect(problems.map((problem) => [problem.code, problem.pointer])).toContainEqual([code, pointer]);
      expect(error.hint).not.toBe('');
      expect(problems[0]?.message.length).toBeGreaterThan(20);
    },
  );

  it('is reported before anything is done that comes after it, where only the run can know: a loop over what is no list', async () => {
    const loop = (value: Json) => ({
      nodes: [
        node('src', 'input', { source: 'static', value: { list: value } }),
        node('each', 'forEach', {
          items: '{{ nodes.src.list }}',
          nodes: [node('s', 'createSound', { name: '{{ item }}' })],
        }),
      ],
    });
    const { row, done } = await failing(loop('abc'));
    expect(row).toMatchObject({
      node: 'each',
      ok: false,
      code: 'INVALID_INPUT',
      details: { node: 'each' },
    });
    expect(done).toEqual([]);
    expect((await failing(loop(['a']))).done).toEqual(['create a']);
  });

  it('is not the length of a text: ten million characters go through', async () => {
    const long = 'a'.repeat(10_000_000);
    const nodes = [
      node('src', 'input', { source: 'static', value: { text: long } }),
      node('short', 'transform', {
        single: true,
        operations: [{ type: 'calculate', field: 'text', transformation: 'size(item.text)' }],
      }),
    ];
    expect((await failing({ nodes, edges: edges('src short') })).row).toMatchObject({
      data: { text: 10_000_000 },
    });
  });
});

describe('what an error says beside its code', () => {
  const messageOf = (document: JsonObject): string => String(refusal(document).problems[0]?.message);

  it('names the word of a schema that is none, and the nearest', () => {
    const withSchema = (outputSchema: Json) => ({ nodes: [{ ...say('a', 'x'), outputSchema }] });
    expect(messageOf(withSchema({ type: 'objekt' }))).toContain(
      '"type" cannot be "objekt". Did you mean "object"?',
    );
    const inside = { type: 'object', properties: { text: { type: 'strin', maxLength: 3 } } };
    expect(messageOf(withSchema(inside))).toContain('"type" at /properties/text cannot be "strin".');
    expect(messageOf(withSchema({ maxLength: 'three' }))).toContain('"maxLength" cannot be "three"');
  });

  it('says of a node inside of another one how it is read, and proposes none that has nothing in common', () => {
    const loop = node('e', 'forEach', { items: [1], nodes: [say('s', 'x')] });
    const document = { nodes: [loop, say('b', '{{ nodes.s.text }}')] };
    expect(messageOf(document)).toContain(
      'It stands inside of "e": from outside, what it gives is read as a list in nodes.e.items.',
    );
    expect(refusal(document).problems[0]?.suggestion).toBeUndefined();
  });

  it('never proposes that a node waits for itself', () => {
    const { problems } = refusal({
      nodes: [node('mix', 'merge', { sources: ['mi', 'mic'] }), say('mic', 'x')],
    });
    expect(problems[0]).toMatchObject({ pointer: '/nodes/0/data/sources/0', didYouMean: ['mic'] });
  });
});
