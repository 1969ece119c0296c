import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WwiseFlowError } from '../../../src/core/errors.ts';
import { ExpressionFault, type Fault } from '../../../src/workflow/expressions/cel/fault.ts';
import { compileExpression } from '../../../src/workflow/expressions/expression.ts';
import { randomCases } from '../../harness/amount.ts';
import { scopeOf, valueOfText } from './scope.ts';

const nodes = {
  n1: { count: 1.5, objects: [{ name: 'a', 'parent.name': 'p' }, { name: 'b' }], object: { id: '{G}' } },
  'scraper-1': { x: 5 },
};

describe('the value of an expression', () => {
  it('counts with the numbers of JSON, whatever they are', () => {
    const sums = [1, 1.5, -3, 0.1, 2 ** 53, 1e300].map((count) =>
      valueOfText('nodes.n.count + 1', { nodes: { n: { count } } }),
    );
    expect(sums).toEqual([2, 2.5, -2, 1.1, 2 ** 53 + 1, 1e300]);
    expect(valueOfText('[7 / 2, 7 % 4, 2 * 1.5, -(3 - 5), 0x10, 1u + 1, size("abc") + 0.5]')).toEqual([
      ...[3.5, 3, 3, 2, 16, 2, 3.5],
    ]);
  });

  it('reads ids with hyphens, in brackets and without', () => {
    expect(valueOfText('nodes.scraper-1.x - 1', { nodes })).toBe(4);
    expect(valueOfText('nodes["scraper-1"].x', { nodes })).toBe(5);
    expect(valueOfText('"nodes.scraper-1.x"', { nodes })).toBe('nodes.scraper-1.x');
    expect(compileExpression('nodes.scraper-1.x + nodes.n1.count-1').reads.map(({ node }) => node)).toEqual([
      ...['scraper-1', 'n1'],
    ]);
  });

  it('reads members as references do: dotted rows, and objectId for id', () => {
    expect(valueOfText('nodes.n1.objects[0].parent.name', { nodes })).toBe('p');
    expect(valueOfText('nodes.n1.objectId', { nodes })).toBe('{G}');
  });

  it('reads what is missing as null, and lets default() and has() mean it', () => {
    expect(valueOfText('nodes.n1.nothing.at.all', { nodes })).toBe(null);
    expect(valueOfText('nodes.n1.objects[7].name', { nodes })).toBe(null);
    expect(valueOfText('default(nodes.n1.nothing, input.neither, "else")', { nodes })).toBe('else');
    expect(valueOfText('[has(nodes.n1.count), has(nodes.n1.nothing)]', { nodes })).toEqual([true, false]);
  });

  it('refuses the output of a node that gave nothing, but in default() and has()', () => {
    expect(failure('nodes.skipped.x')).toMatchObject({
      code: 'UNRESOLVED_REFERENCE',
      message: expect.stringContaining('"skipped"'),
      hint: expect.stringContaining('default('),
    });
    expect(valueOfText('default(nodes.skipped.x, 1)')).toBe(1);
    expect(valueOfText('has(nodes.skipped.x)')).toBe(false);
  });

  it('goes through lists', () => {
    const input = {
      rows: [
        { n: 'b', v: 10 },
        { n: 'a', v: 2 },
        { n: 'c', v: 2 },
      ],
    };
    expect(valueOfText('input.rows.filter(r, r.v > 2).map(r, r.n)', { input })).toEqual(['b']);
    expect(valueOfText('input.rows.map(r, r.v == 2, r.n)', { input })).toEqual(['a', 'c']);
    expect(valueOfText('input.rows.sortBy(r, r.v).map(r, r.n)', { input })).toEqual(['a', 'c', 'b']);
    expect(
      valueOfText('[input.rows.exists(r, r.v == 2), input.rows.exists_one(r, r.v == 2)]', { input }),
    ).toEqual([...[true, false]]);
    expect(valueOfText('input.rows.all(r, r.n in ["a", "b", "c"])', { input })).toBe(true);
    expect(valueOfText('input.rows.map(item, [1, 2].map(i, i * item.v))', { input })).toEqual([
      ...[
        [10, 20],
        [2, 4],
        [2, 4],
      ],
    ]);
    expect(valueOfText('cel.bind(x, 3, x * x)')).toBe(9);
  });

  it('keeps every name of the scope apart', () => {
    const scope = { input: 1, workflowInput: { a: 2 }, vars: { a: 3 }, globals: { a: 4 }, item: 5, index: 6 };
    expect(valueOfText('[input, workflow.input.a, vars.a, user.a, globals.a, item, index]', scope)).toEqual([
      ...[1, 2, 3, 3, 4, 5, 6],
    ]);
    expect(valueOfText('secrets.KEY')).toBe('secret of KEY');
    expect([...compileExpression('user.a + item + secrets.KEY').names]).toEqual(['vars', 'item', 'secrets']);
  });

  it('decides && and || by the side that does, whatever the other one is', () => {
    expect(valueOfText('input.x > 1 || true', { input: {} })).toBe(true);
    expect(valueOfText('false && 1 / 0 > 1')).toBe(false);
    expect(failure('input.x > 1 || false').code).toBe('INVALID_INPUT');
  });

  it('keeps any JSON value as it is', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const given = JSON.parse(JSON.stringify(value));
        expect(valueOfText('input', { input: given })).toBe(given);
        expect(valueOfText('[input][0]', { input: given })).toBe(given);
        expect(valueOfText('{"v": input}.v', { input: given })).toBe(given);
        expect(valueOfText('[input].map(x, x)', { input: given })).toEqual([given]);
        expect(valueOfText('input == input && [input] == [input]', { input: given })).toBe(true);
      }),
      randomCases(300, 20_000),
    );
  });

  it('gives JSON and nothing else: no sign on 0, no infinity, no BigInt', () => {
    expect(Object.is(valueOfText('-(1 - 1)'), 0)).toBe(true);
    for (const source of ['1 / 0', '0 / 0', '1e308 * 10', 'pow(10, 400)', 'ratioToCents(0)', 'bpmToMs(0)'])
      expect(failure(source).message, source).toContain('no number that JSON has');
  });
});

