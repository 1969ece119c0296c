import { describe, expect, it } from 'vitest';
import { silentLog } from '../../../src/core/log.ts';
import { startWaapiServer } from '../../../src/embedded/server/start-waapi-server.ts';
import { withEngine } from '../../harness/engine.ts';
import { fuzzBounds } from '../../harness/fuzz/bounds.ts';
import { fuzzTransports } from '../../harness/fuzz/transports.ts';

describe('the transports under random messages', () => {
  const bounds = fuzzBounds({ few: 500, many: 20_000 });

  it('serve well-behaved clients all the while, within bounds of memory', () =>
    withEngine(async (room) => {
      const server = await startWaapiServer({
        ...{ engine: room.engine, wampPort: 0, httpPort: 0, log: silentLog },
      });
      try {
        const transports = { wampUrl: server.wampUrl ?? '', httpUrl: server.httpUrl ?? '' };
        const before = process.memoryUsage().rss;
        const outcome = await fuzzTransports(transports, { ...bounds, messages: bounds.inputs });
        expect(outcome.wamp + outcome.http).toBeGreaterThan(0);
        expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024);
        bounds.report('transports', { ...outcome });
      } finally {
        await server.close();
      }
    }));
});
