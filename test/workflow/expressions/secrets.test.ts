import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { AnyCommand } from '../../../src/core/command.ts';
import { WwiseFlowError } from '../../../src/core/errors.ts';
import type { Json, JsonObject } from '../../../src/core/json.ts';
import type { Log } from '../../../src/core/log.ts';
import { withoutSecrets } from '../../../src/core/secrets/known-secrets.ts';
import { openSqliteStores } from '../../../src/stores/sqlite/sqlite-stores.ts';
import { compileWorkflow } from '../../../src/workflow/compiler/compile.ts';
import { nodeKinds } from '../../../src/workflow/nodes/catalog.ts';
import { createRuns } from '../../../src/workflow/runtime/runs.ts';
import { secretOf } from '../../../src/workspace/secret-of.ts';
import { defineCommand } from '../../../src/wwise/wwise-command.ts';
import { commands } from '../../../tools/catalog.ts';
import { withProject } from '../../harness/project.ts';
import { newTempDir } from '../../harness/temp-dir.ts';
import { node } from '../harness.ts';

const canary = 'cänary "7f3a9c" / sécret+value';
const spellings = [
  canary,
  JSON.stringify(canary).slice(1, -1),
  encodeURIComponent(canary),
  ...['', 'Bearer ', 'me:', 'a'].map((before) => middleOf(Buffer.from(before + canary).toString('base64'))),
  middleOf(Buffer.from(canary).toString('base64url')),
];

/** What of it comes from the canary alone. */
function middleOf(base64: string): string {
  return base64.slice(12, -4);
}

/** Sends a token somewhere, and gives it away in every way there is. */
function leaky(name: string, effect: 'read' | 'update', used: string[]): AnyCommand {
  const plain = {
    name,
    title: 'Send',
    description: 'Sends something somewhere. Use it in a test.',
    toolset: 'test',
    input: z.strictObject({
      token: z.string().max(200).describe('What opens the door.'),
      how: z.string().describe('What to do with it.'),
    }),
    output: z.looseObject({ text: z.string() }),
    secretInputs: ['token'],
    async run({ token, how }: { token: string; how: string }) {
      used.push(token);
      if (how === 'refuse')
        throw new WwiseFlowError('WAAPI_ERROR', `No: ${token}`, {
          hint: token,
          details: { token, [token]: [token] },
        });
      if (how === 'later') throw new WwiseFlowError('WAAPI_LOCKED', `Later: ${token}`, { hint: token });
      if (how === 'break') throw new Error(`Broken by ${token}`);
      const text = `Bearer ${token}, ${encodeURIComponent(token)}, ${Buffer.from(token).toString('base64')}`;
      return how === 'much' ? { text: text.repeat(20_000) } : { text, [token]: { deep: [token] } };
    },
  } as const;
  return effect === 'read'
    ? defineCommand({ ...plain, effect })
    : defineCommand({
        ...plain,
        effect,
        revert: { never: 'It stands in for a command of a test.' },
        achieved: ({ token }) => [{ kind: 'exists', object: token } as never],
      });
}

const flow: JsonObject = {
  name: 'canary',
  onError: 'continue',
  nodes: [
    ...['echo', 'much', 'refuse', 'break'].flatMap((how) => [
      node(`read-${how}`, 'send_read', { token: '{{ secrets.KEY }}', how }),
      node(`update-${how}`, 'send_update', { token: 'Bearer {{ secrets.KEY }}', how }),
    ]),
    {
      ...node('later', 'send_read', { token: '{{ secrets.KEY }}', how: 'later' }),
      retry: { maxRetries: 1, initialDelayMs: 1 },
    },
    node('long', 'send_read', { token: '{{ secrets.KEY }}'.repeat(12), how: 'echo' }),
    node('say', 'say', { text: 'It said {{ nodes.read-echo.text }}' }),
    node('note', 'set_notes', {
      objectId: '\\Actor-Mixer Hierarchy\\Default Work Unit',
      notes: '{{ nodes.update-echo.text }}',
    }),
  ],
};

