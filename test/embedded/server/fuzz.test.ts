import { describe, expect, it } from 'vitest';
import { silentLog } from '../../../src/core/log.ts';
import { startWaapiServer } from '../../../src/embedded/server/start-waapi-server.ts';
import { withEngine } from '../../harness/engine.ts';
import { fuzzBounds } from '../../harness/fuzz/bounds.ts';
import { fuzzDoors } from '../../harness/fuzz/doors.ts';

describe('the doors under random messages', () => {
  const bounds = fuzzBounds({ few: 500, many: 20_000 });

  it('serve well-behaved clients all the while, within bounds of memory', () =>
    withEngine(async (room) => {
      const server = await startWaapiServer({
        ...{ engine: room.engine, wampPort: 0, httpPort: 0, log: silentLog },
      });
      try {
        const doors = { wampUrl: server.wampUrl ?? '', httpUrl: server.httpUrl ?? '' };
        const before = process.memoryUsage().rss;
        const outcome = await fuzzDoors(doors, { ...bounds, messages: bounds.inputs });
        expect(outcome.wamp + outcome.http).toBeGreaterThan(0);
        expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024);
        bounds.tell('doors', { ...outcome });
      } finally {
        await server.close();
      }
    }));
});
