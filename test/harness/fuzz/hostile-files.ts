import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hostileRegex, hostileText } from './hostile.ts';
import { character, mutated, pick, value } from './values.ts';

/** Most are small, and one of a hundred is large. */
function many(most: number, random: () => number): number {
  return 1 + Math.floor((random() < 0.01 ? random() : random() ** 3 / 60) * most);
}

/** Lays a file of a kind that workflows and commands read in `dir`, broken, deep, wide or huge; gives its name and path. */
export function hostileFile(
  dir: string,
  random: () => number,
): { readonly name: string; readonly path: string } {
  const kinds: Readonly<Record<string, () => string | Buffer>> = {
    'hostile.json': () => hostileJson(random),
    'hostile.jsonl': () => `${hostileJson(random)}\n`.repeat(many(50, random)),
    'hostile.csv': () => `"a",${'b,'.repeat(many(12_000, random))}c\n${'1,"x\n'.repeat(many(9_000, random))}`,
    'hostile.wav': () => hostileWave(random),
    'hostile.wsources': () => `<a ${'x="y" '.repeat(many(9_000, random))}${pick(['', '>', "'"], random)}`,
  };
  const name = pick(Object.keys(kinds), random);
  mkdirSync(dir, { recursive: true });
  const path = join(dir, name);
  writeFileSync(path, kinds[name]?.() ?? '');
  return { name, path };
}

function hostileJson(random: () => number): string {
  return pick(
    [
      () => hostileText(random),
      () => JSON.stringify(Array.from({ length: many(3_000, random) }, () => value(random, 4))),
      () => `{${`"${character(random).replace(/["\\]/g, '')}": 1,`.repeat(many(30_000, random))}"z": 1}`,
      () => mutated(JSON.stringify({ items: [{ a: 1 }, { b: [1, 2] }] }), random),
      () => `[${'1,'.repeat(many(400_000, random))}1`,
    ],
    random,
  )();
}

/** A head of a WAVE file whose sizes lie, and some bytes. */
function hostileWave(random: () => number): Buffer {
  const bytes = Buffer.alloc(44 + many(20_000, random));
  bytes.write('RIFF', 0, 'latin1');
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.write('data', 36, 'latin1');
  for (const at of [4, 16, 20, 22, 24, 28, 32, 34, 40])
    bytes.writeUInt32LE(pick([0, 1, 16, 0xffff, 0x7fff_ffff, 0xffff_ffff], random), at);
  return bytes;
}

/** A run that reads such a file, or evaluates JSONata that is endless, deep or broken. */
export function hostileReader(dir: string, random: () => number): unknown {
  const { name, path } = hostileFile(dir, random);
  const jsonata = pick(
    [
      () => `($f := function($x) { $f($x) + ${many(9, random)} }; $f(1))`,
      () => `$match("${'a'.repeat(many(3_000, random))}b", /${hostileRegex(random).replaceAll('/', '')}/)`,
      () => `${'('.repeat(many(4_000, random))}1${')'.repeat(many(4_000, random))}`,
      () => `[1..${many(9_000_000, random)}].(${'$ + '.repeat(many(200, random))}1)`,
      () => mutated('$map(items, function($v) { $v.name & "x" })', random),
    ],
    random,
  )();
  const operations = [{ type: 'jsonata', expression: jsonata, timeoutMs: 100 }];
  const node = pick(
    [
      { type: 'input', data: { source: 'file', path } },
      {
        type: 'input',
        data: { source: 'file', path, format: pick(['csv', 'json', 'jsonl', 'tsv'], random) },
      },
      { type: 'audio_facts', data: { filePath: path } },
      { type: 'transform', data: { items: [1, 2, 3], operations } },
      { type: 'transform', data: { items: [{ name: 'a' }], operations } },
    ],
    random,
  );
  return { nodes: [{ id: name.replaceAll('.', '_'), ...node }], edges: [] };
}

/** A `.wproj` that lies about its folders, languages and version, is cut off, or is none. */
export function hostileProject(whole: string, random: () => number): string {
  const at = Math.floor(random() * whole.length);
  return pick(
    [
      () => mutated(whole, random),
      () => whole.slice(0, at),
      () =>
        whole.replaceAll(/SchemaVersion="\d+"/g, `SchemaVersion="${pick(['1', '9999', '-1', 'x'], random)}"`),
      () =>
        whole.replaceAll(
          /Path="[^"]*"/g,
          `Path="${pick(['..\\\\..', '/', 'C:\\', '\u0000', 'a\\'.repeat(900)], random)}"`,
        ),
      () => `${whole.slice(0, at)}${'<a>'.repeat(many(40_000, random))}`,
      () => hostileText(random),
    ],
    random,
  )();
}
