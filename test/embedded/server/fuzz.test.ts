import { describe, expect, it } from 'vitest';
import { silentLog } from '../../../src/base/log.ts';
import { startWaapiServer } from '../../../src/embedded/server/start-waapi-server.ts';
import { withEngine } from '../../harness/engine.ts';
import { fuzzDoors } from '../../harness/fuzz-doors.ts';

/** WWISEFLOW_FUZZ_MS lets it run for longer than a test should. */
const limitMs = Number(process.env.WWISEFLOW_FUZZ_MS ?? 4000);

describe('the doors under random messages', () => {
  it(
    'serve well-behaved clients all the while, within bounds of memory',
    () =>
      withEngine(async (room) => {
        const server = await startWaapiServer({
          ...{ engine: room.engine, wampPort: 0, httpPort: 0, log: silentLog },
        });
        try {
          const doors = { wampUrl: server.wampUrl ?? '', httpUrl: server.httpUrl ?? '' };
          const before = process.memoryUsage().rss;
          const clients = limitMs > 4000 ? 1_000_000 : 1500;
          const outcome = await fuzzDoors(doors, {
            clients,
            limitMs,
            seed: Number(process.env.WWISEFLOW_FUZZ_SEED ?? 7),
          });
          expect(outcome.messages).toBeGreaterThan(0);
          expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024);
        } finally {
          await server.close();
        }
      }),
    limitMs + 60_000,
  );
});
