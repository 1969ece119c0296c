import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { silentLog } from '../../../src/core/log.ts';
import { startWaapiServer } from '../../../src/embedded/server/start-waapi-server.ts';
import { withEngine } from '../../harness/engine.ts';

const python = '/usr/bin/python3';
const script = fileURLToPath(new URL('../../fixtures/autobahn-client.py', import.meta.url));

describe.skipIf(!hasAutobahn())(
  'a client made with autobahn (skipped without Debian’s python3-autobahn)',
  () => {
    it('joins, calls with options, hears events, calls from inside a callback, and leaves', () =>
      withEngine(async (room) => {
        const server = await startWaapiServer({
          engine: room.engine,
          wampPort: 0,
          httpPort: null,
          log: silentLog,
        });
        try {
          const reported: unknown = JSON.parse(await run(server.wampUrl ?? ''));
          const created = { id: expect.stringMatching(/^\{[0-9A-F-]{36}\}$/), name: 'Made by autobahn' };
          expect(reported).toEqual({
            info: expect.objectContaining({ displayName: expect.any(String), isCommandLine: true }),
            stock: expect.any(String),
            created,
            event: { ...created, path: '\\Containers\\Default Work Unit\\Made by autobahn' },
            inside: { return: [{ type: 'Sound' }] },
            deleted: {},
            refused: [
              'ak.wwise.invalid_arguments',
              expect.objectContaining({ message: 'Argument wql is unknown.' }),
            ],
            many: 'Object Event:Name_0 is unknown.',
            alive: { isAvailable: true },
          });
        } finally {
          await server.close();
        }
      }));
  },
);

function hasAutobahn(): boolean {
  if (!existsSync(python)) return false;
  try {
    execFileSync(python, ['-c', 'import autobahn.asyncio.wamp'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function run(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(python, [script, url], { timeout: 50_000 }, (error, stdout, stderr) => {
      // Autobahn logs to stdout too; the answer is the last line.
      if (error === null) resolve(stdout.trimEnd().split('\n').at(-1) ?? '');
      else reject(new Error(`${error.message}\n${stderr}`));
    });
  });
}
