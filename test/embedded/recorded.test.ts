import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, asString, type JsonObject } from '../../src/core/json.ts';
import { type EngineRoom, withEngine } from '../harness/engine.ts';
import { copySample } from '../harness/sample-project.ts';
import { sharedDir } from '../harness/shared.ts';
import { toneBytes } from '../harness/wave.ts';

const folder = join(sharedDir, 'waapi', 'recorded');
const names = existsSync(folder)
  ? readdirSync(folder)
      .map((name) => name.replace(/\.json$/, ''))
      .sort()
  : [];
const recorded = (name: string): JsonObject =>
  asJsonObject(JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')));

/** Recordings that say nothing an engine on another project could repeat, with the reason. */
const skipped: Readonly<Record<string, string>> = {
  'waapi.getTopics-2022-console': 'lists every topic of another version, whatever its mode offers',
  'waapi.getFunctions-2025-console':
    'lists sound engine and command line functions that need more than project files',
};

const home = '\\Containers\\Default Work Unit';

type Replay = (room: EngineRoom, record: JsonObject) => Promise<void>;

/** How each recording is replayed: by the start of its name. The SampleProject it was made on is rebuilt as far as it shows. */
const replays: readonly (readonly [RegExp, Replay])[] = [
  [/^error-/, replayError],
  [/^audio\.import/, replayImport],
  [/^object\.create-legacy/, replayLegacyType],
  [/^object\.delete/, replayDelete],
  [/^object\.set-notes/, replayNotes],
  [/^object\.get-/, replayQuery],
  [/^(switchContainer\.|object\.setReference-switchgroup)/, replayAssignments],
  [/^soundbank\./, replayInclusions],
  [/^undo-group/, replayUndo],
  [/^waapi\.getSchema/, replaySchema],
];

/** The engine's project is of the recorded version where that shows in names: 2024.1 stands for 2023.1 too. */
function projectFor(name: string): ((dir: string) => string) | undefined {
  if (!/-202[34]/.test(name)) return undefined;
  return (dir) => {
    const copy = copySample('pywwise-2024.1', dir);
    return join(copy, readdirSync(copy).find((entry) => entry.endsWith('.wproj')) ?? '');
  };
}

describe.skipIf(names.length === 0)(
  'recorded answers of Wwise (need the fact base beside the repository)',
  () => {
    for (const name of names) {
      const replay = replays.find(([pattern]) => pattern.test(name))?.[1];
      const reason = skipped[name];
      if (reason !== undefined || replay === undefined) {
        it.skip(`${name}: ${reason ?? 'no replay'}`, () => {});
        continue;
      }
      it(`${name} is repeated`, () => withEngine((room) => replay(room, recorded(name)), projectFor(name)));
    }

    it('leaves none out without a reason', () => {
      const known = names.filter(
        (name) => skipped[name] !== undefined || replays.some(([pattern]) => pattern.test(name)),
      );
      expect(known).toEqual(names);
    });
  },
);

/** The one hierarchy that changed its name in 2025.1. */
function homeOf(room: EngineRoom): string {
  return room.project.model.version.year < 2025 ? '\\Actor-Mixer Hierarchy\\Default Work Unit' : home;
}

async function make(room: EngineRoom, parent: string, type: string, name: string): Promise<string> {
  return asString((await room.call('object.create', { parent, type, name })).id) ?? '';
}

/** Rows alike in members and in every value that does not come from the recorded project. */
function expectSameShape(actual: unknown, wanted: unknown): void {
  const shapeOf = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shapeOf);
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shapeOf(item)]));
    return typeof value;
  };
  expect(shapeOf(actual)).toEqual(shapeOf(wanted));
}

async function replayError(room: EngineRoom, record: JsonObject): Promise<void> {
  await room.call('object.create', {
    parent: '\\Conversion Settings',
    type: 'WorkUnit',
    name: 'User Conversion Settings',
  });
  const error = await room.refused(String(record.uri), asJsonObject(record.args));
  const wanted = asJsonObject(record.error);
  const { message, details } = asJsonObject(wanted.kwargs);
  if (wanted.uri !== undefined) expect(error.uri).toBe(wanted.uri);
  if (message !== undefined) expect(error.message).toBe(message);
  if (details !== undefined) expect(error.details).toMatchObject(asJsonObject(details));
}

/** The read-backs hold what an import with the sibling's arguments leaves; ids differ. */
async function replayImport(room: EngineRoom, record: JsonObject): Promise<void> {
  const result = record.readback ?? asJsonArray(asJsonObject(record.result).return)[0];
  const wanted = asJsonObject(result);
  const file = join(room.dir, 'Generated.wav');
  writeFileSync(file, toneBytes({}));
  const imported = await room.call(
    'audio.import',
    {
      importOperation: 'createNew',
      imports: [
        {
          audioFile: file,
          objectPath: `${homeOf(room)}\\<Sound>${wanted.name}`,
          objectType: 'Sound',
          notes: wanted.notes,
        },
      ],
    },
    { return: ['id', 'name', 'type', 'path', 'notes'] },
  );
  const sounds = asJsonArray(imported.objects)
    .map(asJsonObject)
    .filter(({ type }) => type === 'Sound');
  const { id: _, ...rest } = wanted;
  expect(sounds).toMatchObject([rest]);
  const read = await room.call(
    'object.get',
    { from: { id: [sounds[0]?.id ?? ''] } },
    { return: ['id', 'name', 'type', 'path', 'notes'] },
  );
  expect(read.return).toEqual(sounds);
}

