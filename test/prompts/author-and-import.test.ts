import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { asJsonArray, asJsonObject, asString, type JsonObject } from '../../src/core/json.ts';
import { withPrompts } from './prompt-room.ts';

const home = '\\Containers\\Default Work Unit';
const mainBus = '\\Busses\\Default Work Unit\\Main Audio Bus';
const limit = 120_000;

it(
  'author-workflow: the document it shows compiles, runs and does what it says',
  () =>
    withPrompts(async (room) => {
      room.tones('step_01.wav');
      const file = join(room.dir, 'step_01.wav');
      const text = await room.prompt('author-workflow', { goal: 'One step, 6 dB quieter.', files: file });
      await room.done('project_info');
      await room.done('find_things', { words: 'step' });
      await room.done('workflow_node_types');
      await room.done('workflow_node_types', { toolset: 'audio' });
      await room.done('workflow_node_types', { types: ['createSound', 'audioImport', 'setProperty'] });
      const [, example = ''] = /```json\s([\s\S]*?)```/.exec(text) ?? [];
      const document: JsonObject = JSON.parse(example.replace('/absolute/path/step_01.wav', file));
      await room.applied(document);
      const found = await room.done('find_things', { query: 'from type Sound', return: ['@Volume'] });
      expect(found).toMatchObject({ objects: [{ path: `${home}\\Step_01`, '@Volume': -6 }] });
      const [draft] = await room.asNodes([
        'workflowDraft',
        { files: [file], parentPath: home, event: 'Play_{name}' },
      ]);
      await room.done('workflow_compile', { workflow: draft?.workflow ?? null });
      // A template runs by its name; the library is for who starts the server with it.
      expect(room.unused()).toEqual(['workflow_from_template', 'workflow_save', 'workflow_status']);
      expect(text).toMatch(/`workflow_from_template`: call `workflow_run` with the name of the template/);
      expect(text).toMatch(/`workflow_save`: only after a restart with `--toolsets default,workflow`/);
    }),
  limit,
);

it(
  'import-folder: a form becomes what was wished for, and the number of Sounds is compared',
  () =>
    withPrompts(async (room) => {
      room.tones(...['Gun_Shot_01', 'Gun_Shot_02', 'Door_Open_01', 'notes'].map((name) => `in/${name}.wav`));
      const folder = join(room.dir, 'in');
      const naming = '{group}_{sound}_{take}';
      await room.prompt('import-folder', {
        folder,
        parent: home,
        naming,
        bus: mainBus,
        wishes: 'Events, a bank',
      });
      await room.done('get_object', { objectId: home });
      await room.done('get_object', { objectId: mainBus });
      const [draft] = await room.asNodes([
        'workflowDraft',
        {
          ...{
            folderPath: folder,
            parentPath: home,
            naming,
            busPath: mainBus,
            container: { kind: 'random' },
          },
          ...{ event: 'Play_{group}_{name}', soundbank: 'Weapons' },
        },
      ]);
      expect(draft).toMatchObject({ makes: { sounds: 3 }, leftOut: ['notes'] });
      await room.applied(draft?.workflow ?? null);
      const query = `$ "${home}" select descendants where type = "Sound"`;
      expect(await room.done('find_things', { query })).toMatchObject({ total: 3 });
      expect(room.unused()).toEqual(['workflow_status']);
    }),
  limit,
);

