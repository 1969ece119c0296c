import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type JsonObject } from '../../src/core/json.ts';
import { hasFfmpeg, withPath } from '../harness/ffmpeg.ts';
import { type S3Room, s3Secrets, startS3 } from '../harness/s3-room.ts';
import { standIn } from '../harness/stand-in-service.ts';
import { writeTone } from '../harness/wave.ts';
import { databaseIn, rowsIn } from './database-here.ts';
import { presetsIn } from './presets-here.ts';
import { withTemplates } from './template-room.ts';

let store: S3Room;
beforeAll(async () => {
  store = await startS3();
});
afterAll(() => store.close());

const env = {
  WWISEFLOW_SECRET_S3_SECRET_ACCESS_KEY: s3Secrets.S3_SECRET_ACCESS_KEY,
  WWISEFLOW_SECRET_OPENROUTER_API_KEY: 'key-of-the-model',
};
const here = (name: string, baseUrl: string, more: JsonObject = {}): JsonObject => ({
  ...{ title: name, description: 'Here.', extends: name, baseUrl },
  ...more,
});
/** A ComfyUI that gives these pictures for any graph. */
const comfy =
  (graphs: JsonObject[], pictures: ReadonlyMap<string, Buffer>) =>
  (app: Hono): void => {
    app.post('/prompt', async (c) => {
      graphs.push(asJsonObject((await c.req.json()).prompt));
      return c.json({ prompt_id: 'p1' });
    });
    let looks = 0;
    app.get('/history/p1', (c) => {
      looks += 1;
      const images = [...pictures.keys()].map((filename) => ({ filename, subfolder: '', type: 'output' }));
      return c.json(looks < 2 ? {} : { p1: { status: { completed: true }, outputs: { 9: { images } } } });
    });
    app.get('/view', (c) => {
      const picture = pictures.get(c.req.query('filename') ?? '');
      return picture === undefined ? c.notFound() : c.body(new Uint8Array(picture));
    });
  };
const fast = { operations: { prompt: { poll: { everyMs: 20 } } } };

