import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type JsonObject } from '../../../src/core/json.ts';
import { checkProject } from '../../../src/embedded/project/compare/check.ts';
import { openProject } from '../../../src/embedded/project/open-project.ts';
import type { OpenedProject } from '../../../src/embedded/project/opened-project.ts';
import { type EngineRoom, withEngine } from '../../harness/engine.ts';
import { eras, writeEraProject } from '../../harness/era-project.ts';
import { breachesOf } from '../../harness/file-laws.ts';
import { addFolders } from '../../harness/more-folders.ts';
import { toneBytes } from '../../harness/wave.ts';

const home = '\\Containers\\Default Work Unit';
const event = '\\Dynamic Dialogue\\Default Work Unit\\Briefing';

async function prepare(room: EngineRoom): Promise<void> {
  const group = (type: string, child: string, name: string, names: readonly string[]) => ({
    type,
    name,
    children: names.map((one) => ({ type: child, name: one })),
  });
  await room.call('object.set', {
    objects: [
      {
        object: '\\States\\Default Work Unit',
        children: [
          group('StateGroup', 'State', 'Unit', ['Unit_A', 'Unit_B']),
          group('StateGroup', 'State', 'Location', ['Street']),
        ],
      },
      {
        object: '\\Switches\\Default Work Unit',
        children: [group('SwitchGroup', 'Switch', 'FS', ['Running'])],
      },
    ],
  });
}

async function errorsOf(room: EngineRoom, dialogueEvent: string, more: JsonObject = {}): Promise<string[]> {
  const { log } = await room.call('audio.import', {
    imports: [{ objectPath: `${home}\\<Sound SFX>Line`, dialogueEvent, ...more }],
  });
  return asJsonArray(log).map((item) => String(asJsonObject(item).message));
}

/** The paths of the event, each with what it plays and its probability and weight. */
function paths(room: EngineRoom): readonly (readonly unknown[])[] {
  const { model } = room.project;
  const object = model.byPath(event);
  if (object === undefined) return [];
  return (model.list(object, 'Entries') ?? []).map((entry) => [
    (model.list(entry, 'EntryPath') ?? [])
      .map((slot) => model.reference(slot, 'EntryPathObject')?.name)
      .join('.'),
    model.reference(entry, 'AudioNode')?.name,
    model.property(entry, 'Probability'),
    model.property(entry, 'Weight'),
  ]);
}

const full = `${event}@Path:<State Group:Unit>Unit_A.<Switch Group:FS>Running.<State Group:Location>*|Probability:80|Weight:20`;

