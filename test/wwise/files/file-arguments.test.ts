import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  asJsonArray,
  asJsonObject,
  asString,
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../../src/core/json.ts';
import { functionSchemas } from '../../../src/embedded/protocol/schemas.gen.ts';
import { allTools } from '../../../src/facades/mcp/tools/tools.ts';
import { toolFiles } from '../../../src/workflow/library/tool-files.ts';
import { ownKinds } from '../../../src/workflow/nodes/catalog.ts';
import { nodeFiles } from '../../../src/workflow/nodes/data/node-files.ts';
import { fileArguments } from '../../../src/wwise/files/file-arguments.ts';
import { commands } from '../../../tools/catalog.ts';
import { commandFiles } from '../../../tools/file_inputs.ts';
import { notFileInputs, notFiles, notNodeFiles, notToolFiles } from './not-files.ts';

/** By function, the arguments of which the WAAPI reference speaks as it does of files. */
const words: Json = JSON.parse(
  readFileSync(new URL('../../fixtures/file-words.gen.json', import.meta.url), 'utf8'),
);

describe('the table of arguments that name files', () => {
  it('has every argument of which the WAAPI reference speaks so, or says why it names none', () => {
    const rows = new Set(fileArguments.map(({ uri, argument }) => `${uri} ${anyDepth(uri, argument)}`));
    const missing = Object.entries(asJsonObject(words)).flatMap(([uri, list]) =>
      asJsonArray(list)
        .map((argument) => anyDepth(uri, asString(argument) ?? ''))
        .filter((argument) => !rows.has(`${uri} ${argument}`))
        .filter(
          (argument) =>
            !notFiles.some((one) => (one.uri === '*' || one.uri === uri) && argument.endsWith(one.argument)),
        )
        .map((argument) => `${uri} ${argument}`),
    );
    expect([...new Set(missing)]).toEqual([]);
    expect(Object.keys(asJsonObject(words)).length).toBeGreaterThan(15);
  });

  it('names functions and arguments that there are', () => {
    const unknown = fileArguments.filter(({ uri, argument }) => {
      const first = argument.replace(/\[\]/g, '').split('.')[0] ?? '';
      return first !== '**' && asJsonObject(functionSchemas[uri]?.args.properties)[first] === undefined;
    });
    expect(unknown).toEqual([]);
  });

  it('has every input of a command that speaks so, or says why it names none', () => {
    const rows = new Set(commandFiles.map(({ command, argument }) => `${command} ${argument}`));
    const missing = commands.flatMap(({ name, input }) =>
      textsOf(asJsonObject(z.toJSONSchema(input, { io: 'input' })))
        .filter(({ path, about }) => /file|path|folder|director|\bwav|disk|program/i.test(`${path} ${about}`))
        .filter(({ path }) => !rows.has(`${name} ${path}`))
        .map(({ path, about }) => `${name} ${path} | ${about}`)
        .filter((line) => !notFileInputs.some((one) => one.words.test(line))),
    );
    expect([...new Set(missing)]).toEqual([]);
    const known = new Set(
      commands.flatMap(({ name, input }) =>
        textsOf(asJsonObject(z.toJSONSchema(input, { io: 'input' }))).map(({ path }) => `${name} ${path}`),
      ),
    );
    expect([...rows].filter((row) => !known.has(row))).toEqual([]);
  });

  it('has every text of a tool for workflows that speaks so, or says why it names none', () => {
    const texts = allTools(commands)
      .filter(({ source }) => source.toolset === 'workflow')
      .flatMap(({ source: { name, input } }) =>
        textsOf(asJsonObject(z.toJSONSchema(input, { io: 'input' }))).map(
          ({ path, about }) => `${name} ${path} | ${about}`,
        ),
      );
    const rows = toolFiles.map(({ tool, argument }) => `${tool} ${argument} | `);
    expect(rows.filter((row) => !texts.some((line) => line.startsWith(row)))).toEqual([]);
    const missing = texts
      .filter((line) => /file|path|folder|director|\bwav|disk|program/i.test(line))
      .filter((line) => !rows.some((row) => line.startsWith(row)))
      .filter((line) => !notToolFiles.some((one) => one.words.test(line)));
    expect([...new Set(missing)]).toEqual([]);
    expect(texts.length).toBeGreaterThan(30);
  });

  it('has every input of a node kind that speaks so, or says why it names none', () => {
    const rows = new Set(nodeFiles.map(({ kind, argument }) => `${kind} ${argument}`));
    const texts = ownKinds.flatMap(({ type, input }) =>
      textsOf(asJsonObject(z.toJSONSchema(input, { io: 'input' }))).map(({ path, about }) => ({
        row: `${type} ${path}`,
        about,
      })),
    );
    const missing = texts
      .filter(({ row, about }) => /file|path|folder|director|\bwav|disk|program/i.test(`${row} ${about}`))
      .filter(({ row }) => !rows.has(row))
      .map(({ row, about }) => `${row} | ${about}`)
      .filter((line) => !notNodeFiles.some((one) => one.words.test(line)));
    expect([...new Set(missing)]).toEqual([]);
    const known = new Set(texts.map(({ row }) => row));
    expect([...rows].filter((row) => !known.has(row))).toEqual([]);
  });
});

/** What an object holds at any depth is one row, by its last member. */
function anyDepth(uri: string, argument: string): string {
  return uri === 'ak.wwise.core.object.set' ? `**.${argument.split('.').at(-1)}` : argument;
}

interface Text {
  readonly path: string;
  readonly about: string;
}

/** Every text in an input, with what is said about it or about what it stands in. */
function textsOf(root: JsonObject): readonly Text[] {
  const texts: Text[] = [];
  const visit = (given: JsonObject, path: string, about: string, seen: readonly string[]): void => {
    const reference = asString(given.$ref)?.split('/').at(-1);
    if (reference !== undefined && seen.includes(reference)) return;
    const inner = reference === undefined ? {} : asJsonObject(asJsonObject(root.$defs)[reference]);
    const schema = { ...inner, ...given };
    const now = reference === undefined ? seen : [...seen, reference];
    const said = asString(given.description) ?? asString(inner.description) ?? about;
    if ([schema.type].flat().includes('string') && schema.enum === undefined)
      texts.push({ path, about: said });
    for (const name of ['anyOf', 'oneOf', 'allOf'])
      for (const branch of asJsonArray(schema[name])) visit(asJsonObject(branch), path, said, now);
    for (const [name, member] of Object.entries(asJsonObject(schema.properties)))
      visit(asJsonObject(member), path === '' ? name : `${path}.${name}`, '', now);
    if (isJsonObject(schema.additionalProperties)) visit(schema.additionalProperties, `${path}.*`, '', now);
    if (isJsonObject(schema.items)) visit(schema.items, `${path}[]`, said, now);
  };
  visit(root, '', '', []);
  return texts;
}
