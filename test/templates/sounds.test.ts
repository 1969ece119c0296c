import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withTemplates } from './template-room.ts';

describe('a template for sounds', () => {
  it('imports UI sounds with an Event each, on a bus and in a bank', async () => {
    await withTemplates(async ({ dir, tones, ran, saved, originals }) => {
      tones('ui/Click.wav', 'ui/Hover.wav');
      await ran('ui-sounds', { folder: join(dir, 'ui'), volumeDb: -6 });
      const containers = saved('Containers');
      expect(containers).toMatch(
        /<PropertyContainer Name="UI"[\s\S]*<Sound Name="Click"[\s\S]*<Sound Name="Hover"/,
      );
      expect(valuesOf(containers, 'Volume')).toEqual(['-6', '-6']);
      expect(saved('Busses')).toContain('<Bus Name="UI"');
      expect(saved('Events')).toMatch(/<Event Name="Play_Click"[\s\S]*<Event Name="Play_Hover"/);
      expect(saved('SoundBanks')).toMatch(/<SoundBank Name="UI"[\s\S]*Name="Play_Click"/);
      expect(originals()).toEqual(expect.arrayContaining(['SFX/Click.wav', 'SFX/Hover.wav']));
    });
  });

  it('makes a Random Container of takes whose pitch and volume vary', async () => {
    await withTemplates(async ({ dir, tones, ran, saved }) => {
      tones('Swing_1.wav', 'Swing_2.wav', 'Swing_3.wav');
      const files = [1, 2, 3].map((take) => ({ filePath: join(dir, `Swing_${take}.wav`) }));
      await ran('random-variations', { name: 'Swing', files, pitchCents: 250, avoidRepeating: 2 });
      const containers = saved('Containers');
      expect(containers).toMatch(
        /<RandomSequenceContainer Name="Swing"[\s\S]*Name="Swing_1"[\s\S]*Name="Swing_3"/,
      );
      expect(containers).toMatch(
        /<Property Name="Pitch"[\s\S]*?"Max" Type="Real64" Value="250"[\s\S]*?"Min" Type="Real64" Value="-250"/,
      );
      expect(containers).toContain('<Property Name="RandomAvoidRepeatingCount" Type="int32" Value="2"/>');
      expect(saved('Events')).toMatch(/<Event Name="Play_Swing"[\s\S]*<ObjectRef Name="Swing"/);
    });
  });

  it('makes footsteps that follow the surface', async () => {
    await withTemplates(async ({ dir, tones, ran, saved }) => {
      tones('steps/Grass/Grass_1.wav', 'steps/Grass/Grass_2.wav', 'steps/Stone/Stone_1.wav');
      await ran('footsteps-by-surface', { folder: join(dir, 'steps'), surfaces: ['Grass', 'Stone'] });
      expect(saved('Switches')).toMatch(/<SwitchGroup Name="Surface"[\s\S]*Name="Grass"[\s\S]*Name="Stone"/);
      const containers = saved('Containers');
      expect(containers).toMatch(
        /<SwitchContainer Name="Footsteps"[\s\S]*<RandomSequenceContainer Name="Grass"[\s\S]*Name="Grass_2"/,
      );
      expect(containers).toMatch(
        /<GroupingInfo>[\s\S]*Name="Grass"[\s\S]*Name="Stone"[\s\S]*<\/GroupingInfo>/,
      );
      expect(saved('Events')).toMatch(/<Event Name="Play_Footsteps"/);
    });
  });
});

/** What a property is in each object that has its own value. */
function valuesOf(text: string, property: string): string[] {
  const found = text.matchAll(
    new RegExp(`<Property Name="${property}"[^>]*>\\s*<ValueList>\\s*<Value>([^<]*)`, 'g'),
  );
  return [...found].flatMap(([, value]) => value ?? []);
}