it(
  'import-audio: a file goes into the Sound of its name, another becomes a new one',
  () =>
    withPrompts(async (room) => {
      room.tones('Wind.wav', 'Rain.wav');
      const files = ['Wind.wav', 'Rain.wav'].map((name) => join(room.dir, name));
      await room.done('create_object', { type: 'Sound', name: 'Wind', parentPath: home });
      await room.prompt('import-audio', { files: files.join('\n'), parent: home, bus: mainBus });
      await room.done('get_object', { objectId: home });
      await room.done('get_object', { objectId: mainBus });
      await room.done('find_things', { query: `$ "${home}" select descendants where type = "Sound"` });
      const workflow = {
        workflowId: 'weather',
        nodes: [
          { id: 'wind', type: 'audioImport', data: { filePath: files[0] ?? '', objectId: `${home}\\Wind` } },
          { id: 'rain', type: 'createSound', data: { name: 'Rain', parentPath: home } },
          { id: 'audio', type: 'audioImport', data: { filePath: files[1] ?? '' } },
          { id: 'bus', type: 'setOutputBus', data: { busPath: mainBus } },
          { id: 'save', type: 'projectSave' },
        ],
        edges: [
          { source: 'rain', target: 'audio' },
          { source: 'audio', target: 'bus' },
        ],
      };
      await room.done('workflow_compile', { workflow });
      const run = await room.done('workflow_run', { workflow });
      expect(asJsonArray(run.results).map((one) => asJsonObject(one).ok)).not.toContain(false);
      const [facts] = await room.asNodes(['audioFilesReport', {}]);
      expect(facts).toMatchObject({ counts: { used: 2, unused: 0, missing: 0 } });
      expect(room.unused()).toEqual([]);
    }),
  limit,
);

it(
  'footsteps: the template makes a container by surface, whose assignments are looked at',
  () =>
    withPrompts(async (room) => {
      const surfaces = ['Grass', 'Stone', 'Gravel'];
      room.tones(...surfaces.flatMap((one) => [1, 2, 3].map((take) => `in/${one}/${one}_${take}.wav`)));
      const folder = join(room.dir, 'in');
      await room.prompt('footsteps', { folder, surfaces: surfaces.join(', ') });
      expect(await room.done('find_things', { query: 'from type SwitchGroup' })).toMatchObject({ total: 0 });
      const input = { folder, surfaces };
      const preview = await room.done('workflow_run', {
        ...{ workflowId: 'footsteps-by-surface', input, mode: 'preview' },
      });
      expect(preview).toMatchObject({ wouldSucceed: true });
      await room.done('workflow_run', { previewId: preview.previewId ?? null });
      const objectId = `${home}\\Footsteps`;
      expect(await room.done('switch_assignments', { objectId })).toMatchObject({
        ...{ total: 3, unassignedChildren: [], emptySwitches: [] },
      });
      expect(asString((await room.done('project_tree', { root: objectId })).tree)).toContain('Stone');
      // What the template gives is compiled by the run.
      expect(room.unused()).toEqual(['workflow_compile', 'workflow_from_template', 'workflow_status']);
    }),
  limit,
);

it(
  'voice-pipeline: the lines of a sheet are imported, and what is missing is said',
  () =>
    withPrompts(async (room) => {
      room.tones('vo/hello.wav');
      const info = await room.done('project_info');
      const language = asString(asJsonArray(info.languages)[0]) ?? '';
      const sheet = join(room.dir, 'lines.csv');
      writeFileSync(sheet, `name,language,file\nVO_Hello,${language},hello.wav\n`);
      const input = { sheet, folder: join(room.dir, 'vo') };
      await room.prompt('voice-pipeline', input);
      const preview = await room.done('workflow_run', { workflowId: 'voice-lines', input, mode: 'preview' });
      expect(preview, JSON.stringify(preview.failure)).toMatchObject({ wouldSucceed: true });
      await room.done('workflow_run', { previewId: preview.previewId ?? null });
      const [voices] = await room.asNodes(['voiceCoverage', { under: `${home}\\Voices` }]);
      expect(voices).toMatchObject({ voices: 1, incomplete: [] });
      expect(room.unused()).toEqual(['workflow_compile', 'workflow_from_template', 'workflow_status']);
    }),
  limit,
);

