import { describe, expect, it } from 'vitest';
import { applied, compile, edges, importWav, isRefused, node, refusal } from '../harness.ts';

const made = (id: string) => node(id, 'createSound', { name: id });

describe('a document that is no workflow', () => {
  it.each([
    ['text', 'hello', 'A workflow is a JSON object with "nodes" and "edges", not a string: "hello".'],
    [
      'half a JSON text',
      '{"nodes": [',
      'A workflow is a JSON object with "nodes" and "edges", not a string: "{\\"nodes\\": [".',
    ],
    ['null', null, 'A workflow is a JSON object with "nodes" and "edges", not null: null.'],
    ['a list', [], 'A workflow is a JSON object with "nodes" and "edges", not an array: [].'],
    ['no nodes', { edges: [] }, '"nodes" must be an array of nodes, not nothing.'],
    ['an empty list of nodes', { nodes: [] }, 'The workflow has no nodes.'],
    [
      'edges that are no list',
      { nodes: [made('a')], edges: 'a>b' },
      '"edges" must be an array of edges, not a string.',
    ],
  ])('is refused: %s', (_, document, message) => {
    const { error } = refusal(document);
    expect(error.code).toBe('WORKFLOW_INVALID');
    expect(error.message).toBe(message);
  });
});

describe('problems', () => {
  it('are all reported at once, each with its place', () => {
    const { error, problems } = refusal({
      nme: 'typo',
      nodes: [
        { id: 'n1', type: 'creatSound', data: { name: 'A' } },
        { id: 'n2', type: 'createSound', data: { nam: 'B', onNameConflict: 'renam' }, condition: true },
        {
          id: 'n3',
          type: 'setNotes',
          data: { objectId: 7, tags: 'loud', level: 11, extra: { color: 'red' } },
        },
        { id: 'n3', type: 'projectSave' },
        'n5',
      ],
      edges: [
        { source: 'n1', target: 'n9' },
        { from: 'n1', target: 'n2' },
      ],
    });
    expect(error.code).toBe('WORKFLOW_INVALID');
    expect(error.message).toBe(
      `${problems[0]?.message} (and ${problems.length - 1} more: see details.problems)`,
    );
    expect(problems.map(({ pointer, message }) => `${pointer}: ${message}`)).toMatchInlineSnapshot(`
      [
        "/nme: A workflow has no key "nme". Did you mean "name"?",
        "/nodes/1/condition: A node has no key "condition". Did you mean "when"?",
        "/nodes/3/id: Two nodes have the id "n3": /nodes/2 and /nodes/3.",
        "/nodes/4: A node is an object with "id", "type" and "data", not a string.",
        "/edges/1/from: An edge has no key "from". Did you mean "source"?",
        "/edges/1/source: An edge has no source.",
        "/nodes/0/type: Node "n1" has the unknown type "creatSound". Did you mean "createSound"?",
        "/edges/0/target: The edge n1 → n9 has the target "n9", which is no node. Did you mean "n1" or "n2" or "n3"?",
        "/nodes/1/data/name: Node n2 (createSound) lacks "name".",
        "/nodes/1/data/onNameConflict: Node n2 (createSound): "onNameConflict" cannot be "renam". Did you mean "rename"?",
        "/nodes/1/data/nam: Node n2 (createSound) has no input "nam". Did you mean "name" or "onNameConflict"?",
        "/nodes/2/data/objectId: Node n3 (setNotes): "objectId" must be a string, not a number: 7.",
        "/nodes/2/data/tags: Node n3 (setNotes): "tags" must be an array, not a string: "loud".",
        "/nodes/2/data/level: Node n3 (setNotes): "level" cannot be 11: it must be at most 10.",
        "/nodes/2/data/extra/colour: Node n3 (setNotes): "extra.colour" is missing.",
        "/nodes/2/data/extra/color: Node n3 (setNotes) has no input "color" in "extra". Did you mean "colour"?",
      ]
    `);
  });

  it('have a did-you-mean and a patch', () => {
    const { problems } = refusal({
      nodes: [node('n1', 'createSound', { nmae: 'A', onNameConflict: 'renam' })],
    });
    expect(problems).toMatchInlineSnapshot(`
      [
        {
          "code": "MISSING_INPUT",
          "expected": ""name": Name of the new Sound.",
          "message": "Node n1 (createSound) lacks "name".",
          "node": "n1",
          "pointer": "/nodes/0/data/name",
        },
        {
          "code": "WORKFLOW_INVALID",
          "didYouMean": [
            "rename",
          ],
          "expected": "one of: fail, rename, replace, merge",
          "message": "Node n1 (createSound): "onNameConflict" cannot be "renam". Did you mean "rename"?",
          "node": "n1",
          "pointer": "/nodes/0/data/onNameConflict",
          "suggestion": [
            {
              "op": "replace",
              "path": "/nodes/0/data/onNameConflict",
              "value": "rename",
            },
          ],
        },
        {
          "code": "WORKFLOW_INVALID",
          "didYouMean": [
            "name",
          ],
          "expected": "one of: name, parentPath, onNameConflict, volumeDb",
          "message": "Node n1 (createSound) has no input "nmae". Did you mean "name"?",
          "node": "n1",
          "pointer": "/nodes/0/data/nmae",
          "suggestion": [
            {
              "from": "/nodes/0/data/nmae",
              "op": "move",
              "path": "/nodes/0/data/name",
            },
          ],
        },
      ]
    `);
  });

  it('are cut at a hundred, but counted', () => {
    const { error, problems } = refusal({
      nodes: Array.from({ length: 300 }, (_, i) => node(`n${i}`, 'nope')),
    });
    expect(problems).toHaveLength(100);
    expect(error.details?.problemCount).toBe(300);
    const endless = refusal({ nodes: Array.from({ length: 3_000 }, (_, i) => node(`n${i}`, 'nope')) });
    expect(endless.error.message).toMatch(/ \(and 1000 or more: see details\.problems\)$/);
    expect(endless.error.details?.problemCount).toBe(1_000);
  });
});