describe('a template for content', () => {
  it('plans by a model, makes a picture, stores it, and notes the asset with what it cost', async () => {
    const graphs: JsonObject[] = [];
    const plan = {
      caption: 'Morning grind: every rep counts!',
      hashtags: ['#FitnessMotivation', '#MorningWorkout', '#GymLife', '#FitFam', '#NoExcuses'],
      sdPrompt: 'athletic man doing push-ups in modern gym',
    };
    const model = await standIn((app) => {
      app.post('/chat/completions', (c) =>
        c.json({
          model: 'anthropic/claude-3-5-sonnet',
          choices: [{ message: { content: JSON.stringify(plan) } }],
          usage: { prompt_tokens: 200, completion_tokens: 100 },
        }),
      );
    });
    const pictures = await standIn(comfy(graphs, new Map([['output.png', Buffer.from('PNG here')]])));
    await withTemplates(
      async ({ dir, ran }) => {
        const input = {
          ...{ topic: 'morning workout routine', job: 'job_001', tenant: 't_abc123' },
          ...{ lora: 'influencer-marco.safetensors', store: 'bucket', workFolder: join(dir, 'work') },
        };
        const run = await ran('content-generation', input);
        const prompts = graphs.map((graph) => JSON.stringify(graph));
        expect(prompts).toEqual([expect.stringContaining(plan.sdPrompt)]);
        expect(prompts[0]).toContain('"lora_name":"influencer-marco.safetensors","strength_model":0.8');
        const key = 'images/t_abc123/job_001/output.png';
        expect(Buffer.from(store.kept.get(key) ?? []).toString()).toBe('PNG here');
        expect(rowsIn(dir, 'assets')).toMatchObject([
          { job: 'job_001', type: 'image', s3Key: key, caption: plan.caption, costUsd: 0.0021 },
        ]);
        const said = JSON.stringify(run.messages);
        const [address = ''] = /http:[^"]*X-Amz-Signature=[0-9a-f]+[^"]*/.exec(said) ?? [];
        expect(await (await fetch(address)).text()).toBe('PNG here');
        expect(said).not.toContain(s3Secrets.S3_SECRET_ACCESS_KEY);
      },
      (dir) => [
        ...databaseIn(dir),
        ...presetsIn(dir, {
          openrouter: here('openrouter', model.url),
          comfyui: here('comfyui', pictures.url, fast),
          bucket: store.preset,
        }),
      ],
      env,
    );
  });

  it('trains with progress and checkpoints, and stores what came of it', async () => {
    await withTemplates(
      async ({ dir, ran }) => {
        writeTrainer(join(dir, 'bin'));
        mkdirSync(join(dir, 'kohya'));
        const input = {
          ...{
            name: 'influencer-bella',
            job: 'job_train_001',
            store: 'bucket',
            workFolder: join(dir, 'work'),
          },
          ...{
            dataset: join(dir, 'pictures'),
            trainer: join(dir, 'kohya'),
            steps: 1000,
            learningRate: 0.00001,
          },
        };
        const path = `${join(dir, 'bin')}${delimiter}${process.env.PATH}`;
        const run = await withPath(path, () => ran('lora-training', input));
        expect(readFileSync(join(dir, 'work/job_train_001.toml'), 'utf8')).toContain('num_repeats = 10');
        expect(readdirSync(join(dir, 'work/job_train_001')).sort()).toEqual([
          'influencer-bella-step00000500.safetensors',
          'influencer-bella-step00001000.safetensors',
          'influencer-bella.safetensors',
        ]);
        const trained = Buffer.from(
          store.kept.get('loras/default/influencer-bella.safetensors') ?? [],
        ).toString();
        expect(trained).toContain('--network_dim 32 --network_alpha 16 --learning_rate 0.00001');
        expect(JSON.stringify(run.messages)).toContain('accelerate: 100%');
        expect(rowsIn(dir, 'assets')).toMatchObject([{ type: 'lora', job: 'job_train_001' }]);
      },
      (dir) => [
        ...databaseIn(dir),
        ...presetsIn(dir, { bucket: store.preset }),
        '--allow-program',
        'accelerate',
      ],
      env,
    );
  });

  it.runIf(hasFfmpeg)(
    'makes a film of frames in five steps, and leaves nothing that was made on the way',
    async () => {
      const graphs: JsonObject[] = [];
      const frames = new Map<string, Buffer>();
      const service = await standIn(comfy(graphs, frames));
      await withTemplates(
        async ({ dir, ran }) => {
          mkdirSync(join(dir, 'made'));
          const source = 'testsrc=size=64x96:rate=8:duration=2';
          spawnSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', source, join(dir, 'made/f%02d.png')]);
          for (const name of readdirSync(join(dir, 'made')).sort())
            frames.set(name, readFileSync(join(dir, 'made', name)));
          expect(frames.size).toBe(16);
          writeTone(join(dir, 'voice.wav'), { seconds: 2, sampleRate: 48_000, level: 800 });
          await ran('video-reel', {
            ...{ image: 'source.png', audio: join(dir, 'voice.wav'), job: 'job_vid_001', store: 'bucket' },
            ...{ workFolder: join(dir, 'work'), width: 108, height: 192 },
            subtitles: '1\n00:00:00,000 --> 00:00:01,500\nHello\n',
          });
          expect(JSON.stringify(graphs)).toContain('"motion_scale":1.2,"context_frames":16');
          const film = join(dir, 'work/job_vid_001/output_final.mp4');
          expect(readdirSync(join(dir, 'work/job_vid_001'), { recursive: true }).sort()).toEqual([
            'frames',
            'output_final.mp4',
          ]);
          const facts = spawnSync('ffprobe', ['-v', 'error', '-show_streams', '-of', 'json', film]);
          expect(asJsonArray(JSON.parse(facts.stdout.toString()).streams)).toMatchObject([
            { codec_name: 'h264', width: 108, height: 192, pix_fmt: 'yuv420p' },
            { codec_name: 'aac' },
          ]);
          const measured = spawnSync('ffmpeg', [
            '-i',
            film,
            '-af',
            'ebur128',
            '-f',
            'null',
            '-',
          ]).stderr.toString();
          const lufs = Number(
            /I:\s+(-?[\d.]+) LUFS/.exec(measured.slice(measured.lastIndexOf('Summary')))?.[1],
          );
          expect(Math.abs(lufs + 16)).toBeLessThan(2);
          expect(store.kept.get('videos/default/job_vid_001/output.mp4')?.byteLength).toBe(
            readFileSync(film).byteLength,
          );
          expect(existsSync(join(dir, 'voice.wav'))).toBe(true);
          expect(rowsIn(dir, 'assets')).toMatchObject([{ type: 'video' }]);
        },
        (dir) => [
          ...databaseIn(dir),
          ...presetsIn(dir, { comfyui: here('comfyui', service.url, fast), bucket: store.preset }),
          ...['--allow-program', 'ffmpeg'],
        ],
        env,
      );
    },
  );
});

/** Stands in for accelerate: writes checkpoints and what it was asked for, and says how far it is. */
function writeTrainer(dir: string): void {
  mkdirSync(dir, { recursive: true });
  const program = `#!${process.execPath}
const fs = require('fs');
const of = (name) => process.argv[process.argv.indexOf(name) + 1];
const [out, name, steps, every] = ['--output_dir', '--output_name', '--max_train_steps', '--save_every_n_steps'].map(of);
fs.readFileSync(of('--dataset_config'));
fs.mkdirSync(out, { recursive: true });
for (let step = Number(every); step <= Number(steps); step += Number(every)) {
  fs.writeFileSync(out + '/' + name + '-step' + String(step).padStart(8, '0') + '.safetensors', '');
  console.error('steps: ' + Math.round((100 * step) / steps) + '% loss: 0.15');
}
fs.writeFileSync(out + '/' + name + '.safetensors', process.argv.slice(2).join(' '));
`;
  writeFileSync(join(dir, 'accelerate'), program);
  chmodSync(join(dir, 'accelerate'), 0o755);
}
