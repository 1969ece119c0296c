import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../src/core/json.ts';
import { applied, compile, edges, node, refusal } from '../harness.ts';

const sound = node('my-sound', 'createSound', { name: 'Step' });
const look = node('look', 'query', { type: 'Sound' });
const notes = (text: Json, more: Record<string, Json> = {}) =>
  node('notes', 'setNotes', { objectId: '$from:my-sound:$output:id', notes: text, ...more });

describe('a plan with expressions', () => {
  it('keeps their text, and what they take their values from', () => {
    const text = '{{ upper(nodes.my-sound.name) + toText(vars.take) }}';
    const plan = compile({ vars: { take: 2 }, nodes: [sound, notes(text)] });
    expect(plan.nodes[1]).toMatchObject({
      input: { notes: text },
      wiring: [
        { input: 'objectId', from: '$from:my-sound:$output:id', auto: false },
        { input: 'notes', from: text, auto: false },
      ],
      after: ['my-sound'],
    });
    expect(plan.vars).toEqual({ take: 2 });
    expect(plan.addedEdges).toMatchObject([{ source: 'my-sound', target: 'notes', kind: 'reference' }]);
  });

  it('says of an expression that only reads what it reads, as of a reference', () => {
    const plan = compile({
      nodes: [sound, node('notes', 'setNotes', { objectId: '{{ nodes.my-sound.objectId }}', notes: 'x' })],
    });
    expect(plan.nodes[1]?.wiring).toEqual([
      { input: 'objectId', from: '$from:my-sound:$output:objectId', auto: false },
    ]);
  });

  it('waits for every node that an expression reads', () => {
    const plan = compile({
      nodes: [
        notes('{{ nodes.look.total > 0 && has(nodes.b.total) ? "some" : "none" }} of $from:c:$output:total'),
        look,
        node('b', 'query', { type: 'Event' }),
        node('c', 'query', { type: 'Bus' }),
        sound,
      ],
    });
    expect(new Set(plan.nodes.find(({ id }) => id === 'notes')?.after)).toEqual(
      new Set(['my-sound', 'look', 'b', 'c']),
    );
  });

  it('takes input for what the one node gave that an edge leads here from', () => {
    const plan = compile({
      nodes: [look, sound, notes('{{ input.total }} sounds')],
      edges: edges('look notes'),
    });
    expect(plan.nodes.find(({ id }) => id === 'notes')?.inputFrom).toBe('look');
  });

  it('takes input for that of the workflow where no edge leads here', () => {
    const plan = compile({
      inputs: { who: { type: 'string' } },
      nodes: [sound, notes('{{ input.who }} and {{ workflow.input.who }}')],
    });
    expect(plan.nodes[1]?.inputFrom).toBeUndefined();
  });

  it('is the same as before for a document without any', () => {
    const plan = compile({ nodes: [sound, notes('plain {{ text')] });
    expect(plan).not.toHaveProperty('vars');
    expect(plan.nodes[1]).not.toHaveProperty('inputFrom');
  });
});

const both = [look, node('more', 'query', { type: 'Event' }), sound];

