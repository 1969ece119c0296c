import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type JsonObject } from '../../../src/core/json.ts';
import { appIn } from '../../harness/app-in.ts';
import { type ProjectRoom, withProject } from '../../harness/project.ts';
import { objects, withScriptedWwise } from '../../harness/scripted-wwise.ts';
import { guidOf, sickProject } from '../../harness/sick-project.ts';
import { newTempDir } from '../../harness/temp-dir.ts';
import { writeTone } from '../../harness/wave.ts';

const home = '\\Containers\\Default Work Unit';
const events = '\\Events\\Default Work Unit';

/** `rule severity name` of every finding. */
async function findings({ done }: ProjectRoom, input: JsonObject = {}): Promise<string[]> {
  const answer = await done('project_lint', input);
  return asJsonArray(answer.findings)
    .map(asJsonObject)
    .map(({ rule, severity, object }) => `${rule} ${severity} ${asJsonObject(object).name}`);
}

describe('the rule brokenReferences', () => {
  it('finds Actions, RTPCs and Switch Containers whose target is gone', () =>
    withProject(async (room) => {
      const { done } = room;
      await done('create_sound', { name: 'Engine', parentPath: home });
      await done('create_sound', { name: 'Horn', parentPath: home });
      await done('create_game_parameter', { name: 'Speed' });
      const points = [
        { x: 0, y: 0 },
        { x: 100, y: -12 },
      ];
      const engine = `${home}\\Engine`;
      await done('set_rtpc', {
        objectId: engine,
        property: 'Volume',
        gameParameter: 'GameParameter:Speed',
        points,
      });
      await done('create_switch_group', { name: 'Surface', members: ['Grass'] });
      await done('create_container', { kind: 'switch', name: 'Steps', parentPath: home });
      await done('set_switch_group', { objectId: `${home}\\Steps`, group: 'SwitchGroup:Surface' });
      await done('create_event', { name: 'Play_Horn', parentPath: events, targetPath: `${home}\\Horn` });
      const input = { rules: ['brokenReferences'] };
      expect(await findings(room, input)).toEqual([]);
      for (const object of [`${home}\\Horn`, 'GameParameter:Speed', 'SwitchGroup:Surface'])
        await done('delete_object', { objectId: object, confirm: true });
      expect(await findings(room, input)).toEqual([
        'brokenReferences error Play_Horn',
        'brokenReferences error Engine',
        'brokenReferences error Steps',
      ]);
    }));

  it('finds stingers and table lines whose target is gone; a playlist item goes with its segment', () =>
    withProject(async (room) => {
      const { done } = room;
      await done('create_object', { type: 'MusicSwitchContainer', name: 'Music', parentPath: home });
      const music = `${home}\\Music`;
      for (const name of ['A', 'B', 'C'])
        await done('create_music_segment', { name, parentPath: music, tracks: [{ name: 'T' }] });
      const segments = [{ segment: `${music}\\A` }];
      await done('create_music_playlist', { name: 'Song', parentPath: home, segments });
      await done('create_state_group', { name: 'Mood', members: ['Calm'] });
      const entries = [{ at: ['Calm'], child: 'B' }];
      await done('set_music_switch', { objectId: music, groups: ['StateGroup:Mood'], entries });
      await done('create_object', {
        type: 'Trigger',
        name: 'Hit',
        parentPath: '\\Triggers\\Default Work Unit',
      });
      await done('set_stinger', { objectId: music, trigger: 'Trigger:Hit', segment: `${music}\\C` });
      const input = { rules: ['brokenReferences'] };
      expect(await findings(room, input)).toEqual([]);
      for (const object of [`${home}\\Song\\A`, `${music}\\B`, 'Trigger:Hit'])
        await done('delete_object', { objectId: object, confirm: true });
      expect(await findings(room, input)).toEqual([
        'brokenReferences error Music',
        'brokenReferences error Music',
      ]);
    }));
});

describe('the rules about audio', () => {
  it('find missing files, odd sample rates and, when asked for, odd loudness', () =>
    withProject(async (room) => {
      const { done, dir } = room;
      const tones = { a: {}, b: {}, c: { sampleRate: 16_000 }, quiet: { level: 200 }, gone: {} };
      for (const [name, tone] of Object.entries(tones)) {
        const filePath = join(dir, `${name}.wav`);
        writeTone(filePath, { seconds: 0.5, ...tone });
        await done('audio_import', { filePath, parentPath: home, name });
      }
      rmSync(join(dir, 'project', 'Originals', 'SFX', 'gone.wav'));
      expect(await findings(room, { rules: ['missingAudio', 'sampleRates', 'loudness'] })).toEqual([
        'missingAudio error gone',
        'sampleRates info c',
        'loudness info quiet',
      ]);
      expect((await findings(room)).join()).not.toContain('loudness');
      const rulesFile = join(dir, 'rules.json');
      const loudness = { severity: 'warning', targetLufs: -47, toleranceLu: 3 };
      writeFileSync(rulesFile, JSON.stringify({ loudness }));
      expect(await findings(room, { rulesFile, rules: ['loudness'] })).toEqual([
        'loudness warning a',
        'loudness warning b',
        'loudness warning c',
      ]);
    }));
});

