import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../src/core/json.ts';
import { silentLog } from '../../../src/core/log.ts';
import { openSqliteStores } from '../../../src/stores/sqlite/sqlite-stores.ts';
import { createRuns } from '../../../src/workflow/runtime/runs.ts';
import { freshProject } from '../../harness/fresh-project.ts';
import { mailRoom } from '../../harness/mail-room.ts';
import { programWithout } from '../../harness/program-without.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { compile, emptyShelf, node, shelfBus } from '../harness.ts';
import { firstOf, remoteWith, runNodes, shippedPresets } from '../remote/run-remote.ts';

const dir = tempDir('mail');
const letter = { to: ['a@example.com', 'b@example.com'], subject: 'Night', text: 'All is well.' };
const mail = (port: number, data: Record<string, Json> = {}) =>
  node('mail', 'mail', {
    ...{ preset: 'smtp-relay', settings: { host: '127.0.0.1', port, from: 'w@example.com' } },
    ...letter,
    ...data,
  });
const run = (given: JsonObject, secrets: Readonly<Record<string, string>> = {}, more: JsonObject = {}) =>
  firstOf(runNodes([{ ...given, ...more }], remoteWith(secrets, { presets: shippedPresets }), [], { dir }));

describe('a mail', () => {
  it('goes to everybody it is for, with its files', async () => {
    const { port, taken } = await mailRoom();
    writeFileSync(join(dir, 'lint.csv'), 'severity,rule\n');
    expect(await run(mail(port, { attachments: ['lint.csv'], cc: 'c@example.com' }))).toMatchObject({
      accepted: ['a@example.com', 'b@example.com', 'c@example.com'],
      rejected: [],
    });
    expect(taken).toMatchObject([{ from: 'w@example.com', text: expect.stringContaining('Subject: Night') }]);
    expect(taken[0]?.text).toContain('filename=lint.csv');
    expect(await run(mail(port, { attachments: ['/etc/passwd'] }))).toMatchObject({
      code: 'PATH_NOT_ALLOWED',
    });
    expect(taken).toHaveLength(1);
  });

  it('shows who sends it by secrets, which stand in no answer', async () => {
    const { port, taken } = await mailRoom({ user: { name: 'audio-team', pass: 'a-long-password' } });
    const given = mail(port, { preset: 'smtp' });
    const secrets = { SMTP_USER: 'audio-team', SMTP_PASSWORD: 'a-long-password' };
    expect(await run(given, secrets)).toMatchObject({ accepted: letter.to });
    const wrong = await run(given, { ...secrets, SMTP_PASSWORD: 'another-password' });
    expect(wrong).toMatchObject({ code: 'SERVICE_NOT_AUTHENTICATED' });
    expect(JSON.stringify(wrong)).not.toContain('another-password');
    expect(taken).toHaveLength(1);
  });

  it('says of each failure what it is', async () => {
    expect(await run(mail(1))).toMatchObject({ code: 'SERVICE_UNREACHABLE' });
    for (const [status, code] of [
      [550, 'SERVICE_REFUSED'],
      [450, 'SERVICE_FAILED'],
    ] as const) {
      const { port } = await mailRoom({ refuses: { address: 'x@example.com', status } });
      expect(await run(mail(port, { to: 'x@example.com' }))).toMatchObject({ code });
    }
    expect(await run(mail(1, { preset: 'openai' }))).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await run(mail(1, { preset: 'smpt' }))).toMatchObject({
      code: 'PRESET_NOT_FOUND',
      details: { candidates: expect.arrayContaining(['smtp']) },
    });
  });

  it('of which nobody knows whether it was sent is asked about, and not sent again by guess', async () => {
    const { port, taken } = await mailRoom({ goesSilent: true });
    expect(await run(mail(port, { onUnknown: 'fail' }))).toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    const stores = openSqliteStores(null);
    const remote = remoteWith({}, { presets: shippedPresets });
    const runs = createRuns({ bus: shelfBus(emptyShelf()), log: silentLog, store: stores.runs, remote });
    const { executionId, done } = runs.start(compile({ nodes: [mail(port)] }));
    expect((await done).data).toMatchObject({ state: 'suspended' });
    const { done: answered } = await runs.answer(executionId, { value: { decision: 'tookEffect' } });
    expect(await answered).toMatchObject({ ok: true });
    expect(taken).toHaveLength(2);
    runs.close();
    await stores.close();
  });

  it('says where the package that sends it is not installed, and how it is', async () => {
    const here = programWithout('nodemailer', dir);
    freshProject(join(dir, 'Game.wproj'));
    writeFileSync(join(dir, 'mail.json'), JSON.stringify({ nodes: [mail(1)] }));
    const args = [here, 'run', 'mail.json', '--json', '--project', 'Game.wproj', '--state', 'state'];
    const said = spawnSync(process.execPath, args, { cwd: dir, encoding: 'utf8' });
    expect(JSON.parse(said.stdout)).toMatchObject({
      ok: false,
      code: 'PACKAGE_MISSING',
      error: expect.stringContaining('"nodemailer"'),
      hint: expect.stringContaining('npm install nodemailer'),
    });
  });
});