describe('an expression that cannot hold', () => {
  const cases: readonly (readonly [text: string, code: string, message: string, offset: number])[] = [
    ['a {{ nodes.look.totl }}', 'UNRESOLVED_REFERENCE', 'gives no "totl". Did you mean "total"', 5],
    [
      '{{ nodes.look.objects[0].nmae }}',
      'UNRESOLVED_REFERENCE',
      'declares no "nmae". Did you mean "name"',
      3,
    ],
    ['{{ default(nodes.look.nothing, 1) }}', 'UNRESOLVED_REFERENCE', 'gives no "nothing"', 11],
    ['{{ nodes.lok.total }}', 'UNRESOLVED_REFERENCE', '"lok", which does not exist. Did you mean "look"', 3],
    ['{{ vars.surfaze }}', 'UNRESOLVED_REFERENCE', 'no vars.surfaze. Did you mean "surface"', 3],
    ['{{ user.profile.nme }}', 'UNRESOLVED_REFERENCE', 'no vars.profile.nme', 3],
    ['{{ globals.x }}', 'UNRESOLVED_REFERENCE', 'no globals.x', 3],
    ['{{ workflow.input.wo }}', 'UNRESOLVED_REFERENCE', '"wo", which is not declared. Did you mean "who"', 3],
    ['{{ item.name }}', 'UNRESOLVED_REFERENCE', 'inside a loop only', 3],
    ['{{ nodes.look.total + }}', 'WORKFLOW_INVALID', 'does not parse', 22],
    ['x {{ uper("a") }}', 'UNRESOLVED_REFERENCE', 'no function "uper". Did you mean "upper"', 5],
    ['{{ nodes.look.objects }}', 'UNRESOLVED_REFERENCE', 'gives array, but "notes" takes string', 3],
    ['{{ secrets.TOKEN }}', 'WORKFLOW_INVALID', 'no input of set_notes takes one', 3],
    ['{{ upper(secrets.TOKEN) }}', 'WORKFLOW_INVALID', 'the secret alone', 9],
  ];

  it.each(cases)('is refused where it stands: %s', (text, code, message, offset) => {
    const { problems } = refusal({
      vars: { surface: 'grass', profile: { name: 'x' } },
      inputs: { who: { type: 'string', default: 'x' } },
      nodes: [look, sound, notes(text)],
    });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({
      ...{
        code,
        offset,
        pointer: '/nodes/2/data/notes',
        node: 'notes',
        message: expect.stringContaining(message),
      },
    });
  });

  it.each([
    ['{{ nodes.look.total + 1 }}', 'gives number, but "notes" takes string'],
    ['{{ [1] }}', 'gives array, but "notes" takes string'],
  ])('is refused for the type of what comes of it: %s', (text, message) => {
    expect(refusal({ nodes: [look, sound, notes(text)] }).problems[0]).toMatchObject({
      ...{ code: 'UNRESOLVED_REFERENCE', message: expect.stringContaining(message) },
    });
  });

  it('comes with a mended document where the word that was meant is known', () => {
    const document: JsonObject = { nodes: [look, sound, notes('a {{ nodes.look.totl + 1 }} b')] };
    const [problem] = refusal(document).problems;
    const mended = applied(document, problem?.suggestion ?? []);
    expect(compile(mended).nodes.find(({ id }) => id === 'notes')?.input.notes).toBe(
      'a {{ nodes.look.total + 1 }} b',
    );
  });

  it('names the nodes that input could be, where edges lead here from several', () => {
    const { error, problems } = refusal({
      nodes: [...both, notes('{{ input.total }}')],
      edges: edges('look notes', 'more notes'),
    });
    expect(error.code).toBe('AMBIGUOUS_INPUT');
    expect(problems[0]).toMatchObject({
      didYouMean: ['nodes.look.total', 'nodes.more.total'],
      suggestion: [{ op: 'replace', path: '/nodes/3/data/notes', value: '{{ nodes.look.total }}' }],
    });
  });

  it('is a cycle where two nodes read each other', () => {
    expect(
      refusal({
        nodes: [
          node('a', 'query', { type: '{{ toText(nodes.b.total) }}' }),
          node('b', 'query', { type: '{{ toText(nodes.a.total) }}' }),
        ],
      }).error.code,
    ).toBe('CYCLE');
  });

  it('is a warning only where the output may have more than it declares', () => {
    const plan = compile({ nodes: [look, sound, notes('{{ toText(nodes.look.objects[0].volumeDb) }}')] });
    expect(plan.warnings).toEqual([
      expect.stringContaining('declares no "volumeDb": it is null where it is missing'),
    ]);
  });

  it('leaves the schema to be judged around it', () => {
    const level = (value: Json) => ({ nodes: [look, sound, notes('x', { level: value })] });
    expect(compile(level('{{ nodes.look.total / 2 }}')).nodes).toHaveLength(3);
    expect(refusal(level(11)).problems[0]?.pointer).toBe('/nodes/2/data/level');
    const { problems } = refusal({
      nodes: [look, sound, notes('{{ "x" }}', { level: '{{ 1 }}', levle: '{{ 1 }}' })],
    });
    expect(problems.map(({ pointer }) => pointer)).toEqual(['/nodes/2/data/levle']);
  });

  it('is refused in vars and globals that are no objects', () => {
    expect(refusal({ vars: [1], nodes: [sound] }).problems[0]?.pointer).toBe('/vars');
    expect(refusal({ variables: { a: 1 }, nodes: [sound] }).problems[0]).toMatchObject({
      ...{ pointer: '/variables', suggestion: [{ op: 'move', from: '/variables', path: '/vars' }] },
    });
  });
});