async function replayLegacyType(room: EngineRoom, record: JsonObject): Promise<void> {
  const made = await room.call('object.create', asJsonObject(record.args));
  const { type, name } = asJsonObject(record.readback);
  const read = await room.call(
    'object.get',
    { from: { id: [made.id ?? ''] } },
    { return: ['id', 'name', 'type'] },
  );
  expect(read).toEqual({ return: [{ id: made.id, name, type }] });
}

/** The recorder mapped an error to an empty list, so either is what was recorded. */
async function replayDelete(room: EngineRoom): Promise<void> {
  const object = await make(room, home, 'PropertyContainer', 'Doomed');
  expect(await room.call('object.delete', { object })).toEqual({});
  expect((await room.refused('object.get', { from: { id: [object] } })).uri).toBe(
    'ak.wwise.query.unknown_object',
  );
}

async function replayNotes(room: EngineRoom, record: JsonObject): Promise<void> {
  const object = await make(room, home, 'PropertyContainer', 'Noted');
  const notes = asJsonObject(asJsonArray(asJsonObject(record.args).objects)[0]).notes ?? '';
  await room.call('object.set', { objects: [{ object, notes }] }, asJsonObject(record.options));
  const read = await room.call('object.get', { from: { id: [object] } }, { return: ['notes'] });
  expect(read).toEqual({ return: [{ notes }] });
}

async function replayQuery(room: EngineRoom, record: JsonObject): Promise<void> {
  const parent = homeOf(room);
  await make(room, parent, 'Sound', 'Footstep_Running_Gravel_02');
  const options = asJsonObject(record.options);
  const result = await room.call('object.get', asJsonObject(record.args), options);
  expectSameShape(result, record.result);
  // The constant roots are the same in every project.
  for (const [at, row] of asJsonArray(asJsonObject(record.result).return).map(asJsonObject).entries()) {
    if (row.id !== '{5EA7BBF8-64C0-4A50-8821-A07E8BE21D68}') continue;
    const { childrenCount: _, ...constant } = row;
    expect(asJsonArray(result.return)[at]).toMatchObject(constant);
  }
}

async function replayAssignments(room: EngineRoom, record: JsonObject): Promise<void> {
  const container = await make(room, homeOf(room), 'SwitchContainer', 'WAAPI Switch');
  const child = await make(room, `${homeOf(room)}\\WAAPI Switch`, 'Sound', 'Child');
  const group = await make(room, '\\Switches\\Default Work Unit', 'SwitchGroup', 'WAAPI_Group');
  const stateOrSwitch = await make(room, '\\Switches\\Default Work Unit\\WAAPI_Group', 'Switch', 'On');
  const reference = 'SwitchGroupOrStateGroup';
  expect(await room.call('object.setReference', { object: container, reference, value: group })).toEqual({});
  const get = () => room.call('switchContainer.getAssignments', { id: container });
  const moments = [await get()];
  for (const verb of ['add', 'remove']) {
    expect(await room.call(`switchContainer.${verb}Assignment`, { child, stateOrSwitch })).toEqual({});
    moments.push(await get());
  }
  expect(moments[1]).toEqual({ return: [{ child, stateOrSwitch }] });
  if (String(record.uri).endsWith('getAssignments')) {
    const wanted = asJsonArray(asJsonObject(record.result).return).length === 0 ? [0, 2] : [1];
    for (const moment of wanted) expectSameShape(moments[moment], record.result);
  }
}

async function replayInclusions(room: EngineRoom, record: JsonObject): Promise<void> {
  const soundbank = await make(room, '\\SoundBanks\\Default Work Unit', 'SoundBank', 'WAAPI_Bank');
  const object = await make(room, homeOf(room), 'Sound', 'Included');
  const inclusions = [{ object, filter: ['structures', 'media'] }];
  const set = (operation: string) =>
    room.call('soundbank.setInclusions', { soundbank, operation, inclusions });
  const get = () => room.call('soundbank.getInclusions', { soundbank });
  expect(await set('replace')).toEqual({});
  expect(await get()).toEqual({ inclusions });
  if (asJsonArray(asJsonObject(record.result).inclusions).length > 0)
    expectSameShape(await get(), record.result);
  expect(await set('remove')).toEqual({});
  expect(await get()).toEqual({ inclusions: [] });
}

async function replayUndo(room: EngineRoom, record: JsonObject): Promise<void> {
  let id = '';
  const answers: unknown[] = [];
  for (const step of asJsonArray(record.sequence).map(asJsonObject)) {
    const uri = String(step.uri);
    if (uri !== 'ak.wwise.core.object.get') {
      const result = await room.call(uri, asJsonObject(step.args));
      id = asString(result.id) ?? id;
      continue;
    }
    const alive = room.project.model.byId(id) !== undefined;
    if (alive) answers.push((await room.call(uri, { from: { id: [id] } })).return);
    else answers.push((await room.refused(uri, { from: { id: [id] } })).uri);
  }
  expect(answers).toEqual([[{ id, name: expect.any(String) }], 'ak.wwise.query.unknown_object']);
}

/** The recorder kept references between schema files; this engine answers schemas that stand alone. */
async function replaySchema(room: EngineRoom, record: JsonObject): Promise<void> {
  const result = await room.call('ak.wwise.waapi.getSchema', asJsonObject(record.args));
  for (const [part, schema] of Object.entries(asJsonObject(record.result))) {
    if (part === 'description') continue;
    const wanted = asJsonObject(schema);
    const answered = asJsonObject(result[part]);
    if (wanted.properties === undefined) continue;
    expect(Object.keys(asJsonObject(answered.properties)).sort()).toEqual(
      Object.keys(asJsonObject(wanted.properties)).sort(),
    );
    expect(asJsonArray(answered.required)).toEqual(asJsonArray(wanted.required));
    expect(answered.additionalProperties).toBe(wanted.additionalProperties);
  }
}
