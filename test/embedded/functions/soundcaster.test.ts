import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withEngine } from '../../harness/engine.ts';
import { copySample, samplesDir } from '../../harness/sample-project.ts';

const sessions = '\\Soundcaster Sessions\\Default Work Unit';

describe.skipIf(!existsSync(samplesDir))('a Soundcaster session (needs the sample projects)', () => {
  const sample = (dir: string): string => {
    const copy = copySample('pywwise-2024.1', dir);
    return join(copy, readdirSync(copy).find((entry) => entry.endsWith('.wproj')) ?? '');
  };

  it('is created, and an existing one follows what it names', () =>
    withEngine(async ({ call, dir }) => {
      const file = join(dir, 'pywwise-2024.1', 'Soundcaster Sessions', 'Default Work Unit.wwu');
      const before = readFileSync(file, 'utf8');
      await call('object.create', { parent: sessions, type: 'SoundcasterSession', name: 'Mine' });
      const created = { waql: `"${sessions}" select children`, options: ['name', 'type'] };
      expect(await call('object.get', { waql: created.waql }, { return: created.options })).toEqual({
        return: [
          { name: 'Soundcaster_Test', type: 'SoundcasterSession' },
          { name: 'Mine', type: 'SoundcasterSession' },
        ],
      });
      const users = {
        waql: '"GameParameter:GameParameter_Test" select referencesTo where type = "SoundcasterSession"',
      };
      expect(await call('object.get', users, { return: ['name'] })).toEqual({
        return: [{ name: 'Soundcaster_Test' }],
      });
      await call('object.setName', { object: 'GameParameter:GameParameter_Test', value: 'Tension' });
      await call('project.save');
      expect(readFileSync(file, 'utf8')).toContain('<GameParameterRef Name="Tension"');
      expect(readFileSync(file, 'utf8')).toMatch(/<SoundcasterSession Name="Mine" ID="[^"]*"\/>/);
      await call('object.delete', { object: 'GameParameter:Tension' });
      await call('project.save');
      const after = readFileSync(file, 'utf8');
      expect(after).not.toContain('RTPCValue>');
      expect(after).toContain('<RTPCValueList ShowAll="true"/>');
      for (let step = 0; step < 3; step++) await call('undo.undo');
      await call('project.save');
      expect(readFileSync(file, 'utf8')).toBe(before);
    }, sample));
});
