import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type JsonObject } from '../../src/core/json.ts';
import { openSqliteSchedules } from '../../src/stores/sqlite/sqlite-schedules.ts';
import { openHttpRoom } from '../harness/http-room.ts';
import { mailRoom } from '../harness/mail-room.ts';
import { freePort } from '../harness/servers/free-port.ts';
import { standIn } from '../harness/stand-in-service.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { presetsIn } from './presets-here.ts';

/** A service that makes pictures and films, and calls back; one plan of it fails, one is never called back. */
const studio =
  (jobs: JsonObject[]) =>
  (app: Hono): void => {
    const stateOf = ({ type, payload }: JsonObject): JsonObject => {
      const { plan } = asJsonObject(payload);
      if (plan === 'cp_bad' && type === 'video-generation') return { status: 'failed', error: 'no frames' };
      const result =
        type === 'video-generation'
          ? { url: `https://films.example/${String(plan)}.mp4` }
          : { assetId: `asset_${String(plan)}` };
      return { status: 'completed', result };
    };
    app.post('/jobs', async (c) => {
      const job = asJsonObject(await c.req.json());
      const jobId = `job_${jobs.push(job)}`;
      const isSilent = asJsonObject(job.payload).plan === 'cp_silent';
      const body = JSON.stringify({ jobId, ...stateOf(job) });
      const headers = { 'content-type': 'application/json' };
      const callBack = () => void fetch(String(job.callback), { method: 'POST', headers, body });
      if (!isSilent) setTimeout(callBack, 50);
      return c.json({ jobId });
    });
    app.get('/jobs/:id', (c) => {
      const job = jobs[Number(c.req.param('id').slice('job_'.length)) - 1];
      return c.json({ jobId: c.req.param('id'), ...stateOf(job ?? {}) });
    });
  };

/** An Instagram that publishes at once. */
const instagram =
  (posted: string[]) =>
  (app: Hono): void => {
    app.post('/me/media', async (c) => {
      const form = await c.req.formData();
      posted.push(`${form.get('media_type')} ${form.get('video_url')} ${form.get('caption')}`);
      return c.json({ id: `creation_${posted.length}` });
    });
    app.get('/:creation', (c) => c.json({ status_code: 'FINISHED' }));
    app.post('/me/media_publish', async (c) => {
      const form = await c.req.formData();
      return c.json({ id: String(form.get('creation_id')).replace('creation', 'media') });
    });
  };

it('the plans of a day are made, published and reported when their schedule is due, and what fails is for review', async () => {
  const dir = tempDir('daily-content');
  const [jobs, posted]: [JsonObject[], string[]] = [[], []];
  const [service, channel] = [await standIn(studio(jobs)), await standIn(instagram(posted))];
  const mails = await mailRoom();
  const [stateDir, port] = [join(dir, 'state'), await freePort()];
  const now = new Date();
  const day = now.toISOString().slice(0, 10);
  const plan = (id: string, date: string, status: string) => `${id},${date},${status},gym,Every rep counts!`;
  const plans = [
    plan('cp_1', day, 'scheduled'),
    plan('cp_bad', day, 'scheduled'),
    plan('cp_silent', day, 'scheduled'),
    plan('cp_other_day', '2020-01-01', 'scheduled'),
    plan('cp_draft', day, 'draft'),
  ];
  writeFileSync(join(dir, 'plans.csv'), `id,date,status,topic,caption\n${plans.join('\n')}\n`);
  // It was due a minute ago, when no server was there: it is made up, as at nine every morning.
  const due = new Date(now.getTime() - 60_000);
  const schedules = openSqliteSchedules(stateDir);
  await schedules.add({
    ...{ id: 'daily', name: null, workspace: 'default', workflowId: 'daily-content', timeZone: 'UTC' },
    cron: `${due.getUTCMinutes()} ${due.getUTCHours()} * * *`,
    createdAtMs: now.getTime() - 3_600_000,
    input: {
      ...{ plans: join(dir, 'plans.csv'), service: service.url, server: `http://127.0.0.1:${port}` },
      ...{ review: join(dir, 'review.csv'), published: join(dir, 'published.csv'), waitMs: 3_000 },
      ...{
        mailer: 'here',
        to: 'team@example.com',
        ...(day === due.toISOString().slice(0, 10) ? {} : { dueDate: day }),
      },
    },
  });
  const presets = presetsIn(dir, {
    instagram: { title: 'Here', description: 'Here.', extends: 'instagram', baseUrl: channel.url },
    here: {
      ...{ title: 'Here', description: 'Here.', extends: 'smtp-relay' },
      settings: {
        host: { description: 'Here.', default: '127.0.0.1' },
        port: { description: 'Here.', default: mails.port },
      },
    },
  });
  const room = await openHttpRoom(dir, ['--port', String(port), '--allow-dir', dir, ...presets], undefined, {
    WWISEFLOW_SECRET_INSTAGRAM_ACCESS_TOKEN: 'token-of-the-channel',
  });
  try {
    await expect.poll(() => mails.taken.length).toBe(1);
    const { data } = await room.ask('GET /executions?workflowId=daily-content');
    expect(asJsonArray(data.runs)).toHaveLength(1);
    expect(
      jobs.map(({ type, payload }) => `${String(type)} ${String(asJsonObject(payload).plan)}`).sort(),
    ).toEqual([
      'content-generation cp_1',
      'content-generation cp_bad',
      'content-generation cp_silent',
      'video-generation cp_1',
      'video-generation cp_bad',
      'video-generation cp_silent',
    ]);
    expect(posted.sort()).toEqual([
      'REELS https://films.example/cp_1.mp4 Every rep counts!',
      'REELS https://films.example/cp_silent.mp4 Every rep counts!',
    ]);
    const published = readFileSync(join(dir, 'published.csv'), 'utf8');
    expect(published).toMatch(/cp_1,media_\d/);
    expect(published).toMatch(/cp_silent,media_\d/);
    const review = readFileSync(join(dir, 'review.csv'), 'utf8');
    expect(review).toContain('cp_bad');
    expect(review).toContain('no frames');
    expect(mails.taken[0]?.text).toContain(`Subject: 2 of 3 published on ${day}`);
    expect(existsSync(join(dir, 'state'))).toBe(true);
  } finally {
    await room.close();
    await schedules.close();
  }
});
