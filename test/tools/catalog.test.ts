import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { unreadableOutput } from '../../src/core/backend/project-files.ts';
import { asJsonArray, asJsonObject, isJsonObject, type JsonObject } from '../../src/core/json.ts';
import { faceOf } from '../../src/facades/mcp/tools/tool-face.ts';
import { allTools } from '../../src/facades/mcp/tools/tools.ts';
import { commands } from '../../tools/catalog.ts';
import { mergedTools } from '../../tools/merged/catalog.ts';
import { toolsets } from '../../tools/toolsets.ts';

const root = fileURLToPath(new URL('../../tools', import.meta.url));
const files = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'merged')
  .flatMap((folder) =>
    readdirSync(`${root}/${folder.name}`, { withFileTypes: true }).flatMap((entry) =>
      entry.isFile() ? [`${folder.name}/${entry.name}`] : [],
    ),
  );

describe('the catalogue', () => {
  it('lists every command file once, under its name and the toolset of its folder', () => {
    const listed = commands.map((command) => `${command.toolset}/${command.name}.ts`);
    expect([...listed].sort()).toEqual([...files].sort());
  });

  it('says of every toolset what it is for, and offers by default only tools of its own', () => {
    const toolNames = (toolset: string) =>
      allTools(commands, mergedTools).flatMap(({ source }) =>
        source.toolset === toolset ? [source.name] : [],
      );
    const known = [...new Set(allTools(commands).map(({ source }) => source.toolset))];
    expect(Object.keys(toolsets).sort()).toEqual(known.sort());
    for (const [toolset, { purpose, byDefault }] of Object.entries(toolsets)) {
      expect(purpose).toMatch(/^[A-Z].{15,110}\.$/);
      expect(toolNames(toolset)).toEqual(expect.arrayContaining([...byDefault]));
    }
  });

  it('has a test for every command, beside the one that runs its examples', () => {
    const folder = fileURLToPath(new URL('..', import.meta.url));
    const tests = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => readFileSync(`${folder}/${name}`, 'utf8'))
      .join('\n');
    const named = new Set(tests.match(/\w+/g));
    const untested = commands.filter(({ name }) => !named.has(name) && !named.has(camelCase(name)));
    expect(untested.map(({ name }) => name)).toEqual([]);
  });
});

