import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { character, mutated, pick } from './values.ts';

/** Sizes are drawn so that most inputs are small, and one of a hundred is as large as it goes: both break things. */
function size(most: number, random: () => number): number {
  const part = random() < 0.01 ? random() : random() ** 3 / 60;
  return 1 + Math.floor(part * most);
}

const home = '\\Containers\\Default Work Unit';
const atoms = [
  'a',
  '.',
  '[a-z]',
  '\\w',
  '(a|a)',
  '(a|aa)',
  '(.*)',
  '[^b]',
  '(?:a?)',
  '\\s',
  '(?=a)',
  '\\1',
  '(?<n>a)',
];
const repeats = ['*', '+', '?', '{0,1000}', '{999}', '*?', '{2,}', '{1000}{1000}', ''];

/** A regular expression that takes an exponential or quadratic time where it is tried by going back. */
export function hostileRegex(random: () => number): string {
  let text = pick(atoms, random);
  for (let depth = Math.floor(random() * 6); depth >= 0; depth--)
    text = `(${text}${random() < 0.4 ? `|${pick(atoms, random)}` : ''})${pick(repeats, random)}`;
  return random() < 0.2 ? text.repeat(20) : `^${text}$`;
}

/** A query that looks at far more than it says, is deep, long, or broken. */
export function hostileQuery(random: () => number): string {
  const times = size(60, random);
  const steps = [
    'this',
    'children',
    'descendants',
    'ancestors',
    'parent',
    'referencesTo',
    'this, this',
    'descendants, ancestors',
  ];
  const made = [
    () => `$ from type Sound where name = /${hostileRegex(random)}/`,
    () => `$ from type Sound ${`select ${pick(steps, random)} `.repeat(times)}`,
    () =>
      `$ "\\Containers" ${`select ${pick(steps, random)} where name : "${character(random)}" `.repeat(times)}`,
    () => `$ from type Sound where ${'('.repeat(times * 40)}name = "a"${')'.repeat(times * 40)}`,
    () => `$ from type Sound where ${'not '.repeat(times * 100)}name = "a"`,
    () => `$ from type Sound where ${'name = "a" or '.repeat(times * 50)}name = "b"`,
    () => `$ "${'\\a'.repeat(times * 200)}"`,
    () =>
      `$ from object ${'"\\\\Containers", '.repeat(times * 20)}"\\\\Events" select descendants orderby ${'name, '.repeat(times)}id`,
  ];
  const query = pick(made, random)();
  return random() < 0.2 ? mutated(query, random) : query;
}

/** Data of nodes that refer to others, or seem to, in all ways that lead nowhere or in a circle. */
export function hostileTemplate(random: () => number): unknown {
  const piece = (): string =>
    pick(
      [
        () => '$from:a:$output:name',
        () =>
          `$from:${pick(['a', 'b', '', '__proto__', 'a:b', '$input'], random)}:$output:${hostileRegex(random)}`,
        () => `{{ ${'('.repeat(size(400, random))}a${')'.repeat(size(400, random))} }}`,
        () => '{{'.repeat(size(2_000, random)),
        () => `\${a.${'b.'.repeat(size(500, random))}c}`,
        () => character(random).repeat(size(3_000, random)),
      ],
      random,
    )();
  const data = () => ({
    name: mutated(piece(), random),
    parentPath: piece() + piece(),
    [pick(['notes', '$from', '{{ x }}', 'constructor'], random)]: [piece(), { [piece()]: piece() }],
  });
  return {
    nodes: [
      { id: 'a', type: 'createSound', data: data() },
      { id: 'b', type: 'setNotes', data: data() },
    ],
    edges: [
      { source: 'a', target: 'b' },
      { source: 'b', target: pick(['a', 'b', 'c'], random) },
    ],
  };
}

/** A workflow that asks nothing of the project and much of the thread: loops, filters and sorts by expressions and schemas. */
export function hostileRun(random: () => number): unknown {
  const many = `{{ range(1, ${size(3_000, random)}) }}`;
  const work = `size(range(1, ${size(30_000, random)}))`;
  const says = { id: 's', type: 'say', data: { text: `{{ toText(${work}) }}` } };
  const schema = pick(
    [
      { uniqueItems: true, items: { enum: Array.from({ length: size(500, random) }, (_, at) => ({ at })) } },
      { pattern: hostileRegex(random) },
      { anyOf: [{ $ref: '#' }, { not: { $ref: '#' } }] },
      { $async: true, type: 'string' },
    ],
    random,
  );
  const node = pick(
    [
      { type: 'forEach', data: { items: `{{ range(1, ${size(60, random)}) }}`, nodes: [says] } },
      { type: 'filter', data: { items: many, where: `item < ${work}`, schema } },
      { type: 'transform', data: { items: many, operations: [{ type: 'map', transformation: work }] } },
      {
        type: 'say',
        data: { text: `{{ padZero(1, 1000).matches("${'(0*)*'.repeat(size(20, random))}1") }}` },
      },
    ],
    random,
  );
  return { nodes: [{ id: 'n', ...node }], edges: [] };
}