describe('the suggestions of all problems', () => {
  it('applied, give a workflow that compiles', () => {
    const document = {
      nodes: [
        {
          id: 'n1',
          type: 'creatSound',
          data: { nmae: 'A', onNameConflict: 'renam' },
          retry: { attempts: 2 },
        },
        {
          id: 'n2',
          type: 'setNotes',
          data: { objectId: '$from:n1:$output:objctId', noets: 'x' },
          onError: 'continue',
        },
        { id: 'n3', type: 'setOutputBus', data: { busPath: 'M' } },
        { id: 'n4', type: 'projectSave' },
      ],
      edges: [
        { source: 'n1', target: 'n2', sourceHandle: 'objctId', when: 'ok' },
        { source: 'n2', target: 'zz' },
      ],
    };
    let patched: unknown = document;
    for (let round = 0; round < 3 && isRefused(patched); round += 1) {
      patched = applied(
        patched,
        refusal(patched).problems.flatMap(({ suggestion }) => suggestion ?? []),
      );
    }
    expect(compile(patched).nodes[1]?.input).toEqual({ objectId: '$from:n1:$output:objectId', notes: 'x' });
  });
});

describe('an unknown node type', () => {
  it('has its own code and the nearest types', () => {
    const { error, problems } = refusal({ nodes: [{ id: 'a', type: 'audio_imports' }] });
    expect(error.code).toBe('UNKNOWN_COMMAND');
    expect(problems[0]).toMatchObject({
      message: 'Node "a" has the unknown type "audio_imports". Did you mean "audio_import"?',
      pointer: '/nodes/0/type',
      suggestion: [{ op: 'replace', path: '/nodes/0/type', value: 'audio_import' }],
    });
  });

  it.each([
    ['map', 'Did you mean "forEach"?'],
    ['condition', 'Did you mean "branch"?'],
    ['htp', 'Did you mean "http"?'],
    ['apis', 'Did you mean "api"'],
    ['askUsr', 'Did you mean "askUser"?'],
    ['workflow_run', 'Did you mean "subworkflow"?'],
    ['default', 'No such node is needed'],
  ])('that other engines have says how to do without: %s', (type, why) => {
    expect(refusal({ nodes: [{ id: 'a', type }] }).problems[0]?.message).toContain(why);
  });

  it('is not also blamed for what its successors lack', () => {
    const { codes } = refusal({
      nodes: [node('a', 'crateSound'), node('b', 'setNotes')],
      edges: edges('a b'),
    });
    expect(codes).toEqual(['UNKNOWN_COMMAND']);
  });
});