describe('what a merge tool left beside a Work Unit', () => {
  it('is reported as that, and not once more as what its objects lack', async () => {
    const dir = newTempDir('left');
    const project = sickProject(dir);
    const source = `<AudioFileSource Name="a" ID="${guidOf(3)}"><Language>SFX</Language><AudioFile>a.wav</AudioFile></AudioFileSource>`;
    const heard = `<Sound Name="Wind" ID="${guidOf(2)}" ShortID="2"><ChildrenList>${source}</ChildrenList></Sound>`;
    const stop = `<Action Name="" ID="${guidOf(32)}" ShortID="32"/>`;
    const event = `<Event Name="Stop" ID="${guidOf(31)}"><ChildrenList>${stop}</ChildrenList></Event>`;
    const silent = `<Sound Name="Mute" ID="${guidOf(4)}" ShortID="4"/>`;
    const name = 'Amb';
    for (const file of ['Amb', 'Amb_BASE_12', 'Amb_REMOTE_12'])
      project.workUnit(`Containers/${file}.wwu`, 'Containers', 1, `${heard}${silent}`, name);
    const app = appIn(dir, ['--project', project.projectPath, '--state', `${dir}/state`]);
    project.workUnit('Events/Ev.wwu', 'Events', 30, event, 'Ev');
    project.workUnit('Events/Ev - Copy.wwu', 'Events', 30, event, 'Ev');
    const lint = { rules: ['duplicateIds', 'missingAudio', 'emptyEvents'] };
    const { ok, data } = await (await app.openBus()).dispatch('project_lint', lint);
    await app.close();
    expect(ok).toBe(true);
    const found = asJsonArray(asJsonObject(data).findings).map(asJsonObject);
    expect(found.map(({ rule, object }) => `${rule} ${asJsonObject(object).name}`)).toEqual([
      'duplicateIds Amb',
      'duplicateIds Amb',
      'duplicateIds Ev',
      'missingAudio a',
      'missingAudio Mute',
    ]);
    rmSync(dir, { recursive: true, force: true });
  });
});

describe('the rule naming', () => {
  it('holds every type whose names Wwise restricts to them', async () => {
    const sick = sickProject(newTempDir('names'));
    const device = 'PluginName="System" CompanyID="0" PluginID="174" PluginType="7"';
    const old: readonly (readonly [string, string, string])[] = [
      ['Devices/Old.wwu', 'Devices', `<AudioDevice Name="My Device" ID="${guidOf(11)}" ${device}/>`],
      [
        'Virtual Acoustics/Old.wwu',
        'VirtualAcoustics',
        `<AcousticTexture Name="2 Bricks" ID="${guidOf(12)}"/>`,
      ],
      ['Dynamic Dialogue/Old.wwu', 'DynamicDialogue', `<DialogueEvent Name="Who?" ID="${guidOf(13)}"/>`],
      ['Events/Old.wwu', 'Events', `<Event Name="Play Wind!" ID="${guidOf(14)}"/>`],
      ['Busses/Old.wwu', 'Busses', `<Bus Name="My Bus" ID="${guidOf(15)}"/>`],
    ];
    for (const [index, [path, root, child]] of old.entries()) sick.workUnit(path, root, index + 1, child);
    await withProject(
      async (room) => {
        expect(await findings(room, { rules: ['naming'] })).toEqual([
          'naming warning 2 Bricks',
          'naming warning My Device',
          'naming warning Who?',
          'naming warning Play Wind!',
        ]);
      },
      { projectPath: sick.projectPath },
    );
  });
});

describe('a rules file', () => {
  it('is refused with the place of the mistake', () =>
    withProject(async ({ refused, dir }) => {
      const rulesFile = join(dir, 'rules.json');
      writeFileSync(rulesFile, JSON.stringify({ naming: { patterns: { Sound: '(' } } }));
      expect((await refused('project_lint', { rulesFile })).error).toContain('/naming/patterns/Sound');
      writeFileSync(rulesFile, JSON.stringify({ unused: { severity: 'grave' } }));
      expect((await refused('project_lint', { rulesFile })).error).toContain('/unused/severity');
      expect((await refused('project_lint', { rules: ['missingAudo'] })).error).toContain('missingAudio');
    }));
});

describe('a project without its Originals folder', () => {
  it('is one with missing audio, for the lint and for the files themselves', () =>
    withProject(async (room) => {
      writeTone(join(room.dir, 'a.wav'));
      await room.done('audio_import', { filePath: join(room.dir, 'a.wav'), parentPath: home });
      const { originalsDir } = await room.done('project_info', {});
      rmSync(String(originalsDir), { recursive: true });
      expect(await findings(room, { rules: ['missingAudio'] })).toEqual(['missingAudio error a']);
      expect(await room.done('project_lint', { rules: ['missingAudio'] })).toMatchObject({ notice: null });
      expect(await room.done('audio_facts', { objectId: `${home}\\a` })).toMatchObject({
        files: [{ error: 'The file is missing.' }],
      });
    }));
});

describe('a project whose Originals lie on another machine', () => {
  it('is not praised for files nobody could look at', () =>
    withScriptedWwise(
      {
        'ak.wwise.core.getProjectInfo': () => ({
          name: 'Far',
          id: '{0A24D043-FFAF-402B-9C7F-A1B6AA6B7445}',
          path: 'Q:\\Far\\Far.wproj',
          directories: { originals: 'Q:\\Far\\Originals\\' },
          platforms: [],
          languages: [],
        }),
        'ak.wwise.core.object.get': objects(),
      },
      async ({ done }) => {
        expect(await done('project_lint', { rules: ['missingAudio', 'emptyEvents'] })).toMatchObject({
          findings: [],
          notice: expect.stringMatching(/not seen from here: missingAudio could not/),
        });
      },
    ));
});
