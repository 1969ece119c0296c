import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { appIn } from '../../harness/app-in.ts';
import { freshProject } from '../../harness/fresh-project.ts';
import { standIn } from '../../harness/stand-in-service.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { node } from '../harness.ts';

const canary = 'canary-7f3a/+secret value';

function everyByteBelow(dir: string): string {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)).toString('latin1'))
    .join('\n');
}

it('a secret reaches the service, and neither answers, errors, journal, memo nor files of the state', async () => {
  const seen: string[] = [];
  const service = await standIn((app) => {
    app.all('/echo', async (c) => {
      const auth = c.req.header('authorization') ?? '';
      seen.push(auth);
      return c.json({ auth, url: c.req.url, again: [auth, { [auth]: 1 }] });
    });
    app.all('/fails/*', (c) => c.text(`bad key ${c.req.header('authorization')}`, 400));
  });
  const dir = tempDir('canary');
  const project = join(dir, 'Game.wproj');
  freshProject(project);
  const state = join(dir, 'state');
  const env = { WWISEFLOW_SECRET_CANARY: canary };
  const app = appIn(dir, ['--project', project, '--state', state], env);
  const running = await app.openService();
  const auth = { type: 'bearer', secret: 'CANARY' };
  const shown: string[] = [];
  for (const data of [
    { url: `${service.url}/echo`, auth, cacheMs: 60_000 },
    {
      url: `${service.url}/echo`,
      query: { key: '{{ secrets.CANARY }}' },
      headers: { authorization: 'Bearer {{ secrets.CANARY }}' },
    },
    { url: `${service.url}/fails/{{ secrets.CANARY }}`, auth },
  ]) {
    const document = { nodes: [node('ask', 'http', data)] };
    const done = await running.run({ workflow: document, caller: 'test' });
    shown.push(JSON.stringify(done));
    if (done.ok) shown.push(JSON.stringify(await done.data.answer));
  }
  await app.close();
  expect(seen).toEqual([`Bearer ${canary}`, `Bearer ${canary}`]);
  const everything = `${shown.join('\n')}\n${everyByteBelow(state)}`;
  expect(everything).toContain('(secret CANARY)');
  for (const spelling of [
    canary,
    encodeURIComponent(canary),
    encodeURI(canary),
    'canary-7f3a',
    Buffer.from(canary).toString('base64'),
  ])
    expect(everything.includes(spelling), spelling).toBe(false);
});