it(
  'rtpcs: a curve is drawn and read back',
  () =>
    withPrompts(async (room) => {
      const objectId = `${home}\\Engine`;
      await room.done('create_object', { type: 'Sound', name: 'Engine', parentPath: home });
      await room.prompt('rtpcs', { wish: 'Engine pitch by RPM', objects: objectId });
      await room.done('get_object', { objectId });
      expect(await room.done('edit_curve', { objectId, rtpcs: true })).toMatchObject({ total: 0 });
      await room.done('find_things', { query: 'from type GameParameter' });
      await room.done('describe_type', { type: 'Sound', find: 'Pitch' });
      const points = [
        { x: 0, y: -1200, shape: 'Linear' },
        { x: 8000, y: 1200, shape: 'Linear' },
      ];
      await room.applied({
        workflowId: 'rpm',
        nodes: [
          {
            id: 'rpm',
            type: 'createGameParameter',
            data: { name: 'RPM', min: 0, max: 8000, initialValue: 800 },
          },
          {
            id: 'curve',
            type: 'setRtpc',
            data: { objectId, property: 'Pitch', gameParameter: '$from:rpm:$output:objectId', points },
          },
        ],
        edges: [],
      });
      const { rtpcs } = await room.done('edit_curve', { objectId, rtpcs: true });
      expect(rtpcs).toMatchObject([
        {
          property: 'Pitch',
          points: [
            { x: 0, y: -1200 },
            { x: 8000, y: 1200 },
          ],
        },
      ]);
      expect(room.unused()).toEqual(['workflow_status']);
    }),
  limit,
);

it(
  'soundbank: what it includes is read back, and it is said that nothing is generated',
  () =>
    withPrompts(async (room) => {
      await room.done('create_object', { type: 'Sound', name: 'Wind', parentPath: home });
      await room.done('edit_event', { name: 'Play_Wind', targetPath: `${home}\\Wind` });
      await room.prompt('soundbank', { name: 'Weather', content: 'Play_Wind' });
      expect(await room.done('find_things', { query: 'from type SoundBank' })).toMatchObject({
        objects: expect.any(Array),
      });
      await room.applied({
        workflowId: 'weather-bank',
        nodes: [
          { id: 'bank', type: 'createSoundbank', data: { name: 'Weather', onNameConflict: 'merge' } },
          {
            id: 'in',
            type: 'setInclusions',
            data: { objectId: '$from:bank:$output:objectId', inclusions: [{ object: 'Event:Play_Wind' }] },
          },
          { id: 'save', type: 'projectSave' },
        ],
        edges: [],
      });
      const [inclusions] = await room.asNodes(['getInclusions', { objectId: 'SoundBank:Weather' }]);
      expect(JSON.stringify(inclusions)).toContain('Play_Wind');
      expect(room.unused()).toEqual(['generate_soundbanks', 'workflow_status']);
    }),
  limit,
);

it(
  'tidy-project: names, places and deletions one after the other, each previewed, the last rolled back',
  () =>
    withPrompts(async (room) => {
      for (const name of ['step 1', 'step 2'])
        await room.done('create_object', { type: 'Sound', name, parentPath: home });
      await room.done('edit_event', { name: 'Play_Step', targetPath: `${home}\\step 1` });
      await room.prompt('tidy-project', { scope: home, convention: 'SFX_Step_01' });
      await room.done('project_tree', { root: home });
      const [, unused] = await room.asNodes(['projectLint', {}], ['findUnused', {}]);
      expect(JSON.stringify(unused)).toContain('step 2');
      const query = `$ "${home}" select descendants where type = "Sound"`;
      const one = (type: string, data: JsonObject) => ({
        ...{ workflowId: type, nodes: [{ id: 'a', type, data }], edges: [] },
      });
      await room.applied(one('renameByPattern', { query, template: 'SFX_Step_{n:02}' }));
      await room.done('create_object', { type: 'Folder', name: 'Steps', parentPath: home });
      const objectIds = [`${home}\\SFX_Step_01`, `${home}\\SFX_Step_02`];
      await room.applied(one('moveObject', { objectIds, parentPath: `${home}\\Steps` }));
      const removed = await room.applied(one('removeUnused', { confirm: true }));
      const left = await room.done('references_to', { objectId: `${home}\\Steps\\SFX_Step_01` });
      expect(left).toMatchObject({ total: 1 });
      expect(await room.done('find_things', { query })).toMatchObject({ total: 1 });
      await room.done('workflow_rollback', { executionId: removed.executionId ?? null });
      expect(await room.done('find_things', { query })).toMatchObject({ total: 2 });
      expect(room.unused()).toEqual(['workflow_status']);
    }),
  limit,
);
