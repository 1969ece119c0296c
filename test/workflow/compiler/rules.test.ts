import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { Profile } from '../../../src/core/access/profile.ts';
import type { Json, JsonObject } from '../../../src/core/json.ts';
import { compile, edges, node, refusal } from '../harness.ts';

/** Of each rule of the compiler: a document that breaks it alone, where it is refused, and the same document mended. */
interface Law {
  readonly broken: JsonObject;
  readonly refused: readonly [code: string, pointer: string];
  readonly mended: JsonObject;
  /** For whom it is compiled. Default: for who may do everything. */
  readonly profile?: Profile;
}

const made = node('made', 'createSound', {
  name: 'Made',
  parentPath: '\\Containers\\Default Work Unit',
});
const notes = (data: Record<string, Json>) => node('n', 'setNotes', data);
const wired = (handle: string): JsonObject => ({
  nodes: [made, notes({ objectId: 'x' })],
  edges: [{ source: 'made', target: 'n', sourceHandle: handle }],
});

/** A branch that leads to what is made, and to what reads it. */
const branched = (toMade: string, toReader?: string): JsonObject => ({
  nodes: [node('x', 'branch', { condition: true }), made, notes({ objectId: '$from:made:$output:id' })],
  edges: [
    { source: 'x', target: 'made', sourceHandle: toMade },
    ...(toReader === undefined ? [] : [{ source: 'x', target: 'n', sourceHandle: toReader }]),
  ],
});

/** Something nested so many levels deep. */
const nested = (levels: number): JsonObject => (levels === 0 ? {} : { a: nested(levels - 1) });

/** What is written down, before a node that asks for this. */
const judged = (outputSchema: JsonObject, inputSchema: JsonObject): JsonObject => ({
  nodes: [
    { ...node('src', 'input', { source: 'static', value: {} }), outputSchema },
    { ...node('s', 'say', { text: 'x' }), inputSchema },
  ],
  edges: edges('src s'),
});

const laws: Readonly<Record<string, Law>> = {
  policies: {
    broken: { policies: { forbidden: ['say'] }, nodes: [node('s', 'say', { text: 'x' })] },
    refused: ['POLICY_VIOLATED', '/nodes/0/type'],
    mended: { policies: { forbidden: ['wait'] }, nodes: [node('s', 'say', { text: 'x' })] },
  },
  'schema-ends': {
    broken: judged(
      { properties: { a: { type: 'array' } } },
      { properties: { a: { type: 'string' } }, required: ['a'] },
    ),
    refused: ['SCHEMA_MISMATCH', '/nodes/1/inputSchema'],
    mended: judged(
      { properties: { a: { type: ['array', 'string'] } } },
      { properties: { a: { type: 'string' } }, required: ['a'] },
    ),
  },
  acyclic: {
    broken: { nodes: [made, notes({ objectId: 'x' })], edges: edges('made n', 'n made') },
    refused: ['CYCLE', '/edges/1'],
    mended: { nodes: [made, notes({ objectId: 'x' })], edges: edges('made n') },
  },
  'branch-edges': {
    broken: branched('ture'),
    refused: ['UNRESOLVED_REFERENCE', '/edges/0/sourceHandle'],
    mended: branched('true'),
  },
  'edge-ends': {
    broken: { nodes: [made, notes({ objectId: 'x' })], edges: edges('maed n') },
    refused: ['UNRESOLVED_REFERENCE', '/edges/0/source'],
    mended: { nodes: [made, notes({ objectId: 'x' })], edges: edges('made n') },
  },
  'edge-handles': {
    broken: wired('objctId'),
    refused: ['UNRESOLVED_REFERENCE', '/edges/0/sourceHandle'],
    mended: wired('right'),
  },
  'error-routes': {
    broken: { nodes: [{ ...made, onError: 'route' }] },
    refused: ['WORKFLOW_INVALID', '/nodes/0/onError'],
    mended: { nodes: [{ ...made, onError: 'continue' }] },
  },
  'filled-inputs': {
    broken: { nodes: [notes({ notes: 'x' })] },
    refused: ['MISSING_INPUT', '/nodes/0/data/objectId'],
    mended: { nodes: [notes({ notes: 'x', objectId: 'y' })] },
  },
  'input-depth': {
    broken: { nodes: [notes({ objectId: 'x', notes: nested(70) })] },
    refused: ['WORKFLOW_INVALID', `/nodes/0/data/notes${'/a'.repeat(63)}`],
    mended: { nodes: [notes({ objectId: 'x', notes: 'y' })] },
  },
  'kind-laws': {
    broken: { nodes: [node('w', 'wait', { forMs: 1, until: '2026-01-01T00:00:00Z' })] },
    refused: ['WORKFLOW_INVALID', '/nodes/0/data/until'],
    mended: { nodes: [node('w', 'wait', { forMs: 1 })] },
  },
  'node-input': {
    broken: { nodes: [notes({ objectId: 'x', notes: 5 })] },
    refused: ['WORKFLOW_INVALID', '/nodes/0/data/notes'],
    mended: { nodes: [notes({ objectId: 'x', notes: '5' })] },
  },
  'not-taken': {
    broken: branched('true', 'false'),
    refused: ['UNRESOLVED_REFERENCE', '/nodes/2/data/objectId'],
    mended: branched('true', 'true'),
  },
  profile: {
    broken: { nodes: [node('d', 'deleteObject', { objectId: 'x' })] },
    refused: ['NOT_IN_PROFILE', '/nodes/0/type'],
    mended: { nodes: [made] },
    profile: 'designer',
  },
  'readable-references': {
    broken: { nodes: [made, notes({ objectId: '{{ made.id }}', notes: 'y' })] },
    refused: ['UNRESOLVED_REFERENCE', '/nodes/1/data/objectId'],
    mended: { nodes: [made, notes({ objectId: '{{ nodes.made.id }}', notes: 'y' })] },
  },
  'reference-target': {
    broken: { nodes: [made, notes({ objectId: '$from:maed:$output:id' })] },
    refused: ['UNRESOLVED_REFERENCE', '/nodes/1/data/objectId'],
    mended: { nodes: [made, notes({ objectId: '$from:made:$output:id' })] },
  },
};

it('every rule of the compiler is tested here', () => {
  const folder = fileURLToPath(new URL('../../../src/workflow/compiler/rules', import.meta.url));
  const rules = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  expect(rules.map((name) => name.replace('.ts', '')).sort()).toEqual(Object.keys(laws).sort());
});

it('rules are called by the one list of the compiler, and by no phase', () => {
  const compiler = new URL('../../../src/workflow/compiler/', import.meta.url);
  const text = readFileSync(new URL('compile.ts', compiler), 'utf8');
  const [, list = ''] = text.split('const steps');
  for (const [, name = '', rule = ''] of text.matchAll(
    /import \{ (check\w+) \} from '.\/rules\/(.+)\.ts'/g,
  )) {
    expect(Object.keys(laws)).toContain(rule);
    expect(list).toContain(`  ${name},`);
  }
  expect(text.match(/'.\/rules\//g)).toHaveLength(Object.keys(laws).length);
});

it.each(Object.entries(laws))(
  'a document that breaks %s alone is refused there; mended, it compiles',
  (_, law) => {
    const { problems } = refusal(law.broken, law.profile);
    expect(problems.map(({ code, pointer }) => [code, pointer])).toEqual([law.refused]);
    expect(compile(law.mended, law.profile).order.length).toBeGreaterThan(0);
  },
);