describe('the text of an expression', () => {
  const refused: readonly (readonly [source: string, fault: Partial<Fault>])[] = [
    ['nods.a', { code: 'UNRESOLVED_REFERENCE', offset: 0, candidates: ['nodes'] }],
    ['1 + uper("a")', { code: 'UNRESOLVED_REFERENCE', offset: 4, candidates: ['upper'] }],
    ['input.foo-bar', { offset: 10, message: expect.stringContaining('input["foo-bar"]') }],
    ['nodes', { code: 'WORKFLOW_INVALID', offset: 0 }],
    ['nodes[input.x].y', { code: 'WORKFLOW_INVALID', offset: 0 }],
    ['keys(secrets)', { code: 'WORKFLOW_INVALID', offset: 5 }],
    ['secrets[input.x]', { code: 'WORKFLOW_INVALID', offset: 0 }],
    ['workflow.name', { code: 'WORKFLOW_INVALID', offset: 0 }],
    ['input.a ?? 1', { offset: 9, message: expect.stringContaining('default(a, b)') }],
    ['input.a | upper', { offset: 8, message: expect.stringContaining('upper(x)') }],
    ['input.a = 1', { offset: 8, message: expect.stringContaining('==') }],
    ['$from:a:$output:id', { offset: 0, message: expect.stringContaining('nodes.<id>.<field>') }],
    ['1 +', { offset: 3, message: expect.stringContaining('the end') }],
    ['', { message: expect.stringContaining('empty') }],
    ['round()', { message: expect.stringContaining('round(x, digits?)') }],
    ['input.map(1, 2)', { code: 'WORKFLOW_INVALID' }],
    ['"a" + 1', { offset: 0, message: expect.stringContaining('toText') }],
    ['(1 > 2) * 3', { offset: 1, message: expect.stringContaining('boolean * number') }],
    ['b"x"', { message: expect.stringContaining('bytes') }],
  ];

  it.each(refused)('is refused with its offset: %s', (source, expected) => {
    expect(fault(source)).toMatchObject(expected);
  });

  it('is refused where it is long, deep or wide, and never by a stack overflow', () => {
    const huge = [
      `${'('.repeat(2_000)}1${')'.repeat(2_000)}`,
      '['.repeat(2_400) + ']'.repeat(2_400),
      `1${' + 1'.repeat(1_200)}`,
      `${'!'.repeat(4_999)}true`,
      'a'.repeat(6_000),
      `input${'.a'.repeat(2_000)}`,
    ];
    for (const source of huge) {
      const thrown = attempt(() => compileExpression(source));
      expect(thrown, source.slice(0, 10)).toBeInstanceOf(ExpressionFault);
    }
  });

  it('says what it reads, with paths as far as they are written out', () => {
    const { reads } = compileExpression('nodes.a.list[0].x + default(nodes.b.y, nodes.c.list[index].z)');
    expect(reads.map(({ name, node, path, isGuarded }) => [name, node, path.join('.'), isGuarded])).toEqual([
      ['nodes', 'a', 'list.0.x', false],
      ['nodes', 'b', 'y', true],
      ['nodes', 'c', 'list', false],
      ['index', undefined, '', false],
    ]);
  });

  it('knows the type of what it gives where it can be known', () => {
    const types = ['1 + input', '"a" + input', 'input.a', 'input > 1', 'size(input)', 'input ? 1 : "a"'].map(
      (source) => compileExpression(source).types,
    );
    expect(types).toEqual([['number'], ['string'], undefined, ['boolean'], ['number'], ['number', 'string']]);
  });
});

function failure(source: string): WwiseFlowError {
  const thrown = attempt(() => compileExpression(source).evaluate(scopeOf({ input: {} })));
  if (thrown instanceof WwiseFlowError) return thrown;
  throw new Error(`${source} gave ${String(thrown)}`);
}

function fault(source: string): Fault {
  const thrown = attempt(() => compileExpression(source));
  if (thrown instanceof ExpressionFault) return thrown.fault;
  throw new Error(`${source} gave ${String(thrown)}`);
}

function attempt(action: () => unknown): unknown {
  try {
    return action();
  } catch (thrown) {
    return thrown;
  }
}
