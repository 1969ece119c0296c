import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { mutated, pick, value, varied } from '../../harness/fuzz/values.ts';
import type { Attack, AttackRoom } from '../attack.ts';
import { newGround } from '../ground.ts';
import { lookAtFiles } from '../laws.ts';
import { openSession } from '../session.ts';
import { look } from '../tally.ts';
import { startWork } from '../work.ts';
import { mostGrowthMb, settledMb } from './memory.ts';

const linesOfRound = 2_000;

/** A client that breaks the protocol in each line but some, which must be served as ever. */
export const hostileStdio: Attack = {
  name: 'hostile-stdio',
  does: 'A client over stdio sends lines that are cut, mutated, deep, long, binary or no JSON, requests that fit no schema, and cancels what is not there; between them are calls as ever.',
  run: async (room) => {
    for (let round = 0; round === 0 || !room.isOver(); round++) {
      await abused(room, round);
      room.tally.rounds += 1;
    }
  },
};

async function abused(room: AttackRoom, round: number): Promise<void> {
  const { tally, random } = room;
  const name = `stdio-${round}`;
  const ground = await newGround(room.dir, name);
  const session = await openSession(
    [
      room.program('main'),
      'mcp',
      '--project',
      ground.projectPath,
      '--state',
      join(room.dir, `${name}-state`),
    ],
    { cwd: room.dir },
  );
  const work = startWork(tally, random, `H${round}`);
  const abuse = async (lines: number) => {
    for (let nth = 0; nth < lines; nth++) {
      session.send(hostileLine(random));
      tally.harm += 1;
      if (nth % 40 === 39) {
        await work.create(session);
        await work.call(session, 'project_info', {});
      }
    }
  };
  await abuse(linesOfRound / 5);
  const before = await settledMb(session);
  await abuse(linesOfRound);
  const after = await settledMb(session);
  tally.memoryMb = { before, after };
  look(
    tally,
    'memory',
    after - before > mostGrowthMb ? [`${name}: ${before} MB before, ${after} MB after`] : [],
  );
  const isSaved = await work.save(session);
  look(tally, 'answered', isSaved ? [] : [`${name}: cannot save`]);
  look(tally, 'answered', (await session.end()) === '0' ? [] : [`${name}: did not end well`]);
  lookAtFiles(tally, ground, work.made, isSaved, name);
  rmSync(ground.projectDir, { recursive: true });
}

/** Requests that change nothing, to be spoilt. */
const valid: readonly object[] = [
  { jsonrpc: '2.0', id: 'x1', method: 'tools/list', params: {} },
  { jsonrpc: '2.0', id: 'x2', method: 'tools/call', params: { name: 'project_info', arguments: {} } },
  {
    jsonrpc: '2.0',
    id: 'x3',
    method: 'tools/call',
    params: { name: 'find_things', arguments: { query: '$ from type Sound where name : "Old"', limit: 3 } },
  },
  {
    jsonrpc: '2.0',
    id: 'x4',
    method: 'tools/call',
    params: {
      name: 'workflow_compile',
      arguments: { workflow: { nodes: [{ id: 'a', type: 'say', data: { text: 'x' } }] } },
    },
  },
  { jsonrpc: '2.0', id: 'x5', method: 'resources/list', params: {} },
  { jsonrpc: '2.0', id: 'x6', method: 'prompts/get', params: { name: 'footsteps' } },
  { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 'x2', reason: 'none' } },
  { jsonrpc: '2.0', id: 'x7', method: 'initialize', params: { protocolVersion: '1999-01-01' } },
];

function hostileLine(random: () => number): string | Buffer {
  const made: readonly (() => string | Buffer)[] = [
    () => `${JSON.stringify(varied(pick(valid, random), random))}\n`,
    () => `${mutated(JSON.stringify(pick(valid, random)), random).replaceAll('\n', ' ')}\n`,
    () => `${JSON.stringify(value(random, 5))}\n`,
    () => `${'['.repeat(Math.floor(random() * 20_000))}\n`,
    () => `{"jsonrpc":"2.0","id":"y","method":"${'m'.repeat(Math.floor(random() * 100_000))}"}\n`,
    () => Buffer.from([...Array.from({ length: 100 }, () => 128 + Math.floor(random() * 128)), 10]),
    () => '\n\n\r\n',
    () => `[${JSON.stringify(pick(valid, random))},${JSON.stringify(pick(valid, random))}]\n`,
  ];
  return pick(made, random)();
}
