import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/core/json.ts';
import { compile, edges, importWav, node, refusal } from '../harness.ts';

describe('compiling "import a WAV into a new Sound"', () => {
  const plan = compile(importWav());

  it('orders the nodes by their edges and otherwise as they are listed', () => {
    expect(plan.order).toEqual(['n1', 'n2', 'n3', 'n4']);
    expect(plan.waves).toEqual([['n1'], ['n2', 'n3'], ['n4']]);
  });

  it('wires the Sound into the import and the routing', () => {
    const wired = { input: 'objectId', from: '$from:n1:$output:objectId', auto: true };
    expect(plan.nodes.map(({ id, wiring }) => [id, wiring])).toEqual([
      ['n1', []],
      ['n2', [wired]],
      ['n3', [wired]],
      ['n4', []],
    ]);
    expect(plan.nodes[1]?.input).toEqual({
      filePath: 'C:/temp/sound.wav',
      objectId: '$from:n1:$output:objectId',
    });
  });

  it('lets the save wait for the import although no edge says so', () => {
    expect(plan.addedEdges).toEqual([
      {
        source: 'n2',
        target: 'n4',
        kind: 'effect',
        reason: 'n4 (projectSave) waits for everything before it, n2 (audioImport) included',
      },
    ]);
  });

  it('names kinds, effects and the calls to expect', () => {
    expect(plan.nodes.map(({ kind, effect }) => [kind, effect])).toEqual([
      ['create_sound', 'create'],
      ['audio_import', 'create'],
      ['set_output_bus', 'update'],
      ['project_save', 'barrier'],
    ]);
    // Four nodes, and the undo group around them.
    expect(plan.waapiCalls).toBe(6);
    expect(plan.warnings).toEqual([]);
  });

  it('gives a frozen plan that survives JSON', () => {
    expect(Object.isFrozen(plan)).toBe(true);
    expect(Object.isFrozen(plan.nodes[0]?.input)).toBe(true);
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  });

  it('leaves the document as it was', () => {
    const document = importWav();
    const before = JSON.stringify(document);
    compile(document);
    expect(JSON.stringify(document)).toBe(before);
    expect(Object.isFrozen(document)).toBe(false);
  });

  it('takes the document as JSON text, and parts of it too', () => {
    expect(compile(JSON.stringify(importWav())).planHash).toBe(plan.planHash);
    const { nodes, edges: arrows } = importWav();
    expect(compile({ nodes: JSON.stringify(nodes), edges: JSON.stringify(arrows) }).planHash).toBe(
      plan.planHash,
    );
    const text = compile({ nodes: [{ id: 'n1', type: 'createSound', data: '{"name":"A"}' }] });
    expect(text.nodes[0]?.input).toEqual({ name: 'A' });
  });

  it('reads command names, config and ports like aliases, data and handles', () => {
    const plan = compile({
      nodes: [
        { id: 'a', type: 'create_sound', config: { name: 'A' } },
        { id: 'b', type: 'set_notes', config: {} },
      ],
      edges: [{ source: 'a', target: 'b', sourcePort: 'path', targetPort: 'notes' }],
    });
    expect(plan.nodes[1]?.input).toEqual({
      notes: '$from:a:$output:path',
      objectId: '$from:a:$output:objectId',
    });
  });
});

describe('the plan hash and the workflow id', () => {
  it('do not change when a node is dragged', () => {
    const moved = importWav();
    const nodes = (moved.nodes as { id: string }[]).map((item, x) => ({
      ...item,
      position: { x, y: 3 },
      selected: true,
    }));
    expect(compile({ ...moved, nodes, viewport: { x: 1, y: 2, zoom: 1 } })).toEqual(compile(importWav()));
  });

  it('keep the id but not the hash when a value is repaired', () => {
    const [wrong, right] = [compile(importWav('C:/tmp/sound.wav')), compile(importWav())];
    expect(wrong.workflowId).toBe(right.workflowId);
    expect(wrong.planHash).not.toBe(right.planHash);
  });

  it('take the id from the document, else from its name', () => {
    expect(compile({ ...importWav(), workflowId: 'footsteps' }).workflowId).toBe('footsteps');
    const named = compile({ ...importWav(), name: 'Footsteps' });
    expect(named.workflowId).toMatch(/^wf_[0-9a-f]{16}$/);
    expect(compile({ name: 'Footsteps', nodes: [node('x', 'projectSave')] }).workflowId).toBe(
      named.workflowId,
    );
    expect(compile(importWav()).workflowId).not.toBe(named.workflowId);
  });
});

