import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { describe, expect, it } from 'vitest';
import { asJsonObject, type JsonObject } from '../../../../src/core/json.ts';
import { freshProject } from '../../../harness/fresh-project.ts';
import { tempDir } from '../../../harness/temp-dir.ts';
import { launch } from './stdio-client.ts';

const dir = tempDir('confirmation');
const place = '\\Containers\\Default Work Unit';

type Response = { action: 'accept' | 'decline' | 'cancel'; content?: { confirm: boolean } };

/** A program with a project in which an Event plays the Sound `Wind`; its client has the person asked, if it can. */
async function start(era: '2026-07-28' | '2025-11-25', name: string, answers?: readonly Response[]) {
  freshProject(join(dir, name, `${name}.wproj`));
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [...launch, '--project', join(dir, name, `${name}.wproj`), '--state', join(dir, `state-${name}`)],
    cwd: dir,
    stderr: 'ignore',
  });
  const client = new Client(
    { name: 'test', version: '1' },
    {
      versionNegotiation: { mode: era === '2026-07-28' ? { pin: era } : 'legacy' },
      capabilities: answers === undefined ? {} : { elicitation: {} },
    },
  );
  const asked: string[] = [];
  const left = [...(answers ?? [])];
  if (answers !== undefined)
    client.setRequestHandler('elicitation/create', async ({ params }) => {
      asked.push(params.message);
      return left.shift() ?? { action: 'cancel' };
    });
  await client.connect(transport);
  const call = async (tool: string, args: JsonObject): Promise<JsonObject> => {
    const answer = await client.callTool({ name: tool, arguments: { verbose: true, ...args } });
    return asJsonObject(JSON.parse(JSON.stringify(answer.structuredContent)));
  };
  await call('create_sound', { name: 'Wind', parentPath: place });
  const made = await call('create_event', { name: 'Play_Wind', targetPath: `${place}\\Wind` });
  expect(made, JSON.stringify(made)).toMatchObject({ ok: true });
  const isThere = async () => (await call('get_object', { objectId: `${place}\\Wind` })).ok;
  const remove = (more: JsonObject = {}) => call('delete_object', { objectIds: [`${place}\\Wind`], ...more });
  return { call, remove, isThere, asked, close: () => client.close() };
}

const yes: Response = { action: 'accept', content: { confirm: true } };
const no: Response = { action: 'accept', content: { confirm: false } };

describe.each(['2026-07-28', '2025-11-25'] as const)('a destructive call of a client of %s', (era) => {
  const named = `C${era.slice(0, 4)}`;

  it('is confirmed by the person, who sees what it would do', async () => {
    const room = await start(era, `${named}Yes`, [yes]);
    expect(await room.remove()).toMatchObject({ ok: true, data: { lostReferences: 1 } });
    expect(room.asked).toEqual([expect.stringMatching(/1 reference points at it[\s\S]*Play_Wind/)]);
    expect(await room.isThere()).toBe(false);
    await room.close();
  });

  it('is not done where the person declines or says nothing', async () => {
    const room = await start(era, `${named}No`, [no, { action: 'decline' }, { action: 'cancel' }]);
    for (const code of ['DECLINED', 'DECLINED', 'CONFIRMATION_REQUIRED'])
      expect(await room.remove()).toMatchObject({ ok: false, code });
    expect(room.asked).toHaveLength(3);
    expect(await room.isThere()).toBe(true);
    await room.close();
  });

  it('is confirmed by its input where the client cannot ask, and then nobody is asked', async () => {
    const room = await start(era, `${named}Alone`);
    const refused = await room.remove();
    expect(refused).toMatchObject({
      code: 'CONFIRMATION_REQUIRED',
      details: { confirmBy: { confirm: true } },
    });
    expect(await room.isThere()).toBe(true);
    expect(await room.remove({ confirm: true })).toMatchObject({ ok: true });
    await room.close();
  });
});
