import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, asString, type JsonObject } from '../../../../src/core/json.ts';
import { silentLog } from '../../../../src/core/log.ts';
import { startWaapiServer, type WaapiServer } from '../../../../src/embedded/server/start-waapi-server.ts';
import { amount } from '../../../harness/amount.ts';
import { freshProject } from '../../../harness/fresh-project.ts';
import { startEngine } from '../../../harness/start-engine.ts';
import { newTempDir } from '../../../harness/temp-dir.ts';
import { writeTone } from '../../../harness/wave.ts';
import { type StdioClient, startServer } from '../stdio/stdio-client.ts';

/** Races, and imports of each run; one node more makes 61. */
const races = amount(3, 18);
const imports = amount(12, 60);

const containers = '\\Containers\\Default Work Unit';

let dir: string;
let wwise: WaapiServer;
let clients: readonly StdioClient[];
let closeEngine: () => Promise<void>;

beforeAll(async () => {
  dir = newTempDir('races');
  const projectPath = join(dir, 'Game', 'Game.wproj');
  freshProject(projectPath);
  const engine = await startEngine(projectPath, dir);
  closeEngine = () => engine.close();
  wwise = await startWaapiServer({ engine, wampPort: 0, httpPort: null, log: silentLog });
  clients = await Promise.all(
    ['one', 'other'].map((name) =>
      startServer(
        '2026-07-28',
        [
          '--wwise',
          wwise.wampUrl ?? '',
          '--state',
          join(dir, 'state', name),
          '--allow-dir',
          dir,
          '--toolsets',
          'all',
        ],
        dir,
      ),
    ),
  );
});
afterAll(async () => {
  await Promise.all(clients.map((client) => client.close().catch(() => undefined)));
  await wwise.close();
  await closeEngine();
  rmSync(dir, { recursive: true, force: true });
});

describe('two servers on one Wwise', () => {
  it(`lose no file of each other in ${races} races of two ${imports + 1}-node runs`, async () => {
    const [one, other] = clients;
    if (one === undefined || other === undefined) throw new Error('There are two servers.');
    let rolledBack = 0;
    let shared = 0;
    for (let race = 0; race < races; race += 1) {
      const waves = wavesOf(race);
      const name = (who: string) => (index: number) => `${who}_${race}_${index}`;
      // In turn: an ended run is rolled back while the other imports, two ended runs are rolled back, and a run rolls back
      // itself while the other imports.
      const kind = race % 3;
      const first = kind === 2 ? undefined : await started(one, workflowOf(name('A'), waves, false));
      const second = kind === 1 ? await started(other, workflowOf(name('B'), waves, false)) : undefined;
      const [mine, theirs] = await Promise.all([
        first === undefined
          ? one.call('workflow_run', { workflow: workflowOf(name('A'), waves, true) })
          : one.call('workflow_rollback', { executionId: first.executionId ?? null }),
        second === undefined
          ? other.call('workflow_run', { workflow: workflowOf(name('B'), waves.toReversed(), false) })
          : other.call('workflow_rollback', { executionId: second.executionId ?? null }),
      ]);
      const named = `${JSON.stringify(mine)}${JSON.stringify(theirs)}`;
      const played = await playedNow(one);
      const lost = [...played].filter(({ file }) => !existsSync(file));
      expect(lost, `race ${race}: sources whose file is gone`).toEqual([]);
      // What a source plays is what was imported, byte for byte.
      const content = new Map(waves.map((wave) => [basename(wave), hashOf(wave)]));
      const wrong = played.filter(({ file }) => {
        const wanted = content.get(basename(file));
        return wanted !== undefined && hashOf(file) !== wanted;
      });
      expect(wrong, `race ${race}: sources that play something else`).toEqual([]);
      const sounds = new Set(played.map(({ sound }) => sound));
      const missing = (who: string) =>
        waves.map((_, index) => name(who)(index)).filter((sound) => !sounds.has(sound));
      // Who only made something has all of it; of what was rolled back nothing is there but what is named.
      if (second === undefined)
        expect({ race, theirs, missing: missing('B') }).toMatchObject({ missing: [] });
      expect(leftUnnamed('A', race, sounds, mine), `race ${race}: Sounds left and not named`).toEqual([]);
      if (second !== undefined)
        expect(leftUnnamed('B', race, sounds, theirs), `race ${race}: Sounds left, not named`).toEqual([]);
      const files = new Set(played.map(({ file }) => file));
      const left = originalsNow().filter((file) => content.has(basename(file)) && !files.has(file));
      expect(
        left.filter((file) => !named.includes(JSON.stringify(file).slice(1, -1))),
        `race ${race}: left and not named`,
      ).toEqual([]);
      expect(originalsNow().filter((file) => basename(file).includes('wwiseflow'))).toEqual([]);
      rolledBack += asJsonArray(reportOf(mine).removedFiles).length;
      shared += asJsonArray(reportOf(mine).notRolledBack).length;
    }
    // The races were some: files were removed, and files were left for the other.
    expect(rolledBack + shared).toBeGreaterThan(0);
  });
});