describe('features this version does not have', () => {
  it.each([
    [
      'when on an edge',
      { nodes: [made('a'), made('b')], edges: [{ source: 'a', target: 'b', when: 'ok' }] },
      '/edges/0/when',
    ],
  ])('are refused, not ignored: %s', (_, document, pointer) => {
    const { error, problems, pointers } = refusal(document);
    expect(error.code).toBe('WORKFLOW_INVALID');
    expect(pointers).toEqual([pointer]);
    expect(problems[0]?.message).toMatch(/not supported yet/);
  });
});

describe('a policy about failures', () => {
  it.each([
    [
      { ...made('a'), onError: 'contnue' },
      '/nodes/0/onError',
      '"onError" cannot be "contnue". Did you mean "continue"?',
    ],
    [{ ...made('a'), onError: 'route' }, '/nodes/0/onError', 'no error edge leaves from it'],
    [{ ...made('a'), timeoutMs: 0 }, '/nodes/0/timeoutMs', '"timeoutMs" cannot be 0.'],
    [{ ...made('a'), retry: 3 }, '/nodes/0/retry', '"retry" must be an object, not a number.'],
    [{ ...made('a'), retry: { attempts: 3 } }, '/nodes/0/retry/attempts', 'has no key "attempts"'],
    [{ ...made('a'), retry: { maxRetries: 99 } }, '/nodes/0/retry/maxRetries', 'cannot be 99'],
    [{ ...made('a'), timeout: 'soon' }, '/nodes/0/timeout', '"timeout" cannot be "soon".'],
    [{ ...made('a'), timeout: 1, timeoutMs: 1 }, '/nodes/0/timeout', 'not both'],
    [
      { ...made('a'), retryConfig: { retryableErrors: ['GATEWAY'] } },
      '/nodes/0/retryConfig/retryableErrors/0',
      '"GATEWAY" cannot be tried again',
    ],
    [
      { ...made('a'), retry: { codes: ['OUTCOME_UNKNOWN'] } },
      '/nodes/0/retry/codes/0',
      '"OUTCOME_UNKNOWN" cannot be tried again: the effect may have taken place.',
    ],
  ])('that cannot be kept is refused: %j', (given, pointer, message) => {
    const { error, problems, pointers } = refusal({ nodes: [given] });
    expect(error.code).toBe('WORKFLOW_INVALID');
    expect(pointers).toEqual([pointer]);
    expect(problems[0]?.message).toContain(message);
  });

  it('contradicts an error edge unless it routes', () => {
    const { pointers } = refusal({
      nodes: [{ ...made('a'), onError: 'stop' }, made('b')],
      edges: [{ source: 'a', target: 'b', sourceHandle: 'error' }],
    });
    expect(pointers).toEqual(['/edges/0']);
  });

  it('cannot read a part of an error that does not exist', () => {
    const { problems } = refusal({
      nodes: [made('a'), node('n', 'query', { type: '$from:a:$error:cde' })],
    });
    expect(problems).toMatchObject([
      { code: 'UNRESOLVED_REFERENCE', pointer: '/nodes/1/data/type', didYouMean: ['$from:a:$error:code'] },
    ]);
  });
});

describe('a cycle', () => {
  it('is named by its path', () => {
    const { error, problems } = refusal({
      nodes: [made('before'), made('a'), made('b'), made('c'), made('after')],
      edges: edges('before a', 'a b', 'b c', 'c a', 'c after'),
    });
    expect(error.code).toBe('CYCLE');
    expect(error.message).toBe('The workflow has a cycle: a → b → c → a.');
    expect(problems).toMatchObject([
      { pointer: '/edges/3', node: 'a', suggestion: [{ op: 'remove', path: '/edges/3' }] },
    ]);
  });

  it('may be a node that waits for itself', () => {
    expect(refusal({ nodes: [made('a')], edges: edges('a a') }).error.message).toBe(
      'The workflow has a cycle: a → a.',
    );
  });

  it('may run along references', () => {
    const { error } = refusal({
      nodes: [
        made('a'),
        node('b', 'setNotes', { objectId: '$from:a:$output:id', notes: '$from:c:$output:name' }),
        made('c'),
      ],
      edges: edges('b c'),
    });
    expect(error.code).toBe('CYCLE');
    expect(error.message).toBe('The workflow has a cycle: b → c → b (b reads $from:c:$output:name).');
  });

  it('does not hide another one, nor other problems', () => {
    const { codes } = refusal({
      nodes: [made('a'), made('b'), made('c'), made('d'), node('e', 'createSound')],
      edges: edges('a b', 'b a', 'c d', 'd c'),
    });
    expect(codes).toEqual(['CYCLE', 'CYCLE', 'MISSING_INPUT']);
  });

  it('of twenty thousand nodes is found and its path shortened', () => {
    const ids = Array.from({ length: 20_000 }, (_, i) => `n${i}`);
    const ring = ids.map((id, i) => ({ source: id, target: ids[(i + 1) % ids.length] ?? '' }));
    const { error } = refusal({ nodes: ids.map(made), edges: ring });
    expect(error.code).toBe('CYCLE');
    expect(error.message).toContain('n19 → … 19961 more … → n19981');
  });
});