describe('a secret', () => {
  it('opens what it is for, and is in no journal, audit, memo, artifact, log, event, plan or answer', async () => {
    const stateDir = newTempDir('secrets');
    const used: string[] = [];
    const seen: string[] = [];
    const stores = openSqliteStores(stateDir);
    const write = (...parts: readonly unknown[]): void => void seen.push(JSON.stringify(parts));
    const log: Log = { debug: write, info: write, warn: write, error: write };
    const all = [...commands, leaky('send_read', 'read', used), leaky('send_update', 'update', used)];
    await withProject(
      async ({ bus }) => {
        const secret = secretOf({ secrets: new Map([['KEY', () => canary]]) }, 'default');
        const parts = {
          bus,
          log,
          store: stores.runs,
          artifacts: stores.artifacts,
          stateDir,
          outputCapBytes: 2_000,
        };
        const runs = createRuns({ ...parts, expressions: { secret } });
        const plan = compileWorkflow(flow, bus);
        const { executionId, done } = runs.start(plan, {
          onEvent: (event) => void seen.push(JSON.stringify(event)),
        });
        const result = await done;
        seen.push(
          JSON.stringify(result),
          JSON.stringify(plan),
          JSON.stringify(await runs.status(executionId)),
        );
        expect(result).toMatchObject({ ok: false });
        expect(JSON.stringify(result)).toContain('(secret KEY)');
        seen.push(JSON.stringify(await stores.audit.recent(100)));
        await runs.close();
      },
      { bus: { commands: all, memo: stores.memo, audit: stores.audit, log } },
    );
    await stores.close();
    expect(used.filter((token) => token === canary || token === `Bearer ${canary}`)).toHaveLength(10);
    const kept = readdirSync(stateDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
    expect(kept.join('')).toContain('(secret KEY)');
    for (const spelling of spellings) {
      const bytes = Buffer.from(spelling).toString('latin1');
      expect(
        seen.filter(
          (text) => text.includes(spelling) || text.includes(JSON.stringify(spelling).slice(1, -1)),
        ),
      ).toEqual([]);
      expect(kept.filter((text) => text.includes(bytes))).toHaveLength(0);
    }
    expect(withoutSecrets(`a ${canary} b`)).toBe('a (secret KEY) b');
  });

  it('is refused by every kind of node that would show or keep it', () => {
    const kinds = { commands, find: (name: string) => commands.find((command) => command.name === name) };
    const refused = nodeKinds(commands).filter(({ secretInputs }) => secretInputs === undefined);
    expect(refused.length).toBeGreaterThan(60);
    for (const { type } of refused) {
      const data: Record<string, Json> = { anything: { deep: ['x {{ secrets.KEY }}'] } };
      let message = '';
      try {
        compileWorkflow({ nodes: [{ id: 'a', type, data }] }, kinds);
      } catch (thrown) {
        message = JSON.stringify(thrown);
      }
      expect(message, type).toContain('because it would be shown or kept there');
    }
  });

  it('is that of the workspace, and the default one alone has those without a workspace in their name', () => {
    const secrets = new Map(
      Object.entries({ A: 'secret of a', 'music/A': 'secret of music', 'music/B': 'secret b of music' }).map(
        ([name, value]) => [name, () => value],
      ),
    );
    expect(secretOf({ secrets }, 'default')('A')).toBe('secret of a');
    expect(secretOf({ secrets }, 'music')('A')).toBe('secret of music');
    expect(() => secretOf({ secrets }, 'other')('A')).toThrow('There is no secret "A"');
    expect(() => secretOf({ secrets }, 'default')('B')).toThrow('There is no secret "B"');
    expect(() => secretOf({ secrets: new Map([['S', () => 'short']]) }, 'default')('S')).toThrow(
      'fewer than 8',
    );
  });
});
