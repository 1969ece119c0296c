import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { platform } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type JsonObject } from '../../src/core/json.ts';
import { launch } from '../facades/mcp/stdio/stdio-client.ts';
import { freshProject } from '../harness/fresh-project.ts';
import { tempDir } from '../harness/temp-dir.ts';

/** The kernel refuses to let the server write more than that into one file, as it does when the disk is full. */
const limitKiB = 400;
const calls = 300;
const creations = 60;

describe.skipIf(platform() === 'win32')('a state directory that takes no more', () => {
  const dir = tempDir('audit-full');

  it('is reported in each answer that is missing in the audit log', async () => {
    freshProject(join(dir, 'Game.wproj'));
    const server = spawn(
      'bash',
      [
        '-c',
        `trap '' XFSZ; ulimit -f ${limitKiB}; exec "$0" "$@"`,
        process.execPath,
        ...launch,
        'mcp',
        ...['--project', join(dir, 'Game.wproj'), '--state', join(dir, 'state'), '--log-level', 'silent'],
      ],
      { stdio: ['pipe', 'pipe', 'ignore'] },
    );
    const send = (message: object) =>
      server.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
    const clientInfo = { name: 'c', version: '1' };
    const params = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo };
    send({ id: 0, method: 'initialize', params });
    send({ method: 'notifications/initialized' });
    const call = { name: 'project_info', arguments: {} };
    for (let id = 1; id <= calls; id++) send({ id, method: 'tools/call', params: call });
    const parentPath = '\\Containers\\Default Work Unit';
    for (let id = calls + 1; id <= calls + creations; id++) {
      const params = { name: 'create_sound', arguments: { name: `S${id}`, parentPath } };
      send({ id, method: 'tools/call', params });
    }
    const refused: JsonObject[] = [];
    let created = 0;
    const answers: { readonly ok: unknown; readonly notices: readonly unknown[] }[] = [];
    for await (const line of createInterface({ input: server.stdout })) {
      const { id, result } = asJsonObject(JSON.parse(line));
      if (id === 0) continue;
      const answer = asJsonObject(asJsonObject(result).structuredContent);
      const { ok, notices } = answer;
      if (Number(id) > calls) {
        if (ok === true) created++;
        else refused.push(answer);
      } else answers.push({ ok, notices: asJsonArray(notices) });
      if (answers.length + refused.length + created === calls + creations) break;
    }
    server.stdin.end();
    await once(server, 'exit');
    // What cannot be journalled before it is done is not done, and says why.
    expect(refused).not.toEqual([]);
    for (const answer of refused)
      expect(answer).toMatchObject({
        code: 'STATE_NOT_WRITTEN',
        hint: expect.stringContaining('Make room on that disk'),
      });
    expect(answers.every(({ ok }) => ok === true)).toBe(true);
    const silent = answers.filter(({ notices }) => notices.length === 0).length;
    const reported = answers.filter(({ notices }) =>
      String(notices[0]).includes('missing in the audit log'),
    ).length;
    const database = new Database(join(dir, 'state', 'wwiseflow.db'));
    const [row] = database.prepare('SELECT count(*) AS rows FROM audit').all();
    database.close();
    const { rows } = asJsonObject(row);
    expect(silent).toBe(rows);
    expect(reported).toBe(calls - silent);
    expect(reported).toBeGreaterThan(0);
    expect(silent).toBeGreaterThan(0);
  });
});
