import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { Json, JsonObject } from '../../src/core/json.ts';
import { compile, edges, node, refusal } from './harness.ts';

/** Of each rule of the compiler: a document that breaks it alone, where it is refused, and the same document mended. */
interface Law {
  readonly broken: JsonObject;
  readonly refused: readonly [code: string, pointer: string];
  readonly mended: JsonObject;
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

const laws: Readonly<Record<string, Law>> = {
  acyclic: {
    broken: { nodes: [made, notes({ objectId: 'x' })], edges: edges('made n', 'n made') },
    refused: ['CYCLE', '/edges/1'],
    mended: { nodes: [made, notes({ objectId: 'x' })], edges: edges('made n') },
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
  'reference-target': {
    broken: { nodes: [made, notes({ objectId: '$from:maed:$output:id' })] },
    refused: ['UNRESOLVED_REFERENCE', '/nodes/1/data/objectId'],
    mended: { nodes: [made, notes({ objectId: '$from:made:$output:id' })] },
  },
};

it('every rule of the compiler is tested here', () => {
  const folder = fileURLToPath(new URL('../../src/workflow/compiler/rules', import.meta.url));
  const rules = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  expect(rules.map((name) => name.replace('.ts', '')).sort()).toEqual(Object.keys(laws).sort());
});

it.each(Object.entries(laws))(
  'a document that breaks %s alone is refused there; mended, it compiles',
  (_, law) => {
    const { problems } = refusal(law.broken);
    expect(problems.map(({ code, pointer }) => [code, pointer])).toEqual([law.refused]);
    expect(compile(law.mended).order.length).toBeGreaterThan(0);
  },
);
