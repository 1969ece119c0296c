import { readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { asJsonObject, type JsonObject } from '../../../src/core/json.ts';
import { character, mutated, pick, value } from '../../harness/fuzz/values.ts';
import type { Attack, AttackRoom } from '../attack.ts';
import { home, newGround } from '../ground.ts';
import { type Known, lookAtFiles } from '../laws.ts';
import { look } from '../tally.ts';
import { listening } from '../wwise.ts';
import { mostGrowthMb } from './memory.ts';

const strangersOfRound = 600;
const timeoutMs = 300_000;

/** Clients of `serve` that break HTTP, send what nobody asked for, or neither send nor read. */
export const hostileHttp: Attack = {
  name: 'hostile-http',
  does: 'Clients of `serve` send requests that are cut, mutated, endless or no HTTP, bodies that fit nothing, half requests that stay open, and do not read; between them one creates Sounds as ever.',
  run: async (room) => {
    for (let round = 0; round === 0 || !room.isOver(); round++) {
      await abused(room, round);
      room.tally.rounds += 1;
    }
  },
};

async function abused(room: AttackRoom, round: number): Promise<void> {
  const { tally, random } = room;
  const name = `http-${round}`;
  const ground = await newGround(room.dir, name);
  const places = ['--project', ground.projectPath, '--state', join(room.dir, `${name}-state`)];
  const server = await listening(
    [room.program('main'), 'serve', '--port', '0', ...places, '--log-level', 'error'],
    room.dir,
    /https?:\/\/127\.0\.0\.1:\d+/,
  );
  const url = /https?:\/\/127\.0\.0\.1:\d+/.exec(server.said)?.[0] ?? '';
  const port = Number(new URL(url).port);
  const made = new Map<string, Known>();
  const ask = async (path: string, body: JsonObject): Promise<JsonObject> => {
    tally.calls += 1;
    try {
      const response = await fetch(`${url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(timeoutMs),
      });
      look(tally, 'answered', []);
      return asJsonObject(await response.json());
    } catch (thrown) {
      look(tally, 'answered', [`${name}: ${path}: ${String(thrown)}`]);
      return {};
    }
  };
  const create = async () => {
    const sound = `P${round}_${made.size + 1}`;
    made.set(sound, 'unknown');
    const { ok } = await ask('/wwise/create_sound', { name: sound, parentPath: home });
    if (ok !== undefined) made.set(sound, ok === true ? 'made' : 'refused');
  };
  const abuse = async (strangers: number) => {
    for (let nth = 0; nth < strangers; nth++) {
      stranger(port, random);
      tally.harm += 1;
      if (nth % 20 === 19) await create();
    }
  };
  await abuse(strangersOfRound / 5);
  await delay(1_000);
  const before = residentMb(server.process.pid);
  await abuse(strangersOfRound);
  await delay(2_500);
  const after = residentMb(server.process.pid);
  tally.memoryMb = { before, after };
  look(
    tally,
    'memory',
    after - before > mostGrowthMb ? [`${name}: ${before} MB before, ${after} MB after`] : [],
  );
  const { ok } = await ask('/wwise/project_save', {});
  look(tally, 'answered', ok === true ? [] : [`${name}: cannot save`]);
  look(tally, 'answered', (await server.end()) === 'late' ? [`${name}: did not end`] : []);
  lookAtFiles(tally, ground, made, ok === true, name);
  rmSync(ground.projectDir, { recursive: true });
}

/** One that says something odd, and goes after a second at most; nobody waits for him. */
function stranger(port: number, random: () => number): void {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  if (random() < 0.3) socket.pause();
  else socket.resume();
  socket.write(Buffer.from(oddRequest(random), 'latin1'));
  if (random() < 0.5) setTimeout(() => socket.destroy(), random() * 1_000);
  else setTimeout(() => socket.end(() => socket.destroy()), random() * 1_000);
}

const paths = [
  '/health',
  '/wwise/project_info',
  '/wwise/find_things',
  '/mcp',
  '/openapi.json',
  '/executions',
  '/workflows',
  '/uploads',
  '/../../etc/passwd',
  '/metrics',
];

function oddRequest(random: () => number): string {
  const body =
    random() < 0.7 ? JSON.stringify(value(random, 5)) : '{"a":'.repeat(Math.floor(random() * 5_000));
  const head = [
    `${pick(['POST', 'GET', 'PUT', 'DELETE', 'OPTIONS', 'X'], random)} ${pick(paths, random)} HTTP/1.1`,
    `Host: ${pick(['localhost', '127.0.0.1', 'evil.example', ''], random)}`,
    `Content-Type: ${pick(['application/json', 'text/plain', 'multipart/form-data; boundary=b'], random)}`,
    `Content-Length: ${random() < 0.7 ? Buffer.byteLength(body) : Math.floor(random() * 1e12)}`,
    ...(random() < 0.2 ? [`X-Long: ${'x'.repeat(Math.floor(random() * 100_000))}`] : []),
    ...(random() < 0.1 ? ['Transfer-Encoding: chunked', 'Transfer-Encoding: chunked'] : []),
    ...(random() < 0.1 ? ['Upgrade: websocket', 'Connection: Upgrade'] : []),
  ];
  const text = `${head.join('\r\n')}\r\n\r\n${body}`;
  const kind = random();
  if (kind < 0.5) return text;
  if (kind < 0.8) return mutated(text, random);
  if (kind < 0.9) return text.slice(0, Math.floor(text.length * random()));
  return Array.from({ length: 500 }, () => character(random)).join('');
}

function residentMb(pid: number | undefined): number {
  const [, pages = 0] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ').map(Number);
  return Math.round((pages * 4096) / 1e6);
}