/** Sounds of a run that was rolled back which are there although their nodes are not in notRolledBack. */
function leftUnnamed(
  who: string,
  race: number,
  sounds: ReadonlySet<string>,
  answer: JsonObject,
): readonly string[] {
  const named = new Set(
    asJsonArray(reportOf(answer).notRolledBack).map((one) => String(asJsonObject(one).node)),
  );
  const prefix = `${who}_${race}_`;
  return [...sounds].filter(
    (sound) => sound.startsWith(prefix) && !named.has(`n${sound.slice(prefix.length)}`),
  );
}

function wavesOf(race: number): readonly string[] {
  return Array.from({ length: imports }, (_, index) => {
    const wave = join(
      dir,
      'waves',
      `${race}`,
      `step_${race}_${String.fromCharCode(97 + (index % 26))}${index}.wav`,
    );
    writeTone(wave, { frequencyHz: 100 + race * imports + index });
    return wave;
  });
}

/** The last node fails where the run is to roll back. */
function workflowOf(name: (index: number) => string, waves: readonly string[], fails: boolean): JsonObject {
  const nodes = waves.map((filePath, index) => ({
    id: `n${index}`,
    type: 'audio_import',
    data: { filePath, parentPath: containers, name: name(index) },
  }));
  const last = {
    id: 'last',
    type: 'set_notes',
    data: { objectId: fails ? `${containers}\\nowhere` : '$from:n0:$output:objectId', notes: 'x' },
  };
  return {
    onError: fails ? 'rollback' : 'stop',
    nodes: [...nodes, last],
    edges: nodes.map(({ id }) => ({ source: id, target: 'last' })),
  };
}

async function started(client: StdioClient, workflow: JsonObject): Promise<JsonObject> {
  const result = await client.call('workflow_run', { workflow });
  expect(result).toMatchObject({ ok: true });
  return asJsonObject(result.data);
}

/** Every source with the file it plays. */
async function playedNow(client: StdioClient): Promise<readonly { sound: string; file: string }[]> {
  const rows: { sound: string; file: string }[] = [];
  for (let start = 0; ; start += 100) {
    const { data } = await client.call('waapi_read', {
      uri: 'ak.wwise.core.object.get',
      args: { waql: `$ from type AudioFileSource skip ${start} take 100` },
      options: { return: ['parent.name', 'originalFilePath'] },
    });
    const page = asJsonArray(asJsonObject(asJsonObject(data).result).return).map(asJsonObject);
    if (page.length === 0) return rows;
    for (const row of page)
      rows.push({ sound: asString(row['parent.name']) ?? '', file: asString(row.originalFilePath) ?? '' });
  }
}

function originalsNow(): readonly string[] {
  const root = join(dir, 'Game', 'Originals');
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function reportOf(answer: JsonObject): JsonObject {
  const failed = asJsonObject(asJsonObject(answer.details).rollback);
  return answer.ok === true ? asJsonObject(answer.data) : { ...asJsonObject(answer.details), ...failed };
}

function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