describe('a missing input', () => {
  it('is named with what would provide it', () => {
    const { error, problems } = refusal({ nodes: [made('a'), node('b', 'setOutputBus', { busPath: 'M' })] });
    expect(error.code).toBe('MISSING_INPUT');
    expect(problems).toMatchInlineSnapshot(`
      [
        {
          "code": "MISSING_INPUT",
          "didYouMean": [
            "$from:a:$output:objectId",
          ],
          "expected": ""objectId": an object of type Sound, or an edge from a node that gives one (createSound, audioImport, setOutputBus)",
          "message": "Node b (setOutputBus) lacks "objectId", and nothing upstream gives it.",
          "node": "b",
          "pointer": "/nodes/1/data/objectId",
          "suggestion": [
            {
              "op": "add",
              "path": "/nodes/1/data/objectId",
              "value": "$from:a:$output:objectId",
            },
          ],
        },
      ]
    `);
  });

  it('that nothing can be wired to is simply missing', () => {
    const { error } = refusal({ nodes: [node('a', 'createSound')] });
    expect(error.code).toBe('MISSING_INPUT');
    expect(error.message).toBe('Node a (createSound) lacks "name".');
  });

  it('of several alternatives names them all', () => {
    const { error, problems } = refusal({ nodes: [node('a', 'audioImport', { filePath: 'x.wav' })] });
    expect(error.message).toBe(
      'Node a (audioImport) lacks "objectId", or "parentPath", and nothing upstream gives it.',
    );
    expect(problems[0]?.pointer).toBe('/nodes/0/data');
  });

  it('is not filled by what a deletion leaves', () => {
    const { error } = refusal({
      nodes: [node('d', 'deleteObject', { objectId: '{x}' }), node('n', 'setNotes')],
      edges: edges('d n'),
    });
    expect(error.code).toBe('MISSING_INPUT');
  });
});

describe('an ambiguous input', () => {
  it('lists the candidates', () => {
    const { error, problems } = refusal({
      nodes: [made('a'), made('b'), node('n', 'setNotes')],
      edges: edges('a n', 'b n'),
    });
    expect(error.code).toBe('AMBIGUOUS_INPUT');
    expect(problems).toEqual([
      {
        code: 'AMBIGUOUS_INPUT',
        message:
          'Node n (setNotes) lacks "objectId", and several outputs upstream could give it: ' +
          '$from:a:$output:objectId, $from:b:$output:objectId.',
        pointer: '/nodes/2/data/objectId',
        node: 'n',
        expected: 'one of the candidates as the value of "objectId"',
        didYouMean: ['$from:a:$output:objectId', '$from:b:$output:objectId'],
        suggestion: [{ op: 'add', path: '/nodes/2/data', value: { objectId: '$from:a:$output:objectId' } }],
      },
    ]);
  });
});