describe('what React Flow writes', () => {
  it('is accepted as toObject() gives it', () => {
    const plan = compile({
      nodes: [
        {
          ...node('a', 'createSound', { name: 'A', label: 'Create the sound' }),
          ...{
            position: { x: 0, y: 0 },
            measured: { width: 150, height: 40 },
            width: 150,
            height: 40,
            selected: false,
          },
          ...{
            dragging: false,
            style: { color: 'red' },
            className: 'x',
            hidden: false,
            zIndex: 2,
            parentId: 'g',
          },
          ...{
            extent: 'parent',
            sourcePosition: 'right',
            targetPosition: 'left',
            positionAbsolute: { x: 0, y: 0 },
          },
        },
        { ...node('b', 'setNotes'), position: { x: 0, y: 100 } },
      ],
      edges: [
        {
          ...{
            id: 'e',
            source: 'a',
            target: 'b',
            sourceHandle: null,
            targetHandle: 'left',
            type: 'smoothstep',
          },
          ...{
            animated: true,
            label: 'then',
            markerEnd: { type: 'arrow' },
            style: {},
            selected: true,
            data: {},
          },
        },
      ],
      viewport: { x: 0, y: 0, zoom: 1 },
    });
    expect(plan.nodes[0]?.input).toEqual({ name: 'A' });
    expect(plan.order).toEqual(['a', 'b']);
  });
});

describe('references', () => {
  it('make the reader wait, without an edge', () => {
    const plan = compile({
      nodes: [
        node('notes', 'setNotes', {
          objectId: '$from:made:$output:id',
          notes: 'for $from:made:$output:name!',
        }),
        node('made', 'createSound', { name: 'A' }),
      ],
    });
    expect(plan.order).toEqual(['made', 'notes']);
    expect(plan.addedEdges).toEqual([
      {
        source: 'made',
        target: 'notes',
        kind: 'reference',
        reason: 'notes (setNotes) reads $from:made:$output:id',
      },
    ]);
    expect(plan.nodes[1]?.wiring).toEqual([
      { input: 'objectId', from: '$from:made:$output:id', auto: false },
      { input: 'notes', from: '$from:made:$output:name', auto: false },
    ]);
  });

  it('reach into lists and take objectId for the id of an object', () => {
    const plan = compile({
      nodes: [
        node('q', 'query', { type: 'Sound' }),
        node('a', 'setNotes', { objectId: '$from:q:$output:objects.0.id' }),
        node('b', 'setNotes', { objectId: '$from:q:$output:objects[1].objectId' }),
        node('i', 'audioImport', { filePath: 'x.wav', objectId: '$from:q:$output:objects.0.id' }),
        node('c', 'setNotes', { objectId: '$from:i:$output:objectId' }),
      ],
    });
    expect(plan.order).toEqual(['q', 'a', 'b', 'i', 'c']);
  });

  it('read the inputs of the workflow', () => {
    const plan = compile({
      inputs: {
        wav: { type: 'string', default: 'x.wav', description: 'The file.' },
        level: { type: 'number' },
      },
      nodes: [node('a', 'createSound', { name: '$input:wav', volumeDb: '$input:level' })],
    });
    expect(plan.inputs).toEqual({
      wav: { type: 'string', default: 'x.wav', description: 'The file.' },
      level: { type: 'number' },
    });
    expect(plan.nodes[0]?.wiring).toEqual([
      { input: 'name', from: '$input:wav', auto: false },
      { input: 'volumeDb', from: '$input:level', auto: false },
    ]);
  });
});