/** What to find and what to put in its place, for names. */
export function hostileRename(random: () => number): Readonly<Record<string, unknown>> {
  const replace = pick(
    [
      () => '{n}{name}'.repeat(size(200, random)),
      () => `{${'{'.repeat(size(1_000, random))}name}`,
      () => '$1$2$&$`'.repeat(size(300, random)),
      () => mutated('{name}_{n:03}', random),
      () => character(random),
    ],
    random,
  )();
  const find = pick([() => hostileRegex(random), () => 'a', () => character(random)], random)();
  return { find, replace, regex: random() < 0.7, start: pick([0, 1, -1, 1e15], random) };
}

/** A workflow that is large, cyclic, deep, or not one at all. */
export function hostileWorkflow(random: () => number): unknown {
  const count = size(400, random);
  const node = (index: number) => ({
    id: `n${index}`,
    type: pick(['createSound', 'setNotes', 'nothing', '__proto__', 'projectSave'], random),
    data: {
      name: `S${index}`,
      parentPath: random() < 0.5 ? home : `$from:n${count - index}:$output:objectPath`,
    },
  });
  const nodes = Array.from({ length: count }, (_, index) => node(index));
  const edges = nodes.map(({ id }) => ({ source: id, target: pick(nodes, random).id }));
  let deep: unknown = 'x';
  for (let level = size(240, random); level > 0; level--) deep = random() < 0.5 ? [deep] : { a: deep };
  return pick<unknown>(
    [
      { nodes, edges },
      { nodes: [...nodes, ...nodes], edges: [...edges, ...edges] },
      { nodes: [{ ...node(0), data: { deep } }], edges: [] },
      { nodes: [{ id: 'a', type: 'createSound', data: { name: 'a'.repeat(size(500_000, random)) } }] },
      { nodes: 'x', edges: { length: 1e9 } },
      JSON.stringify({ nodes, edges }),
    ],
    random,
  );
}

/** Lays a file of lines with tabs that is wide, long or broken in `dir`; gives its path. */
export function hostileTable(dir: string, random: () => number): string {
  const width = size(300, random);
  const heads = ['Audio File', 'Object Path', 'Object Type', '@Volume', 'Notes', 'Event', 'Nothing', '"'];
  const row = () =>
    Array.from({ length: width }, () => pick([...heads, '', '\\a\\b', '../../etc', '"x'], random)).join('\t');
  const path = join(dir, 'hostile.txt');
  writeFileSync(
    path,
    Array.from({ length: size(300, random) }, row).join(pick(['\n', '\r\n', '\r'], random)),
  );
  return path;
}

/** Text of a Work Unit that is deep, long, ambiguous or no XML. */
export function hostileUnit(whole: string, random: () => number): string {
  const many = 50 + size(20_000, random);
  return pick(
    [
      () => '<a>'.repeat(many),
      () => `<WwiseDocument>${'<b x="1">'.repeat(many)}${'</b>'.repeat(many)}</WwiseDocument>`,
      () => `<!DOCTYPE a [<!ENTITY x "${'y'.repeat(1000)}">]><a>${'&x;'.repeat(many)}</a>`,
      () => `<a ${'b="c" '.repeat(many)}/>`,
      () => `<!--${'-'.repeat(many)}`,
      () => `<a>${'&'.repeat(many)}`,
      () => mutated(whole, random),
      () => '\u0000'.repeat(many),
    ],
    random,
  )();
}

/** Something on a line that is no call. */
export function hostileText(random: () => number): string {
  const many = size(3000, random);
  return pick(
    [
      () => '['.repeat(many * 20),
      () => `{"jsonrpc":"2.0","id":1,"method":${'{"a":'.repeat(many)}`,
      () => `[${'{"jsonrpc":"2.0","method":"ping"},'.repeat(many)}0]`,
      () => `"${character(random).repeat(many * 300)}"`,
      () =>
        mutated('{"jsonrpc":"2.0","id":"x","method":"tools/call","params":{"name":"project_info"}}', random),
      () => '\u0000\u001b[2J'.repeat(many),
    ],
    random,
  )().replaceAll('\n', ' ');
}
