import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseQuery, parseReturnExpression } from '../../../src/embedded/waql/parse.ts';
import { WaapiError } from '../../../src/wwise/connection/backend.ts';

const shared = process.env.WWISEFLOW_SHARED ?? fileURLToPath(new URL('../../../../shared', import.meta.url));
const casesFile = `${shared}/waapi/waql-cases.json`;

interface WaqlCase {
  readonly id: string;
  readonly query: string;
  readonly valid: boolean;
  readonly stage?: string;
  readonly options?: { readonly return?: readonly string[] };
}

function refusal(text: string): WaapiError {
  try {
    parseQuery(text);
  } catch (thrown) {
    if (thrown instanceof WaapiError) return thrown;
    throw thrown;
  }
  throw new Error(`parsed: ${text}`);
}

describe('parseQuery', () => {
  it('reads a source and its transforms in order', () => {
    const query = parseQuery(
      '$ from type Sound, Event where volume < -3.5 select parent, children orderby name reverse skip 2 take 1 distinct',
    );
    expect(query.source).toMatchObject({ kind: 'types', types: [{ text: 'Sound' }, { text: 'Event' }] });
    expect(query.transforms.map((transform) => transform.kind)).toEqual([
      'where',
      'select',
      'orderby',
      'skip',
      'take',
      'distinct',
    ]);
    expect(query.transforms[2]).toMatchObject({ reverse: true });
  });

  it('takes the whole project when there is no source', () => {
    expect(parseQuery('where name = "x"').source.kind).toBe('project');
    expect(parseQuery('$where name = "x"').source.kind).toBe('project');
  });

  it('takes a backslash for an ordinary character, so "\\" is the project', () => {
    expect(parseQuery('"\\" select children').source).toMatchObject({
      kind: 'objects',
      specs: [{ text: '\\' }],
    });
  });

  it('binds and tighter than or, and ! around the comparison', () => {
    const [where] = parseQuery('where a = 1 or b = 2 and !c = 3').transforms;
    expect(where).toMatchObject({
      condition: {
        kind: 'or',
        terms: [
          { kind: 'compare' },
          { kind: 'and', terms: [{ kind: 'compare' }, { kind: 'not', term: { kind: 'compare' } }] },
        ],
      },
    });
  });

  it('needs no blanks around operators and reads a regular expression behind =', () => {
    const [where] = parseQuery('where name=/_[0-9]+$/').transforms;
    expect(where).toMatchObject({
      condition: { operator: '=', right: { kind: 'regex', pattern: '_[0-9]+$' } },
    });
  });

  it('reads the word search, not a name with a colon, in name:"x"', () => {
    const [where] = parseQuery('where parent.name:"container"').transforms;
    expect(where).toMatchObject({
      condition: { operator: ':', left: { steps: [{ name: 'parent' }, { name: 'name' }] } },
    });
  });

  it('says what it expected, what it found and where', () => {
    const error = refusal('from type Sound limit 3');
    expect(error.uri).toBe('ak.wwise.query.invalid_query');
    expect(error.message).toBe(
      'Expected where, select, orderby, skip, take, distinct or the end of the query, found "limit" (position 17). WAQL writes "take 3".',
    );
    expect(error.details).toMatchObject({ position: 17, found: '"limit"' });
  });

  it.each([
    ['where volume == 0', 'single "="'],
    ['where a = 1 && b = 2', '"and"'],
    ['where not isPlayable', '"!"'],
    ['where name like "x"', '":"'],
    ['from type Sound order by name', '"orderby"'],
    ["from object '\\Containers'", 'double quotes'],
    ['{1514A4D8-1DA6-412A-A17E-75CA0C2149F3}', 'double quotes'],
  ])('advises somebody who writes %s', (query, advice) => {
    expect(refusal(query).message).toContain(advice);
  });

  it.each([
    '',
    '$',
    '$ $ from project',
    'from',
    'where (a = 1',
    'where "a',
    'where a = /x',
    'take -1',
    'take 1.5',
    'where x = 1e1',
  ])('refuses %j', (query) => {
    expect(refusal(query).details).toHaveProperty('position');
  });

  it('refuses endless nesting instead of overflowing the stack', () => {
    expect(refusal(`where ${'('.repeat(50_000)}`).message).toContain('nesting');
    expect(refusal(`where ${'!'.repeat(50_000)}a`).message).toContain('nesting');
  });

  it('reads a thousand alternatives', () => {
    const alternatives = Array.from({ length: 1000 }, (_, index) => `shortId = ${index}`);
    expect(parseQuery(`where ${alternatives.join(' or ')}`).transforms).toHaveLength(1);
  });
});

describe('parseReturnExpression', () => {
  it('keeps the text as written for the member name, and the alias', () => {
    expect(parseReturnExpression(' @Volume ')).toMatchObject({ text: '@Volume', alias: null });
    expect(parseReturnExpression('duration.max as longest')).toMatchObject({
      text: 'duration.max',
      alias: 'longest',
    });
    expect(parseReturnExpression('workunit:isDirty')).toMatchObject({
      value: { kind: 'path', steps: [{ name: 'workunit:isDirty' }] },
    });
  });

  it('reads compositions, concatenations and list functions', () => {
    const item = parseReturnExpression(
      'children.target.[this, descendants].where(type="Sound").{name, parent.name as up} as all',
    );
    const steps = item.value.kind === 'path' ? item.value.steps : [];
    expect(steps.map((step) => step.kind)).toEqual(['member', 'member', 'concat', 'filter', 'compose']);
  });

  it('reads a condition that parentheses or ! announce', () => {
    expect(parseReturnExpression('(activeSource != null) as hasSource')).toMatchObject({
      alias: 'hasSource',
      value: { kind: 'compare', operator: '!=' },
    });
    expect(parseReturnExpression('!isPlayable')).toMatchObject({
      text: '!isPlayable',
      value: { kind: 'not' },
    });
    expect(parseReturnExpression('(name)')).toMatchObject({ text: '(name)', value: { kind: 'path' } });
  });

  it.each([
    '',
    'name,',
    'name x',
    '(name',
    '(name = "a" as b)',
    '"name"',
    '{name}',
    'children.all()',
    'children.at("0")',
    'a..b',
  ])('refuses %j', (text) => {
    expect(() => parseReturnExpression(text)).toThrow(WaapiError);
  });
});

describe.skipIf(!existsSync(casesFile))('the collected WAQL cases (needs the shared references)', () => {
  const cases: readonly WaqlCase[] = existsSync(casesFile) ? JSON.parse(readFileSync(casesFile, 'utf8')) : [];

  it('parses every valid query and return expression', () => {
    const valid = cases.filter((one) => one.valid);
    expect(valid.length).toBeGreaterThan(390);
    for (const one of valid) {
      expect(() => parseQuery(one.query), `${one.id} ${one.query}`).not.toThrow();
      for (const expression of one.options?.return ?? []) {
        expect(() => parseReturnExpression(expression), `${one.id} ${expression}`).not.toThrow();
      }
    }
  });

  it('refuses every syntax error and nothing that only fails later', () => {
    const invalid = cases.filter((one) => !one.valid);
    expect(invalid.length).toBe(80);
    for (const one of invalid) {
      if (one.stage === 'syntax')
        expect(() => parseQuery(one.query), `${one.id} ${one.query}`).toThrow(WaapiError);
      if (one.stage === 'resolve')
        expect(() => parseQuery(one.query), `${one.id} ${one.query}`).not.toThrow();
    }
  });
});