describe('auto-wiring', () => {
  it('takes the nearest output, not the first', () => {
    const plan = compile({
      nodes: [
        node('made', 'createSound', { name: 'A' }),
        node('imported', 'audioImport', { filePath: 'x.wav' }),
        node('routed', 'setOutputBus', { busPath: 'M' }),
      ],
      edges: edges('made imported', 'imported routed'),
    });
    expect(plan.nodes[2]?.wiring).toEqual([
      { input: 'objectId', from: '$from:imported:$output:object.id', auto: true },
    ]);
  });

  it('looks past nodes that give nothing', () => {
    const plan = compile({
      nodes: [
        node('made', 'createSound', { name: 'A' }),
        node('q', 'query', { type: 'Sound' }),
        node('n', 'setNotes'),
      ],
      edges: edges('made q', 'q n'),
    });
    expect(plan.nodes[2]?.wiring).toEqual([
      { input: 'objectId', from: '$from:made:$output:objectId', auto: true },
    ]);
  });

  it('fills the first alternative that can be filled, and none when one is complete', () => {
    const nodes = [
      node('made', 'createSound', { name: 'A' }),
      node('i', 'audioImport', { filePath: 'x', parentPath: '\\C' }),
    ];
    const plan = compile({ nodes, edges: edges('made i') });
    expect(plan.nodes[1]?.wiring).toEqual([]);
  });

  it('follows handles that name an output or an input', () => {
    const two = [
      node('a', 'createSound', { name: 'A' }),
      node('b', 'createSound', { name: 'B' }),
      node('n', 'setNotes'),
    ];
    const byInput = compile({
      nodes: two,
      edges: [
        { source: 'a', target: 'n' },
        { source: 'b', target: 'n', targetHandle: 'objectId' },
      ],
    });
    expect(byInput.nodes[2]?.wiring).toEqual([
      { input: 'objectId', from: '$from:b:$output:objectId', auto: false },
    ]);
    const byOutput = compile({
      nodes: two,
      edges: [
        { source: 'a', target: 'n', sourceHandle: 'objectId' },
        { source: 'b', target: 'n' },
      ],
    });
    expect(byOutput.nodes[2]?.wiring).toEqual([
      { input: 'objectId', from: '$from:a:$output:objectId', auto: false },
    ]);
  });

  it('follows handles of the kinds that are no commands, and refuses what none of them has, with candidates', () => {
    const nodes = [
      node('q', 'query', { type: 'Sound' }),
      node('w', 'wait', { forMs: 1 }),
      node('s', 'say', { text: 'x' }),
      node('t', 'say'),
    ];
    const compiled = compile({
      nodes,
      edges: [
        { source: 'q', target: 'w', targetHandle: 'in' },
        { source: 'w', target: 's', sourceHandle: 'until' },
        { source: 's', target: 't', sourceHandle: 'text', targetHandle: 'text' },
      ],
    });
    expect(compiled.nodes.find(({ id }) => id === 't')?.wiring).toEqual([
      { input: 'text', from: '$from:s:$output:text', auto: false },
    ]);
    const handles: readonly [edge: JsonObject, candidates: string][] = [
      [{ source: 'q', target: 'w', sourceHandle: 'objekts' }, 'objects, total, error'],
      [{ source: 'q', target: 'w', sourceHandle: 'eror' }, 'objects, total, error'],
      [{ source: 'w', target: 's', sourceHandle: 'untill' }, 'until, waitedMs, error'],
      [{ source: 'w', target: 's', sourceHandle: 'text' }, 'until, waitedMs, error'],
      [{ source: 's', target: 'w', sourceHandle: 'onError' }, 'text, error'],
      [{ source: 'q', target: 's', targetHandle: 'txt' }, 'text'],
      [{ source: 'q', target: 'w', targetHandle: 'text' }, 'forMs, until'],
    ];
    for (const [edge, candidates] of handles) {
      const side = 'sourceHandle' in edge ? 'sourceHandle' : 'targetHandle';
      const { problems } = refusal({ nodes: nodes.slice(0, 3), edges: [edge] });
      expect(problems, JSON.stringify(edge)).toMatchObject([
        {
          code: 'UNRESOLVED_REFERENCE',
          pointer: `/edges/0/${side}`,
          expected: expect.stringContaining(`one of: ${candidates};`),
        },
      ]);
    }
  });

  it.each(['query', 'wait', 'say'])('follows the error port of a %s, over which nothing flows', (type) => {
    const data = { query: { type: 'Sound' }, wait: { forMs: 1 }, say: { text: 'x' } }[type] ?? {};
    const nodes = [node('a', type, data), node('s', 'say', { text: '$from:a:$error:code' })];
    const edge = { source: 'a', target: 's', sourceHandle: 'error' };
    expect(compile({ nodes, edges: [edge] }).nodes).toMatchObject([
      { id: 'a', onError: 'route' },
      { id: 's', catches: ['a'] },
    ]);
    expect(compile({ nodes, edges: [{ ...edge, targetHandle: 'left' }] }).nodes).toHaveLength(2);
    const { problems } = refusal({ nodes, edges: [{ ...edge, targetHandle: 'text' }] });
    expect(problems).toMatchObject([
      {
        ...{ code: 'WORKFLOW_INVALID', pointer: '/edges/0/targetHandle', node: 's' },
        expected: expect.stringContaining('$from:a:$error:code'),
        suggestion: [{ op: 'remove', path: '/edges/0/targetHandle' }],
      },
    ]);
  });

  it('warns of an edge that leaves from an output nobody takes', () => {
    const nodes = [node('a', 'createSound', { name: 'A' }), node('n', 'setNotes', { objectId: 'x' })];
    const { warnings } = compile({ nodes, edges: [{ source: 'a', target: 'n', sourceHandle: 'path' }] });
    expect(warnings).toEqual([
      'The edge a → n leaves from "path", but n (setNotes) takes nothing from it: it only orders.',
    ]);
  });
});

