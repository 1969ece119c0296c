import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createProject } from '../../../src/embedded/project/new-project/new-project.ts';
import { withProject } from '../../harness/project.ts';
import { writeTone } from '../../harness/wave.ts';

const home = '\\Containers\\Default Work Unit';

describe('voice_coverage', () => {
  it('lists the Sound Voices that lack a language or its file', async () => {
    const own = mkdtempSync(join(tmpdir(), 'wwiseflow-voices-'));
    const projectPath = join(own, 'Game', 'Game.wproj');
    createProject(projectPath, { languages: ['English(US)', 'Italian'] });
    try {
      await withProject(
        async ({ done, refused, dir }) => {
          const say = async (name: string, ...languages: readonly string[]) => {
            const sound = await done('create_sound', { name, parentPath: home, voice: true });
            for (const language of languages) {
              const filePath = join(dir, `${name}.wav`);
              writeTone(filePath);
              await done('audio_import', { filePath, objectId: sound.id, language });
            }
          };
          await say('Hello', 'English(US)', 'Italian');
          await say('Bye', 'English(US)');
          await say('Lost', 'English(US)', 'Italian');
          await done('create_sound', { name: 'Boom', parentPath: home });
          rmSync(join(own, 'Game', 'Originals', 'Voices', 'Italian', 'Lost.wav'));
          expect(await done('voice_coverage', {})).toMatchObject({
            voices: 3,
            languages: { 'English(US)': 3, Italian: 1 },
            incomplete: [
              { object: { name: 'Bye' }, missing: ['Italian'], noFile: [] },
              { object: { name: 'Lost' }, missing: [], noFile: ['Italian'] },
            ],
            total: 2,
          });
          const english = { under: home, languages: ['english(us)'] };
          expect(await done('voice_coverage', english)).toMatchObject({ voices: 3, incomplete: [] });
          const wrong = await refused('voice_coverage', { languages: ['Itallian'] });
          expect(wrong.error).toContain('Did you mean "Italian"');
        },
        { projectPath },
      );
    } finally {
      rmSync(own, { recursive: true, force: true });
    }
  });
});
