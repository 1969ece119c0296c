import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type Json, type JsonObject } from '../../../src/core/json.ts';
import { silentLog } from '../../../src/core/log.ts';
import { createRunner } from '../../../src/workflow/runtime/runner.ts';
import { compile, edges, emptyShelf, node, refusal, shelfBus } from '../harness.ts';

const person = {
  type: 'object',
  properties: { name: { type: 'string' }, takes: { type: 'integer', minimum: 1 } },
  required: ['name', 'takes'],
};

/** Two nodes: one that gives this, and one that says what flowed into it. */
function flowing(value: Json, ofSource: JsonObject, ofTarget: JsonObject, more: JsonObject = {}): JsonObject {
  return {
    ...more,
    nodes: [
      { ...node('src', 'input', { source: 'static', value }), ...ofSource },
      {
        ...node('out', 'transform', {
          single: true,
          operations: [{ type: 'calculate', field: 'more', transformation: 'item.takes + 1' }],
        }),
        ...ofTarget,
      },
    ],
    edges: edges('src out'),
  };
}

async function ran(document: JsonObject, isDemo = false): Promise<JsonObject> {
  const bus = shelfBus(emptyShelf());
  const result = await createRunner({ bus, log: silentLog, isDemo }).run(compile(document));
  const row = asJsonObject(
    asJsonArray(asJsonObject(result.ok ? result.data : result.details).results).at(-1),
  );
  return result.ok ? asJsonObject(row.data) : row;
}

describe('a node with a schema', () => {
  it('is held to what flows into it', async () => {
    const schema = { inputSchema: { $ref: '#/schemas/person' } };
    const shared = { schemas: { person } };
    expect(await ran(flowing({ name: 'Ada', takes: 2 }, {}, schema, shared))).toMatchObject({ more: 3 });
    expect(await ran(flowing({ name: 'Ada', takes: 0 }, {}, schema, shared))).toMatchObject({
      node: 'out',
      code: 'SCHEMA_MISMATCH',
      error: expect.stringContaining('/takes'),
      details: { issues: [{ pointer: '/takes' }] },
    });
  });

  it('is held to what it gives, and what comes after it does not begin', async () => {
    expect(await ran(flowing({ name: 'Ada' }, { outputSchema: person }, {}))).toMatchObject({
      node: 'src',
      code: 'SCHEMA_MISMATCH',
    });
  });

  it('turns values into the types of the schema, where it asks for that', async () => {
    const coerced = { inputSchema: person, coerce: true };
    expect(await ran(flowing({ name: 'Ada', takes: '2' }, {}, coerced))).toMatchObject({ takes: 2, more: 3 });
    expect(await ran(flowing({ name: 'Ada', takes: 'two' }, {}, coerced))).toMatchObject({
      code: 'SCHEMA_MISMATCH',
    });
  });

  it('may be referred to by the $id of the schema of another, and into it', async () => {
    const named = { outputSchema: { ...person, $id: '#/schemas/person' } };
    const referring = {
      inputSchema: { type: 'object', properties: { takes: { $ref: '#/schemas/person/properties/takes' } } },
    };
    expect(await ran(flowing({ name: 'Ada', takes: 2 }, named, referring))).toMatchObject({ more: 3 });
  });

  it('holds a loop to what it is given and gives', async () => {
    const loop = (items: Json, more: JsonObject) => ({
      nodes: [
        {
          ...node('each', 'forEach', { items, nodes: [node('say', 'say', { text: '{{ item }}' })] }),
          ...more,
        },
      ],
    });
    const few = { outputSchema: { properties: { items: { maxItems: 1 } } } };
    expect(await ran(loop(['a'], few))).toMatchObject({ count: 1 });
    expect(await ran(loop(['a', 'b'], few))).toMatchObject({ code: 'SCHEMA_MISMATCH' });
  });

  it.each([
    [
      'a type that is none',
      { outputSchema: { type: 'strin' } },
      '/nodes/0/outputSchema',
      '"type" cannot be "strin". Did you mean "string"?',
    ],
    [
      'a reference to nothing',
      { outputSchema: { $ref: '#/schemas/persn' } },
      '/nodes/0/outputSchema',
      'Did you mean "person"',
    ],
    [
      'another schema of that name',
      { outputSchema: { $id: '#/schemas/person', type: 'string' } },
      '/nodes/0/outputSchema/$id',
      'something else',
    ],
    ['a pattern that is none', { outputSchema: { pattern: '(' } }, '/nodes/0/outputSchema', 'closing'],
  ])('is refused when it is compiled: %s', (_, options, pointer, message) => {
    const { problems } = refusal(flowing({}, options, {}, { schemas: { person } }));
    expect(problems).toEqual([expect.objectContaining({ code: 'SCHEMA_INVALID', pointer })]);
    expect(problems[0]?.message).toContain(message);
  });

  it('is refused where what comes before it never gives what it asks for', () => {
    const asks = (schema: JsonObject, ofSource: JsonObject = {}) =>
      refusal(flowing({}, ofSource, { inputSchema: { properties: schema, required: Object.keys(schema) } }))
        .problems[0];
    const closed = {
      outputSchema: {
        properties: { a: { type: 'object', properties: { b: { type: 'null' } } } },
        additionalProperties: false,
      },
    };
    expect(asks({ c: {} }, closed)?.message).toContain('/c is never there');
    expect(
      asks({ a: { properties: { b: { type: 'string' } }, required: ['b'] } }, closed)?.message,
    ).toContain('/a/b is null and must be string');
    const nodes = [
      node('made', 'createSound', { name: 'A' }),
      {
        ...node('s', 'say', { text: 'x' }),
        inputSchema: { properties: { name: { type: 'number' } }, required: ['name'] },
      },
    ];
    expect(refusal({ nodes, edges: edges('made s') }).codes).toEqual(['SCHEMA_MISMATCH']);
  });

  it('is null where there is none', () => {
    expect(compile(flowing({}, { inputSchema: null }, {})).nodes[0]?.contract).toBeUndefined();
  });
});

