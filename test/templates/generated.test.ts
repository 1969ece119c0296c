import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type JsonObject } from '../../src/core/json.ts';
import { encode, hasFfmpeg } from '../harness/ffmpeg.ts';
import { standIn } from '../harness/stand-in-service.ts';
import { writeTone } from '../harness/wave.ts';
import { presetsIn } from './presets-here.ts';
import { withTemplates } from './template-room.ts';

describe.runIf(hasFfmpeg)('an AI-made sound', () => {
  it('ends as a playing Event with the loudness asked for, measured', async () => {
    const asked: JsonObject[] = [];
    let looks = 0;
    const service = await standIn((app: Hono) => {
      app.post('/v1/jobs', async (c) => {
        asked.push(asJsonObject(await c.req.json()));
        return c.json({ id: 'job-7' });
      });
      app.get('/v1/jobs/job-7', (c) => {
        looks += 1;
        return c.json(looks < 3 ? { status: 'running' } : { status: 'completed', audio_url: '/files/7.ogg' });
      });
      app.get('/files/7.ogg', (c) => c.body(new Uint8Array(generated), 200, { 'content-type': 'audio/ogg' }));
    });
    let generated = Buffer.alloc(0);
    await withTemplates(
      async ({ dir, done, asked: ran, saved, originals }) => {
        writeTone(join(dir, 'tone.wav'), { seconds: 2, sampleRate: 48_000, frequencyHz: 440, level: 1_500 });
        encode(join(dir, 'tone.wav'), join(dir, 'tone.ogg'));
        generated = readFileSync(join(dir, 'tone.ogg'));
        const { busses } = await done('bus_tree', {});
        await done('create_bus', {
          name: 'Alarms',
          parentPath: String(asJsonObject(asJsonArray(busses)[0]).path),
        });
        const answers = ['a far siren', 'Siren_Far', '2 s', 'the Alarms bus'];
        await ran(
          'ai-sound',
          { preset: 'generator', workFolder: join(dir, 'work'), targetLufs: -20 },
          answers,
        );
        expect(asked).toMatchObject([{ input: { text: 'a far siren', seconds: 2 } }]);
        expect(service.asked.filter((one) => one === 'POST /v1/jobs')).toHaveLength(1);
        expect(originals()).toEqual(['SFX/Generated/Siren_Far.wav']);

        const { events } = await done('list_event_actions', { objectId: 'Event:Play_Siren_Far' });
        const [event] = asJsonArray(events).map(asJsonObject);
        const [action] = asJsonArray(event?.actions).map(asJsonObject);
        expect(action).toMatchObject({ type: 'Play', target: { name: 'Siren_Far' } });
        const { files } = await done('audio_facts', { objectId: 'Sound:Siren_Far' });
        const [file] = asJsonArray(files).map(asJsonObject);
        expect(Math.abs(Number(file?.integratedLufs) + 20)).toBeLessThan(0.2);
        expect(Number(file?.truePeakDb)).toBeLessThan(-1);
        const { bus } = await done('effective_output', { objectId: 'Sound:Siren_Far' });
        expect(bus).toMatchObject({ name: 'Alarms' });
        expect(saved('Events')).toContain('<Event Name="Play_Siren_Far"');
      },
      (dir) => {
        const preset = { extends: 'sound-generator', title: 'G', description: 'Here.', baseUrl: service.url };
        const generator = { ...preset, operations: { generate: { poll: { everyMs: 20 } } } };
        return ['--allow-program', 'ffmpeg', ...presetsIn(dir, { generator })];
      },
    );
  });
});