describe('a reference that leads nowhere', () => {
  const refused = (objectId: string) =>
    refusal({ nodes: [made('made'), node('n', 'setNotes', { objectId })] });

  it.each([
    [
      '$from:maed:$output:id',
      'Node "n": $from:maed:$output:id names the node "maed", which does not exist. Did you mean "made"?',
    ],
    [
      '$from:made:$output:objctId',
      'Node "n": made (createSound) gives no "objctId". Did you mean "objectId" or "id"?',
    ],
    ['$from:made:$output:name.first', 'Node "n": made (createSound) gives no "name.first".'],
    ['$input:wav', 'Node "n": $input:wav names the workflow input "wav", which is not declared.'],
    ['$from:made', '"$from:made" does not read as a reference.'],
    ['$from:made:output:id', '"$from:made:output:id" does not read as a reference.'],
  ])('is refused: %s', (reference, message) => {
    const { error, pointers } = refused(reference);
    expect(error.code).toBe('UNRESOLVED_REFERENCE');
    expect(error.message).toBe(message);
    expect(pointers).toEqual(['/nodes/1/data/objectId']);
  });

  it('is repaired by its suggestion', () => {
    expect(refused('$from:maed:$output:id').problems[0]?.suggestion).toEqual([
      { op: 'replace', path: '/nodes/1/data/objectId', value: '$from:made:$output:id' },
    ]);
  });

  it('is refused when it reads itself, as a cycle', () => {
    const { error } = refusal({
      nodes: [node('n', 'setNotes', { objectId: 'x', notes: '$from:n:$output:notes' })],
    });
    expect(error.message).toBe('The workflow has a cycle: n → n (n reads $from:n:$output:notes).');
  });

  it('is refused when its value cannot be what the input takes', () => {
    const nodes = [
      node('q', 'query', { type: 'Sound' }),
      node('n', 'setNotes', { objectId: '$from:q:$output:objects' }),
    ];
    expect(refusal({ nodes }).error.message).toBe(
      'Node "n": $from:q:$output:objects gives array, but "objectId" takes string.',
    );
    const inText = [
      node('q', 'query', { type: 'Sound' }),
      node('n', 'createSound', { name: 'all of $from:q:$output:objects' }),
    ];
    expect(refusal({ nodes: inText }).error.code).toBe('UNRESOLVED_REFERENCE');
  });

  it('is refused at the ends and the handles of an edge', () => {
    const nodes = [made('made'), node('n', 'setNotes', { objectId: 'x' })];
    expect(refusal({ nodes, edges: edges('maed n') }).problems[0]).toMatchObject({
      code: 'UNRESOLVED_REFERENCE',
      pointer: '/edges/0/source',
      suggestion: [{ op: 'replace', path: '/edges/0/source', value: 'made' }],
    });
    const handles = refusal({
      nodes,
      edges: [{ source: 'made', target: 'n', sourceHandle: 'objctId', targetHandle: 'note' }],
    });
    expect(handles.pointers).toEqual(['/edges/0/sourceHandle', '/edges/0/targetHandle']);
    expect(handles.problems.map(({ didYouMean }) => didYouMean)).toEqual([['objectId', 'id'], ['notes']]);
  });

  it('is refused when an edge brings a value the node has already', () => {
    const { error } = refusal({
      nodes: [made('made'), node('n', 'setNotes', { objectId: '{other}' })],
      edges: [{ source: 'made', target: 'n', sourceHandle: 'objectId', targetHandle: 'objectId' }],
    });
    expect(error.message).toBe(
      'Node n (setNotes) has "objectId": "{other}", but an edge brings it $from:made:$output:objectId.',
    );
  });
});

describe('ids', () => {
  it.each([
    [{ ...importWav(), workflowId: 'a/b' }, '/workflowId'],
    [{ nodes: [{ type: 'projectSave' }] }, '/nodes/0/id'],
    [{ nodes: [{ id: 7, type: 'projectSave' }] }, '/nodes/0/id'],
    [{ nodes: [node('s', 'projectSave'), node('s', 'projectSave')] }, '/nodes/1/id'],
    [{ inputs: { 'my wav': {} }, nodes: [node('s', 'projectSave')] }, '/inputs/my wav'],
    [{ inputs: { wav: { type: 'file' } }, nodes: [node('s', 'projectSave')] }, '/inputs/wav/type'],
    [
      { inputs: { wav: { type: 'string', default: 3 } }, nodes: [node('s', 'projectSave')] },
      '/inputs/wav/default',
    ],
  ])('that cannot be used are refused at %#', (document, pointer) => {
    expect(refusal(document).pointers).toEqual([pointer]);
  });
});

describe('the input of a node', () => {
  it('nested too deep is refused', () => {
    let deep: unknown = 'x';
    for (let i = 0; i < 5_000; i += 1) deep = [deep];
    expect(
      refusal({ nodes: [{ id: 'n', type: 'setNotes', data: { objectId: 'x', notes: deep } }] }).error.message,
    ).toContain('nested deeper than 64 levels');
  });
});
