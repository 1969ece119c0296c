import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonArray } from '../../src/core/json.ts';
import { withTemplates } from './template-room.ts';

describe('a template that imports', () => {
  it('makes a tree of containers of file names, with Events in a bank, and again adds only what is new', async () => {
    await withTemplates(async ({ dir, tones, ran, saved, originals }) => {
      tones('in/Weapon_Rifle_01.wav', 'in/Weapon_Rifle_02.wav', 'in/more/Weapon_Pistol_Dry_1.wav');
      tones('in/Door_Wood.wav', 'in/noise.wav');
      const first = await ran('import-by-convention', { folder: join(dir, 'in'), bank: 'Level' });
      expect(JSON.stringify(first.messages)).toContain('Left out, because the name does not fit: noise.wav');
      const containers = saved('Containers');
      expect(containers).toMatch(
        /<PropertyContainer Name="Weapon"[\s\S]*<RandomSequenceContainer Name="Rifle"[\s\S]*<Sound Name="Weapon_Rifle_02"/,
      );
      expect(containers).toMatch(
        /<RandomSequenceContainer Name="Pistol_Dry"[\s\S]*Name="Weapon_Pistol_Dry_1"/,
      );
      expect(containers).toMatch(/<PropertyContainer Name="Door"[\s\S]*<RandomSequenceContainer Name="Wood"/);
      expect(eventsIn(saved('Events'))).toEqual([
        'Play_Door_Wood',
        'Play_Weapon_Pistol_Dry',
        'Play_Weapon_Rifle',
      ]);
      expect(saved('SoundBanks')).toMatch(/<SoundBank Name="Level"[\s\S]*Name="Play_Weapon_Rifle"/);
      expect(originals()).toContain('SFX/Weapon/Weapon_Rifle_01.wav');

      tones('in/Weapon_Rifle_03.wav');
      await ran('import-by-convention', { folder: join(dir, 'in'), bank: 'Level' });
      expect(saved('Containers').match(/<RandomSequenceContainer Name="Rifle"/g)).toHaveLength(1);
      expect(saved('Containers').match(/<Sound Name="Weapon_Rifle_0\d"/g)).toHaveLength(3);
      expect(eventsIn(saved('Events'))).toHaveLength(3);
      expect(saved('Events').match(/<Action /g)).toHaveLength(3);
    });
  });

  it('imports voice lines of a sheet by language, and says what is missing', async () => {
    await withTemplates(async ({ dir, done, tones, made, ran, saved, originals }) => {
      const { languages } = await done('project_info', {});
      const [language] = asJsonArray(languages).map(String);
      tones('vo/hello.wav', 'vo/bye.wav');
      const sheet = join(dir, 'lines.csv');
      const rows = [`VO_Hello,${language},hello.wav,"Hello, you"`, `VO_Bye,${language},bye.wav,`];
      writeFileSync(sheet, `name,language,file,text\n${rows.join('\n')}\n`);
      const input = { sheet, folder: join(dir, 'vo') };
      await ran('voice-lines', input);
      const containers = saved('Containers');
      expect(containers).toMatch(/<PropertyContainer Name="Voices"[\s\S]*<Sound Name="VO_Hello"/);
      expect(containers).toContain(`<Comment>${language}: Hello, you</Comment>`);
      expect(containers).toMatch(/<AudioFile>hello.wav<\/AudioFile>/);
      expect(eventsIn(saved('Events'))).toEqual(['Play_VO_Bye', 'Play_VO_Hello']);
      expect(originals()).toContain(`Voices/${language}/hello.wav`);

      writeFileSync(sheet, 'name,language,file\nVO_Hello,Klingon,hello.wav\n');
      await expect(done('workflow_run', { workflow: await made('voice-lines', input) })).rejects.toThrow(
        'The project has no language Klingon',
      );
    });
  });

  it('makes ambience beds that fade into each other by a Game Parameter', async () => {
    await withTemplates(async ({ dir, done, tones, ran, saved }) => {
      tones('Calm.wav', 'Breeze.wav', 'Storm.wav');
      const beds = ['Calm', 'Breeze', 'Storm'].map((name) => ({ name, filePath: join(dir, `${name}.wav`) }));
      await ran('ambience-beds', { name: 'Wind', parameter: 'Wind_Force', max: 50, beds });
      expect(saved('Game Parameters')).toMatch(/<GameParameter Name="Wind_Force"/);
      const containers = saved('Containers');
      expect(containers).toMatch(/<BlendContainer Name="Wind"[\s\S]*<Sound Name="Breeze"/);
      expect(containers.match(/<Property Name="IsLoopingEnabled" Type="bool" Value="True"\/>/g)).toHaveLength(
        3,
      );
      const { rtpcs } = await done('list_rtpcs', { objectId: 'Sound:Breeze' });
      expect(rtpcs).toMatchObject([
        {
          property: 'Volume',
          points: [
            { x: 0, y: -96 },
            { x: 25, y: 0 },
            { x: 50, y: -96 },
          ],
        },
      ]);
      expect(eventsIn(saved('Events'))).toEqual(['Play_Wind', 'Stop_Wind']);
    });
  });

  it('asks what a folder of sounds is to become, and imports it that way', async () => {
    await withTemplates(async ({ dir, done, tones, asked, saved }) => {
      tones('in/Drop_1.wav', 'in/Drop_2.wav');
      const { busses } = await done('bus_tree', {});
      await done('create_bus', { name: 'Rain', parentPath: String(Object(asJsonArray(busses)[0]).path) });
      const answers = ['Rain_Drops', 'random', 'the Rain bus', '-6 dB', 'no', 'yes'];
      await asked('import-with-questions', { folder: join(dir, 'in') }, answers);
      const containers = saved('Containers');
      expect(containers).toMatch(
        /<RandomSequenceContainer Name="Rain_Drops"[\s\S]*<ObjectRef Name="Rain"[\s\S]*<Sound Name="Drop_1"/,
      );
      expect(containers).toMatch(/<Value>-6<\/Value>/);
      expect(eventsIn(saved('Events'))).toEqual(['Play_Rain_Drops']);
    });
  });
});

function eventsIn(text: string): string[] {
  return [...text.matchAll(/<Event Name="([^"]*)"/g)].flatMap(([, name]) => name ?? []).sort();
}