/** As workflows name it. */
function camelCase(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

describe.each(commands.map((command) => [command.name, command] as const))('%s', (_name, command) => {
  it('has a lawful name, title and effect', () => {
    expect(command.name).toMatch(/^[a-z][a-z0-9_]{2,39}$/);
    expect(command.title).toMatch(/^[A-Z][A-Za-z ]{3,40}$/);
    expect(['read', 'create', 'update', 'destroy', 'barrier']).toContain(command.effect);
    expect(command.version).toBeGreaterThanOrEqual(1);
  });

  it('says what it is for in 40 to 900 characters', () => {
    expect(command.description.length).toBeGreaterThanOrEqual(40);
    expect(command.description.length).toBeLessThanOrEqual(900);
    expect(command.description).toMatch(/^[A-Z].*\.$/s);
  });

  it('begins with a sentence that says what it does, in 20 to 220 characters', () => {
    const [first = ''] = command.description.split(/(?<=\.)\s+(?=[A-Z])/);
    expect(first).toMatch(/^[A-Z][a-z]+,? .*\.$/);
    expect(first.length).toBeGreaterThanOrEqual(20);
    expect(first.length).toBeLessThanOrEqual(220);
  });

  it('takes a strict object with every field described', () => {
    expect(command.input).toBeInstanceOf(z.ZodObject);
    const schema = jsonSchema(command.input, 'input');
    expect(schema.additionalProperties).toBe(false);
    expect(undescribed(schema, '')).toEqual([]);
  });

  it('gives an object', () => {
    expect(command.output).toBeInstanceOf(z.ZodObject);
    expect(jsonSchema(command.output, 'output').type).toBe('object');
  });

  it('wires only through fields it has', () => {
    const properties = asJsonObject(jsonSchema(command.input, 'input').properties);
    for (const field of (command.oneOf ?? []).flat()) expect(properties).toHaveProperty(field);
  });

  it('names what it could not see where it relies on the whole project', () => {
    const { reliesOnWholeProject: relies, readsOnly, deletesOthers, effect, batch, name } = command;
    const named = command.output instanceof z.ZodObject ? command.output.shape.unreadable : undefined;
    expect(named === unreadableOutput.unreadable).toBe(relies !== undefined);
    const input = asJsonObject(jsonSchema(command.input, 'input').properties);
    expect('ignoreUnreadable' in input).toBe(relies === 'deletes' || deletesOthers !== undefined);
    // Only the dispatch of a single call looks.
    if (relies !== undefined) expect(batch).toBeUndefined();
    if (effect === 'destroy') expect(relies === 'deletes' || name in deletesItsOwn).toBe(true);
    // Either its answer may lack what was not read, or it is about what it read alone.
    expect(readsOnly === undefined).toBe(effect !== 'read' || relies !== undefined);
  });

  it('declares that it may replace what lies at a name, where its input says so', () => {
    const schema = JSON.stringify(jsonSchema(command.input, 'input'));
    const mayReplace = /"replaceExisting"/.test(schema) || /onNameConflict.*"replace"/.test(schema);
    const isDeclared = command.replaces !== undefined;
    // What it is given may be any call.
    expect(isDeclared).toBe(command.effect !== 'read' && (mayReplace || command.name === 'waapi_call'));
    if (isDeclared) expect(command.replaces?.({ onNameConflict: 'fail' })).toBe(false);
  });

  it('declares the inputs that go on while files cannot be read, and has the fields that say so', () => {
    const { toleratesUnreadable, reliesOnWholeProject: relies, deletesOthers } = command;
    const fields = asJsonObject(jsonSchema(command.input, 'input').properties);
    const mayDelete = relies === 'deletes' || deletesOthers !== undefined;
    expect(toleratesUnreadable !== undefined).toBe('ignoreUnreadable' in fields);
    if (toleratesUnreadable === undefined) return;
    expect(mayDelete).toBe(true);
    expect(toleratesUnreadable({})).toBe(false);
    expect(toleratesUnreadable({ ignoreUnreadable: true })).toBe(true);
    expect(toleratesUnreadable({ ignoreUnreadable: false, preview: false, confirm: true })).toBe(false);
    expect(toleratesUnreadable({ preview: true })).toBe('preview' in fields);
  });

  it('can check a result before it is reused, or says why not, when it changes something', () => {
    const changes = ['create', 'update', 'destroy'].includes(command.effect);
    const terms = [command.achieved, command.memo].filter((term) => term !== undefined);
    expect(terms).toHaveLength(changes ? 1 : 0);
    if (command.memo !== undefined) expect(command.memo.never).toMatch(/^[A-Z][^.]{15,150}\.$/);
    // A create must never be done twice because its answer was lost.
    if (command.effect === 'create') expect([command.achieved, command.settle]).not.toContain(undefined);
  });
});

describe('what is done each time', () => {
  it.each(
    commands.flatMap((command) => (command.memo === undefined ? [] : [[command.name, command] as const])),
  )('says so to clients and to agents: %s', (_name, command) => {
    const { annotations, description, inputSchema } = faceOf(command);
    expect(annotations.idempotentHint).toBe(false);
    expect(description).toContain('Done each time.');
    expect(inputSchema.properties).not.toHaveProperty('forceRerun');
  });
});
/** Commands of the effect `destroy` that do not go by who refers to what. */
const deletesItsOwn: Readonly<Record<string, string>> = {
  remove_effect: 'a slot of one object',
  remove_rtpc: 'an RTPC of one object',
  source_control_revert: 'the changes of files that are named',
};

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonObject {
  const value: unknown = JSON.parse(JSON.stringify(z.toJSONSchema(schema, { io })));
  return asJsonObject(value);
}

/** Pointers of the members without a description, nested ones included. */
function undescribed(schema: JsonObject, path: string): string[] {
  const members = Object.entries(asJsonObject(schema.properties)).flatMap(([name, member]) => {
    const inner = asJsonObject(member);
    const own = typeof inner.description === 'string' || '$ref' in inner ? [] : [`${path}/${name}`];
    return [...own, ...undescribed(inner, `${path}/${name}`)];
  });
  const parts = ['items', 'anyOf', 'oneOf', 'allOf', 'definitions', '$defs'].flatMap((key) => {
    const part = schema[key];
    const list = Array.isArray(part)
      ? asJsonArray(part)
      : key === 'items'
        ? [part]
        : Object.values(asJsonObject(part));
    return list.filter(isJsonObject).flatMap((item) => undescribed(item, path));
  });
  return [...members, ...parts];
}
