import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { asJsonArray, asJsonObject, isJsonObject, type JsonObject } from '../../src/core/json.ts';
import { faceOf } from '../../src/facades/mcp/tool-face.ts';
import { unreadableOutput } from '../../src/wwise/files/project-files.ts';
import { commands } from '../../tools/catalog.ts';

const root = fileURLToPath(new URL('../../tools', import.meta.url));
const files = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap((folder) => readdirSync(`${root}/${folder.name}`).map((file) => `${folder.name}/${file}`));

describe('the catalogue', () => {
  it('lists every command file once, under its name and the toolset of its folder', () => {
    const listed = commands.map((command) => `${command.toolset}/${command.name}.ts`);
    expect([...listed].sort()).toEqual([...files].sort());
  });
});

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
    const { reliesOnWholeProject: relies, deletesOthers, effect, fusion, name } = command;
    const named = command.output instanceof z.ZodObject ? command.output.shape.unreadable : undefined;
    expect(named === unreadableOutput.unreadable).toBe(relies !== undefined);
    const input = asJsonObject(jsonSchema(command.input, 'input').properties);
    expect('ignoreUnreadable' in input).toBe(relies === 'deletes' || deletesOthers !== undefined);
    // Only the dispatch of a single call looks.
    if (relies !== undefined) expect(fusion).toBeUndefined();
    if (effect === 'destroy') expect(relies === 'deletes' || name in deletesItsOwn).toBe(true);
    if (effect === 'read') expect(relies === undefined).toBe(name in sayOnlyWhatTheyRead);
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

/** Reads that are as right when another file of the project cannot be read, and of what they speak. */
const sayOnlyWhatTheyRead: Readonly<Record<string, string>> = {
  get_object: 'one object',
  list_rtpcs: 'one object',
  get_states: 'one object',
  blend_tracks: 'one container',
  list_assignments: 'one container',
  get_attenuation_curve: 'one attenuation',
  list_effects: 'one object',
  get_inclusions: 'one SoundBank',
  get_music: 'one object',
  diff_objects: 'two objects',
  audio_facts: 'audio files',
  audio_peaks: 'one source',
  source_control_status: 'files, readable or not',
  get_log: 'the log',
  search_media: 'the media pool',
  selected_objects: 'the selection',
  profiler_snapshot: 'the game',
  remote_consoles: 'the network',
  describe_type: 'a type',
  waapi_functions: 'WAAPI',
  waapi_schema: 'WAAPI',
  waapi_subscribe: 'events',
  waapi_events: 'events',
  waapi_unsubscribe: 'events',
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