describe('a demo', () => {
  it('gives what mocks say instead of executing their nodes', async () => {
    const document = flowing({ takes: 1 }, { mock: { output: { takes: 41 } } }, {});
    expect(await ran(document, true)).toMatchObject({ more: 42 });
    expect(await ran(document)).toMatchObject({ more: 2 });
  });

  it('asks no service: a node that would has a mock, or the demo says so', async () => {
    const document = { nodes: [node('rows', 'input', { source: 'database', table: 't' })] };
    expect(await ran(document, true)).toMatchObject({ code: 'MOCK_MISSING', node: 'rows' });
  });

  it('holds a mock to the schema of its node', async () => {
    const mocked = { outputSchema: person, mock: { output: { name: 'Ada' } } };
    expect(await ran(flowing({}, mocked, {}), true)).toMatchObject({ code: 'SCHEMA_MISMATCH', node: 'src' });
  });

  it('takes mocks that are objects, alone', () => {
    expect(refusal(flowing({}, { mock: { output: 1 } }, {})).pointers).toEqual(['/nodes/0/mock']);
    expect(refusal(flowing({}, { mock: { output: {}, delay: 1 } }, {})).pointers).toEqual([
      '/nodes/0/mock/delay',
    ]);
    expect(refusal(flowing({}, { cost: { perCall: -1 } }, {})).pointers).toEqual(['/nodes/0/cost/perCall']);
  });
});

describe('what holds for a whole workflow', () => {
  it('stands in globals too: time, retries and what becomes of a failure', () => {
    const globals = {
      timeout: 60,
      retryPolicy: { maxRetries: 3, initialDelay: 10 },
      errorHandling: 'continue',
      lufs: -18,
    };
    const plan = compile({ globals, nodes: [node('say', 'say', { text: '{{ globals.lufs }}' })] });
    expect(plan).toMatchObject({ timeoutMs: 60_000, onError: 'continue' });
    expect(plan.nodes[0]?.retry).toMatchObject({ maxRetries: 3, initialDelayMs: 10 });
    const own = compile({
      globals,
      timeoutMs: 5,
      onError: 'rollback',
      nodes: [node('say', 'say', { text: 'x' })],
    });
    expect(own).toMatchObject({ timeoutMs: 5, onError: 'rollback' });
    expect(
      refusal({ globals: { timeout: 'soon' }, nodes: [node('say', 'say', { text: 'x' })] }).pointers,
    ).toEqual(['/globals/timeout']);
  });

  it('are words for people and editors, which change nothing', () => {
    const plain = { workflowId: 'w', nodes: [node('say', 'say', { text: 'x' })] };
    const described = {
      ...plain,
      $schema: 'https://example.com/workflow.json',
      description: 'Says it',
      metadata: { author: 'Ada', tags: ['x'] },
      nodes: [{ ...node('say', 'say', { text: 'x' }), name: 'Say', description: 'Says it' }],
    };
    expect(compile(described).planHash).toBe(compile(plain).planHash);
  });

  it('are policies: types of nodes that it may not have, wherever they stand', () => {
    const policies = { forbidden: ['say'] };
    const inner = [node('hello', 'say', { text: 'x' })];
    expect(refusal({ policies, nodes: inner })).toMatchObject({
      error: { code: 'POLICY_VIOLATED' },
      problems: [{ pointer: '/nodes/0/type' }],
    });
    expect(
      refusal({ policies, nodes: [node('each', 'forEach', { items: [1], nodes: inner })] }).codes,
    ).toContain('POLICY_VIOLATED');
    expect(refusal({ policies, nodes: [node('sub', 'subworkflow', { nodes: inner })] }).codes).toEqual([
      'POLICY_VIOLATED',
    ]);
    expect(refusal({ policies: { forbidden: ['sai'] }, nodes: inner }).problems[0]).toMatchObject({
      code: 'UNKNOWN_COMMAND',
      pointer: '/policies/forbidden/0',
    });
    expect(refusal({ policies: { forbidden: 'say', mostObjects: -1 }, nodes: inner }).pointers).toEqual([
      ...['/policies/mostObjects', '/policies/forbidden'],
    ]);
  });
});