describe('an import with a Dialogue Event', () => {
  it('makes the event with its arguments, and a path that plays the object', async () => {
    await withEngine(async (room) => {
      await prepare(room);
      expect(await errorsOf(room, full)).toEqual([]);
      expect(paths(room)).toEqual([['Unit_A.Running.Location', 'Line', 80, 20]]);
      // Another path, the fallback for what it leaves out; and the same one again, for another object.
      expect(await errorsOf(room, `${event}@Path:<State Group:Unit>Unit_B`)).toEqual([]);
      expect(await errorsOf(room, full, { objectPath: `${home}\\<Sound SFX>Other` })).toEqual([]);
      expect(paths(room)).toEqual([
        ['Unit_A.Running.Location', 'Other', 80, 20],
        ['Unit_B.FS.Location', 'Line', 100, 50],
      ]);
      await room.call('project.save');
      const files = [
        'Dynamic Dialogue',
        'Containers',
        'States',
        'Switches',
        'Busses',
        'Devices',
        'Conversion Settings',
      ].map((folder) => join(dirname(room.project.filePath), folder, 'Default Work Unit.wwu'));
      expect(breachesOf(new Map(files.map((path) => [path, readFileSync(path)])))).toEqual([]);
    });
  });

  it('comes from a tab-delimited file too', async () => {
    await withEngine(async (room) => {
      await prepare(room);
      writeFileSync(join(room.dir, 'line.wav'), toneBytes());
      const importFile = join(room.dir, 'lines.txt');
      writeFileSync(
        importFile,
        `Audio File\tObject Path\tDialogue Event\nline.wav\t${home}\\<Sound SFX>Line\t${full}\n`,
      );
      await room.call('audio.importTabDelimited', {
        importFile,
        importLanguage: 'SFX',
        importOperation: 'useExisting',
      });
      expect(paths(room)).toEqual([['Unit_A.Running.Location', 'Line', 80, 20]]);
    });
  });

  it('says what is wrong with it, and changes nothing', async () => {
    await withEngine(async (room) => {
      await prepare(room);
      await room.call('project.save');
      for (const [text, reason] of [
        [`${event}@Path:<State Group:Unti>Unit_A`, 'Did you mean "Unit"?'],
        [`${event}@Path:<State Group:Unit>Unit_C`, 'has no "Unit_C"; it has None, Unit_A, Unit_B'],
        [`${event}@Path:Unit_A`, 'is not written "<State Group:Name>State"'],
        [`${event}@Pth:<State Group:Unit>Unit_A`, 'none of Path:, Probability: and Weight:'],
        [`${event}@Path:<State Group:Unit>*|Weight:lots`, 'not a whole number from 0 to 100'],
        ['\\Events\\Default Work Unit\\E@Path:', 'does not start with "\\Dynamic Dialogue\\"'],
      ] as const) {
        expect((await errorsOf(room, text))[0]).toContain(reason);
      }
      const track = { objectPath: `${home}\\<Property Container>P` };
      expect((await errorsOf(room, full, track))[0]).toContain('cannot play a PropertyContainer');
      expect(room.project.isDirty).toBe(false);
      await errorsOf(room, `${event}@Path:<State Group:Unit>*`);
      expect((await errorsOf(room, full))[0]).toContain('FS is no argument of the Dialogue Event');
    });
  });

  it.each(eras)(
    'is written in the way of schema %i, and leads the same way when read again',
    async (schema) => {
      await withEngine(
        async (room) => {
          await prepare(room);
          const containers = schema < 131 ? '\\Actor-Mixer Hierarchy' : '\\Containers';
          const line = `${containers}\\Default Work Unit\\<Sound SFX>Line`;
          const path = `${event}@Path:<State Group:Unit>Unit_A.<Switch Group:FS>Running.<State Group:Location>*`;
          expect(await errorsOf(room, path, { objectPath: line })).toEqual([]);
          expect(
            await errorsOf(room, `${event}@Path:<State Group:Unit>Unit_B`, { objectPath: line }),
          ).toEqual([]);
          expect(await errorsOf(room, path, { objectPath: line.replace('Line', 'Other') })).toEqual([]);
          const shares = await errorsOf(room, full, { objectPath: line });
          if (schema < 119) expect(shares[0]).toContain('Probability and Weight of the dialogueEvent');
          await room.call('object.setName', { object: 'StateGroup:Unit', value: 'Team' });
          await room.call('project.save');
          const wanted = [
            ['Unit_A.Running.Location', schema < 119 ? 'Other' : 'Line'],
            ['Unit_B.FS.Location', 'Line'],
          ];
          expect(pathsIn(room.project)).toEqual(wanted);
          const again = await openProject(room.project.filePath, { lock: false });
          expect(pathsIn(again)).toEqual(wanted);
          again.close();
          expect(checkProject(room.project.filePath)).toMatchObject({ differences: [], brokenFiles: [] });
          const file = join(dirname(room.project.filePath), 'Dynamic Dialogue', 'Default Work Unit.wwu');
          if (schema < 119) expect(readFileSync(file, 'utf8')).toContain('<ArgumentRef Name="Team" ID="');
          // A State that goes takes the paths along that lead over it.
          await room.call('object.delete', { object: '\\States\\Default Work Unit\\Team\\Unit_A' });
          if (schema < 119) expect(pathsIn(room.project)).toEqual([['Unit_B.FS.Location', 'Line']]);
          await room.call('undo.undo');
          expect(pathsIn(room.project)).toEqual(wanted);
        },
        (place) => {
          const { projectPath } = writeEraProject(place, schema);
          addFolders(projectPath, schema);
          return projectPath;
        },
      );
    },
  );
});

/** The paths of the event as any schema holds them, each with what it plays. */
function pathsIn({ model }: OpenedProject): readonly (readonly unknown[])[] {
  const object = model.byPath(event);
  if (object === undefined) return [];
  const former = model.legacyEntries(object);
  if (former.length > 0) {
    return former.map(({ path, audioNode }) => [path.map(({ name }) => name).join('.'), audioNode?.name]);
  }
  return (model.list(object, 'Entries') ?? []).map((entry) => [
    (model.list(entry, 'EntryPath') ?? [])
      .map((step) => (model.reference(step, 'EntryPathObject') ?? step).name)
      .join('.'),
    model.reference(entry, 'AudioNode')?.name,
  ]);
}
