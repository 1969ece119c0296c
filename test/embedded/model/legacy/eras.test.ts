import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { JsonObject } from '../../../../src/core/json.ts';
import { checkProject } from '../../../../src/embedded/project/compare/check.ts';
import { WaapiError } from '../../../../src/wwise/connection/backend.ts';
import { withEngine } from '../../../harness/engine.ts';
import { type EraProject, eras, writeEraProject } from '../../../harness/era-project.ts';
import { tempDir } from '../../../harness/temp-dir.ts';

const dir = tempDir('eras');

async function inEra(
  schema: (typeof eras)[number],
  work: (room: Parameters<Parameters<typeof withEngine>[0]>[0], era: EraProject) => Promise<void>,
): Promise<void> {
  const made: EraProject[] = [];
  await withEngine(
    async (room) => {
      const [era] = made;
      if (era !== undefined) await work(room, era);
    },
    (folder) => {
      const era = writeEraProject(folder, schema);
      made.push(era);
      return era.projectPath;
    },
  );
}

function read(path: string | undefined): string {
  return path === undefined ? '' : readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
}

describe.each(eras)('a project of schema %i', (schema) => {
  it('prints back to its own bytes', async () => {
    const { projectPath } = writeEraProject(mkdtempSync(join(dir, 'p-')), schema);
    expect(checkProject(projectPath)).toMatchObject({ differences: [], brokenFiles: [], strayFiles: [] });
  });

  it('reads the same: values per platform, randomizer, RTPC with its curve, effects, playlist', async () => {
    await inEra(schema, async ({ project: { model } }, era) => {
      const boom = model.byPath(era.boom);
      if (boom === undefined) throw new Error('no Boom');
      expect(boom.notes).toBe('first <line>\r\nsecond "line"');
      expect(model.property(boom, 'Volume', 'Mac')).toBe(-9);
      expect(model.property(boom, 'Volume')).toBe(-3);
      expect(model.isLinked(boom, 'Volume', 'Windows')).toBe(false);
      expect(model.randomizer(boom, 'Pitch')?.type).toBe('Modifier');
      const [rtpc, ...others] = model.list(boom, 'RTPC') ?? [];
      if (rtpc === undefined) throw new Error('no RTPC');
      expect(others).toEqual([]);
      expect(model.property(rtpc, 'PropertyName')).toBe('Volume');
      expect(model.reference(rtpc, 'ControlInput')?.name).toBe('Power');
      const curve = model.reference(rtpc, 'Curve');
      expect(curve === null || curve === undefined ? [] : model.points(curve)).toHaveLength(2);
      const [effect] = model.list(boom, 'Effects') ?? [];
      expect(effect?.type).toBe(schema < 119 ? 'Effect' : 'EffectSlot');
      if (schema < 119) expect(model.reference(boom, 'Effect0')).toBe(effect);
      expect(model.reference(boom, 'Effect3')).toBe(schema < 119 ? null : undefined);
      const sequence = model.byPath(era.sequence);
      const items = sequence === undefined ? [] : (model.list(sequence, 'Playlist') ?? []);
      const played = items.map((item) => (schema < 131 ? item : model.reference(item, 'PlaylistObject')));
      expect(played.map((object) => object?.name)).toEqual(['One', 'Two']);
    });
  });

  it('takes the properties that version had, in its own form, and refuses those of later ones', async () => {
    await inEra(schema, async ({ call }, era) => {
      const boom = '{00000015-1111-4222-8333-444455556666}';
      const object = era.boom;
      const refusal = (property: string, value: number | boolean) =>
        call('ak.wwise.core.object.setProperty', { object, property, value }).then(
          () => null,
          (thrown: unknown) => (thrown instanceof WaapiError ? thrown.uri : thrown),
        );
      const unknown = 'ak.wwise.invalid_property';
      expect(await refusal('PositioningType', 1)).toBe(schema < 89 ? null : unknown);
      expect(await refusal('Spatialization', false)).toBe(schema < 89 ? null : unknown);
      expect(await refusal('IsZeroLantency', true)).toBe(schema < 110 ? null : unknown);
      expect(await refusal('BypassEffect2', true)).toBe(schema < 119 ? null : unknown);
      expect(await refusal('3DSpatialization', 1)).toBe(schema < 89 ? unknown : null);
      expect(await refusal('IsZeroLatency', true)).toBe(schema < 110 ? unknown : null);
      expect(await refusal('AttenuationDistanceScaling', 2)).toBe(schema < 123 ? unknown : null);
      const names = await call('ak.wwise.core.object.getPropertyAndReferenceNames', { object: boom });
      const all = z.object({ return: z.array(z.string()) }).parse(names).return;
      const options = { return: all.map((name) => `@${name}`) };
      const read = await call('ak.wwise.core.object.get', { from: { id: [boom] } }, options);
      if (schema < 119)
        expect(read).toMatchObject({ return: [{ '@BypassEffect2': true, '@BypassEffect1': false }] });
      await call('ak.wwise.core.project.save', {});
      const text = readFileSync(era.files.containers ?? '', 'utf8');
      expect(text.includes('<Property Name="PositioningType" Type="int16" Value="1"/>')).toBe(schema < 89);
      expect(/Name="IsZeroLantency" Type="bool">\s*<ValueList>/.test(text)).toBe(schema < 110);
    });
  });

  it('fades an action by the curves that version has', async () => {
    await inEra(schema, async ({ call, refused }, era) => {
      const stop = { parent: era.event, type: 'Action', name: '', '@ActionType': 2, '@FadeTime': 2 };
      const [own, other] = schema < 89 ? ['@FadeCurve', '@FadeOutCurve'] : ['@FadeOutCurve', '@FadeCurve'];
      const made = await call('object.create', { ...stop, [own]: 6 });
      const read = await call('object.get', { from: { id: [String(made.id)] } }, { return: [own] });
      expect(read).toEqual({ return: [{ [own]: 6 }] });
      expect((await refused('object.create', { ...stop, [other]: 6 })).uri).toBe('ak.wwise.invalid_property');
    });
  });

  it('puts Virtual Folders below busses, as such projects do', async () => {
    await inEra(schema, async ({ call }) => {
      const parent = '{1514A4D8-1DA6-412A-A17E-75CA0C2149F3}';
      const children = [{ type: 'Bus', name: 'Music' }];
      const folder = await call('object.create', { parent, type: 'Folder', name: 'Main', children });
      const read = await call(
        'object.get',
        { from: { id: [String(folder.id)] } },
        { return: ['children.name'] },
      );
      expect(read).toEqual({ return: [{ 'children.name': ['Music'] }] });
    });
  });

  it('keeps playlist, grouping and blend track right when children leave', async () => {
    await inEra(schema, async ({ call, project }, era) => {
      await call('object.move', { object: `${era.sequence}\\One`, parent: era.mixer });
      await call('object.delete', { object: `${era.sequence}\\Two` });
      await call('object.delete', { object: `${era.surface}\\Step` });
      await call('object.move', { object: `${era.blend}\\Low`, parent: era.mixer });
      await call('project.save');
      const text = read(era.files.containers);
      for (const leftover of ['ItemRef', 'PlaylistObject', 'PluginInnerObject', 'GroupingInfo', 'Playlist"'])
        expect(text).not.toContain(leftover);
      expect(text).toContain('<SwitchContainer Name="Surface"');
      expect(checkProject(project.filePath)).toMatchObject({ differences: [], strayFiles: [] });
      for (let step = 0; step < 4; step++) await call('undo.undo');
      await call('project.save');
      const fresh = writeEraProject(mkdtempSync(join(dir, 'p-')), schema);
      expect(read(era.files.containers)).toBe(read(fresh.files.containers));
    });
  });

  it('writes a new RTPC where that version keeps them, and rolls it back', async () => {
    await inEra(schema, async ({ call, project: { model } }, era) => {
      const before = read(era.files.containers);
      const rtpc = {
        type: 'RTPC',
        name: '',
        '@PropertyName': 'Lowpass',
        '@ControlInput': '\\Game Parameters\\Default Work Unit\\Power',
        '@Curve': {
          type: 'Curve',
          points: [
            { x: 0, y: 0, shape: 'Linear' },
            { x: 100, y: 50, shape: 'Linear' },
          ],
        },
      } satisfies JsonObject;
      const bang = `${era.mixer}\\Bang`;
      await call('object.set', { objects: [{ object: bang, '@RTPC': [rtpc] }] });
      await call('project.save');
      const text = read(era.files.containers);
      const inside = /<Property Name="Lowpass" Type="\w+">\n\t+<RTPCList>\n\t+<RTPC Name="" /.test(text);
      expect(inside).toBe(schema < 110);
      const [made] = model.list(model.byPath(bang) ?? model.project, 'RTPC') ?? [];
      if (made === undefined) throw new Error('no RTPC');
      expect(model.property(made, 'PropertyName')).toBe('Lowpass');
      expect(model.reference(made, 'Curve')?.type).toBe('Curve');
      await call('object.delete', { object: made.id });
      await call('project.save');
      expect(read(era.files.containers)).toBe(before);
    });
  });

  it('writes a Play action and an audio source as that version does', async () => {
    await inEra(schema, async ({ call, project }, era) => {
      await call('object.create', {
        parent: '\\Events\\Default Work Unit',
        type: 'Event',
        name: 'Play_Bang',
        children: [{ type: 'Action', name: '', '@ActionType': 1, '@Target': `${era.mixer}\\Bang` }],
      });
      const bang = project.model.byPath(`${era.mixer}\\Bang`);
      if (bang === undefined) throw new Error('no Bang');
      await project.edit('Add', 0, (editor) =>
        editor.addAudioSource(bang, { name: 'New', language: 'SFX', relativePath: 'New.wav' }),
      );
      await call('project.save');
      const explicit = read(era.files.events).match(/Name="ActionType" Type="int16" Value="1"/g) ?? [];
      expect(explicit).toHaveLength(schema < 94 ? 2 : 0);
      const source = /<AudioFileSource Name="New" ID="[^"]+"( ShortID="\d+")?>[\s\S]*?<\/AudioFileSource>/;
      const [whole = '', shortId] = source.exec(read(era.files.containers)) ?? [];
      expect(shortId !== undefined).toBe(schema < 94);
      expect(whole.includes('MediaIDList')).toBe(schema >= 94);
    });
  });
});
