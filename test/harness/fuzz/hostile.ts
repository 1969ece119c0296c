import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { character, mutated, pick } from './values.ts';

/** What one hostile message is: a line for the standard input of a server, and the id it must answer, if any. */
export interface HostileLine {
  readonly kind: string;
  readonly line: string;
  readonly id: number | null;
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
  const times = 1 + Math.floor(random() * 60);
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

/** A workflow that is large, cyclic, deep, or not one at all. */
export function hostileWorkflow(random: () => number): unknown {
  const count = 1 + Math.floor(random() * 400);
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
  for (let level = 0; level < 240; level++) deep = random() < 0.5 ? [deep] : { a: deep };
  return pick<unknown>(
    [
      { nodes, edges },
      { nodes: [...nodes, ...nodes], edges: [...edges, ...edges] },
      { nodes: [{ ...node(0), data: { deep } }], edges: [] },
      { nodes: [{ id: 'a', type: 'createSound', data: { name: 'a'.repeat(500_000) } }] },
      { nodes: 'x', edges: { length: 1e9 } },
      JSON.stringify({ nodes, edges }),
    ],
    random,
  );
}

/** Lays a file of lines with tabs that is wide, long or broken in `dir`; gives its path. */
export function hostileTable(dir: string, random: () => number): string {
  const width = 1 + Math.floor(random() * 300);
  const heads = ['Audio File', 'Object Path', 'Object Type', '@Volume', 'Notes', 'Event', 'Nothing', '"'];
  const row = () =>
    Array.from({ length: width }, () => pick([...heads, '', '\\a\\b', '../../etc', '"x'], random)).join('\t');
  const path = join(dir, 'hostile.txt');
  writeFileSync(
    path,
    Array.from({ length: 1 + Math.floor(random() * 300) }, row).join(pick(['\n', '\r\n', '\r'], random)),
  );
  return path;
}

/** Text of a Work Unit that is deep, long, ambiguous or no XML. */
export function hostileUnit(whole: string, random: () => number): string {
  const many = 1000 + Math.floor(random() * 20_000);
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
  const many = 1 + Math.floor(random() * 3000);
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
