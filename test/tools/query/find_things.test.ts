import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/core/json.ts';
import { withProject } from '../../harness/project.ts';
import { writeTone } from '../../harness/wave.ts';

const home = '\\Containers\\Default Work Unit';
const events = '\\Events\\Default Work Unit';

describe('search', () => {
  it('ranks by name, and looks into notes, types and trees', () =>
    withProject(async ({ done }) => {
      for (const name of ['big footstep', 'foot', 'footer', 'door'])
        await done('create_sound', { name, parentPath: home });
      await done('set_notes', { objectId: `${home}\\door`, notes: 'made by foot' });
      await done('create_object', { type: 'Event', name: 'Play_foot', parentPath: events });
      const names = async (input: JsonObject) =>
        ((await done('search', input)).objects as readonly JsonObject[]).map(({ name }) => name);
      expect(await names({ words: 'foot', types: ['Sound'] })).toEqual(['foot', 'footer', 'big footstep']);
      expect(await names({ words: 'foot', in: 'notes' })).toEqual(['door']);
      expect(await names({ words: 'foot', in: 'both', under: events })).toEqual(['Play_foot']);
      expect(await done('search', { words: 'foot', limit: 1 })).toMatchObject({
        total: 4,
        cursor: expect.any(String),
      });
    }));
});

describe('references_to', () => {
  it('names the object, the reference and what it goes through', () =>
    withProject(async ({ done }) => {
      const { id } = await done('create_sound', { name: 'A', parentPath: home });
      await done('create_event', { name: 'Play_A', parentPath: events, targetPath: id });
      await done('create_game_parameter', { name: 'Speed' });
      await done('set_rtpc', {
        objectId: id,
        property: 'Volume',
        gameParameter: 'GameParameter:Speed',
        points: [
          { x: 0, y: 0 },
          { x: 100, y: -6 },
        ],
      });
      expect(await done('references_to', { objectId: String(id) })).toMatchObject({
        references: [{ from: { type: 'Action' }, reference: 'Target', through: null, targetId: id }],
        total: 1,
      });
      expect(await done('references_to', { objectId: 'GameParameter:Speed' })).toMatchObject({
        references: [
          { from: { id, path: `${home}\\A` }, reference: 'ControlInput', through: { type: 'RTPC' } },
        ],
      });
      expect(await done('references_to', { objectId: home, descendants: true })).toMatchObject({ total: 1 });
    }));
});

describe('project_tree', () => {
  it('shows levels in tree order, page by page', () =>
    withProject(async ({ done }) => {
      const children = [{ type: 'BlendContainer', name: 'In', children: [{ type: 'Sound', name: 'S' }] }];
      await done('create_object', { type: 'BlendContainer', name: 'A', parentPath: home, children });
      await done('create_sound', { name: 'B', parentPath: home });
      const text = await done('project_tree', { root: '\\Containers', depth: 3 });
      expect(text.tree).toBe(
        'Default Work Unit (WorkUnit)\n A (BlendContainer)\n  In (BlendContainer) +1\n Sound: B',
      );
      const [first, rest] = [{ limit: 3 }, { limit: 3, cursor: '' }];
      const page = await done('project_tree', { root: '\\Containers', depth: 3, ...first });
      rest.cursor = String(page.cursor);
      expect(await done('project_tree', { root: '\\Containers', depth: 3, ...rest })).toMatchObject({
        tree: `${home}\n Sound: B`,
        cursor: null,
      });
      const tree = await done('project_tree', {
        root: '\\Containers',
        depth: 3,
        response_format: 'detailed',
      });
      expect(
        (tree.objects as readonly JsonObject[]).map(({ depth, name, childrenCount }) => [
          depth,
          name,
          childrenCount,
        ]),
      ).toEqual([
        [1, 'Default Work Unit', 2],
        [2, 'A', 1],
        [3, 'In', 1],
        [2, 'B', 0],
      ]);
      const whole = await done('project_tree', { depth: 1, limit: 5 });
      expect(whole).toMatchObject({ cursor: expect.any(String) });
      expect((await done('project_tree', { depth: 1 })).tree).toContain('\nContainers (WorkUnit) +1\n');
    }));
});

describe('project_lint', () => {
  it('finds what is wrong, gravest first, and pages', () =>
    withProject(async ({ done, dir, projectPath }) => {
      writeTone(join(dir, 'a.wav'), { sampleRate: 8000 });
      writeTone(join(dir, 'b.wav'), { sampleRate: 8000 });
      writeTone(join(dir, 'c.wav'), { sampleRate: 16000 });
      writeTone(join(dir, 'd.wav'), { sampleRate: 8000 });
      for (const name of ['a', 'b', 'c', 'd']) {
        await done('audio_import', { filePath: join(dir, `${name}.wav`), parentPath: home, name });
      }
      await done('create_sound', { name: 'empty', parentPath: home });
      const gone = await done('create_sound', { name: 'gone', parentPath: home });
      await done('create_event', { name: 'Play_gone', parentPath: events, targetPath: gone.id });
      await done('delete_object', { objectId: String(gone.id), confirm: true });
      await done('create_object', { type: 'Event', name: 'Bad_name', parentPath: events });
      await done('project_save', {});
      const file = join(dirname(projectPath), 'Events', 'Default Work Unit.wwu');
      writeFileSync(file, readFileSync(file, 'utf8').replace('"Bad_name"', '"Bad name"'));
      await done('project_reload', {});
      const source = await done('query_waql', {
        query: 'from type AudioFileSource where name = "b"',
        return: ['originalFilePath'],
      });
      const [row] = source.objects as readonly JsonObject[];
      rmSync(String(row?.originalFilePath));
      const { findings, counts } = await done('project_lint', {});
      const list = (findings as readonly JsonObject[]).map(
        ({ rule, severity, object }) => `${rule} ${severity} ${(object as JsonObject).name}`,
      );
      expect(list).toEqual(
        expect.arrayContaining([
          'brokenReferences error Play_gone',
          'missingAudio error b',
          'missingAudio error empty',
          'emptyEvents warning Bad name',
          'naming warning Bad name',
          'unused info a',
          'sampleRates info c',
        ]),
      );
      expect(counts).toMatchObject({ brokenReferences: 1, missingAudio: 2, emptyEvents: 1, naming: 1 });
      expect(list[0]).toContain('error');
      expect(await done('project_lint', { limit: 2 })).toMatchObject({
        cursor: expect.any(String),
        total: list.length,
      });
    }));

  it('takes its rules from a file and says what is wrong with one', () =>
    withProject(async ({ done, refused, dir }) => {
      await done('create_sound', { name: 'Boom', parentPath: home });
      const rulesFile = join(dir, 'rules.json');
      writeFileSync(
        rulesFile,
        JSON.stringify({
          naming: { severity: 'error', patterns: { Sound: '^sfx_' } },
          unused: { severity: 'off' },
          missingAudio: { severity: 'off' },
        }),
      );
      expect(await done('project_lint', { rulesFile })).toMatchObject({
        findings: [{ rule: 'naming', severity: 'error', object: { name: 'Boom' } }],
        total: 1,
      });
      expect(await done('project_lint', { rules: ['emptyEvents'] })).toMatchObject({
        counts: { emptyEvents: 0 },
      });
      writeFileSync(rulesFile, '{"namign": {}}');
      const failure = await refused('project_lint', { rulesFile });
      expect(failure.error).toContain('namign');
      writeFileSync(rulesFile, '{');
      expect((await refused('project_lint', { rulesFile })).code).toBe('FILE_UNREADABLE');
    }));
});
