import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  asJsonArray,
  asJsonObject,
  asString,
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../../src/core/json.ts';

/** Words by which a name or a description may speak of a file. */
const speaksOfFiles = /file|path|folder|director|\bwav|disk|script|program|cwd|capture|input|output/i;

/**
 * The text of test/fixtures/file-words.gen.json: by function, the arguments of which the WAAPI reference speaks as it does of
 * files. Designators of objects, expressions to return and closed lists are left out: what they take is no file.
 */
export function generateFileWords(sharedDir: string): string {
  const list: Json = JSON.parse(readFileSync(join(sharedDir, 'waapi', 'functions.json'), 'utf8'));
  const found: Record<string, string[]> = {};
  for (const entry of asJsonArray(list).map(asJsonObject)) {
    const args = asJsonObject(entry.args);
    const paths = new Set<string>();
    visit(args, { root: args, path: '', words: '', seen: new Set(), found: paths });
    if (paths.size > 0) found[asString(entry.uri) ?? ''] = [...paths].sort();
  }
  return `${JSON.stringify(found, null, 2)}\n`;
}

interface Visit {
  readonly root: JsonObject;
  readonly path: string;
  readonly words: string;
  readonly seen: ReadonlySet<string>;
  readonly found: Set<string>;
}

function visit(schema: JsonObject, here: Visit): void {
  const reference = asString(schema.$ref);
  if (reference !== undefined) {
    const local = /^#\/definitions\/(.+)$/.exec(reference)?.[1];
    if (local === undefined || here.seen.has(reference)) return;
    // What may hold itself is found at any depth.
    const inner = asJsonObject(asJsonObject(here.root.definitions)[local]);
    visit(inner, { ...here, path: '**', seen: new Set([...here.seen, reference]) });
    return;
  }
  const words = `${here.words} ${asString(schema.description) ?? ''}`;
  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  if (types.includes('string') && schema.enum === undefined && speaksOfFiles.test(`${here.path} ${words}`))
    here.found.add(here.path);
  for (const name of ['anyOf', 'oneOf', 'allOf'])
    for (const branch of asJsonArray(schema[name])) visit(asJsonObject(branch), { ...here, words });
  for (const [name, member] of Object.entries(asJsonObject(schema.properties)))
    visit(asJsonObject(member), {
      ...here,
      path: here.path === '' ? name : `${here.path}.${name}`,
      words: '',
    });
  for (const member of Object.values(asJsonObject(schema.patternProperties)))
    visit(asJsonObject(member), { ...here, path: `${here.path}.*`.replace(/^\./, ''), words: '' });
  if (isJsonObject(schema.items)) visit(schema.items, { ...here, path: `${here.path}[]`, words });
}