describe('effects', () => {
  const made = (id: string) => node(id, 'createSound', { name: id });

  it('let nothing cross a save, in the order of the document', () => {
    const plan = compile({
      nodes: [made('a'), node('s1', 'projectSave'), made('b'), node('s2', 'projectSave')],
    });
    expect(plan.waves).toEqual([['a'], ['s1'], ['b'], ['s2']]);
    expect(plan.addedEdges.map(({ source, target }) => `${source} ${target}`)).toEqual([
      'a s1',
      's1 b',
      'b s2',
    ]);
  });

  it('never contradict an edge', () => {
    const plan = compile({ nodes: [node('s', 'projectSave'), made('a'), made('b')], edges: edges('a s') });
    expect(plan.order).toEqual(['a', 's', 'b']);
    expect(plan.warnings).toEqual([
      'b (createSound) changes the project after s (projectSave), because it is listed later and no edge orders the two. ' +
        'If s must include the change, add an edge b → s.',
    ]);
  });

  it('keep a deletion at its place', () => {
    const plan = compile({ nodes: [made('a'), node('d', 'deleteObject', { objectId: '{x}' }), made('b')] });
    expect(plan.waves).toEqual([['a'], ['d'], ['b']]);
    expect(plan.addedEdges.map(({ reason }) => reason)).toEqual([
      'd (deleteObject) waits for everything before it, a (createSound) included',
      'b (createSound) waits for d (deleteObject), which nothing passes',
    ]);
  });

  it('add no arc where a path leads already', () => {
    const plan = compile({
      nodes: [made('a'), made('b'), node('s', 'projectSave')],
      edges: edges('a b', 'b s'),
    });
    expect(plan.addedEdges).toEqual([]);
  });
});
