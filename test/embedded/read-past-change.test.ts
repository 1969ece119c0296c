import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asJsonArray } from '../../src/core/json.ts';
import {
  type CallOrder,
  createCallOrder,
  inTurnOnly,
  notPastRunning,
} from '../../src/embedded/calls/call-order.ts';
import type { Engine } from '../../src/embedded/engine.ts';
import { freshProject } from '../harness/fresh-project.ts';
import { inLongTurns } from '../harness/long-turns.ts';
import { startEngine } from '../harness/start-engine.ts';
import { tempDir } from '../harness/temp-dir.ts';

const set = 'ak.wwise.core.object.set';
const get = 'ak.wwise.core.object.get';
const workUnit = '\\Containers\\Default Work Unit';

describe('while a change takes long', () => {
  let engine: Engine;
  beforeEach(async () => {
    const dir = tempDir('read-past-change');
    const projectPath = join(dir, 'Game', 'Game.wproj');
    freshProject(projectPath);
    engine = await startEngine(projectPath, dir);
  });
  afterEach(() => engine.close());

  it('short reads of others are answered, and say what they may have seen a part of; its own wait', async () => {
    const [a, b] = [engine.openSession(), engine.openSession()];
    b.takeNotices();
    const ends: string[] = [];
    const children = Array.from({ length: 20_000 }, (_, at) => ({ type: 'Sound', name: `Sound_${at}` }));
    const change = a
      .call(set, { objects: [{ object: workUnit, children }] }, { return: ['id'] })
      .then(() => ends.push('change'));
    const own = a.call(get, { waql: `$ "${workUnit}" select children` }, { return: ['id'] });
    const ownEnd = own.then(() => ends.push('own read'));
    const seen = await b.call(get, { waql: '$ "\\Containers"' }, { return: ['name'] });
    ends.push('read of others');
    const notices = b.takeNotices();
    await Promise.all([change, ownEnd]);
    expect(ends).toEqual(['read of others', 'change', 'own read']);
    expect(seen.return).toEqual([{ name: 'Containers' }]);
    expect(notices.join()).toContain('a change of another client was under way');
    expect(asJsonArray((await own).return)).toHaveLength(20_000);
    // Who asks when it is over is not warned.
    await b.call(get, { waql: '$ "\\Containers"' }, { return: ['name'] });
    expect(b.takeNotices()).toEqual([]);
  });

  it('and fails, what others saw of it is gone', async () => {
    const [a, b] = [engine.openSession(), engine.openSession()];
    const children = Array.from({ length: 12_000 }, (_, at) => ({ type: 'Sound', name: `Sound_${at}` }));
    const failing = a.call(
      set,
      { objects: [{ object: workUnit, children: [...children, { type: 'Nonsense', name: 'X' }] }] },
      {},
    );
    const count = async (): Promise<number> =>
      asJsonArray(
        (await b.call(get, { waql: `$ "${workUnit}" select children take 50` }, { return: ['id'] })).return,
      ).length;
    const during = count();
    await expect(failing).rejects.toThrow('Type Nonsense is unknown.');
    expect(await during).toBeLessThanOrEqual(50);
    expect(await count()).toBe(0);
  });
});

/** An order with a clock of its own; what was run is noted by name. */
function ordered(): {
  order: CallOrder;
  ran: string[];
  pass(ms: number): void;
  noted(name: string): () => Promise<void>;
} {
  let nowMs = 0;
  const ran: string[] = [];
  return {
    order: createCallOrder({ afterEach: async () => {}, nowMs: () => nowMs }),
    ran,
    pass(ms) {
      nowMs += ms;
    },
    noted: (name) => async () => {
      ran.push(name);
    },
  };
}

describe('a change that lets others read', () => {
  it('does so after a quarter of a second, and again after the next', async () => {
    const { order, ran, pass, noted } = ordered();
    const reads: Promise<void>[] = [];
    await order.change(1, async () => {
      reads.push(order.read(2, noted('first')));
      await order.letReadsPass();
      ran.push('too early');
      pass(251);
      await order.letReadsPass();
      reads.push(order.read(2, noted('second')));
      await order.letReadsPass();
      ran.push('too early again');
      pass(251);
      await order.letReadsPass();
      ran.push('over');
    });
    await Promise.all(reads);
    expect(ran).toEqual(['too early', 'first', 'too early again', 'second', 'over']);
  });

  it('keeps those that must see no half of it, those behind a change of their own, and its own', async () => {
    const { order, ran, pass, noted } = ordered();
    const others: Promise<void>[] = [];
    await order.change(1, async () => {
      others.push(order.read(1, noted('own')));
      others.push(order.change(2, noted('change')), order.read(2, noted('behind a change')));
      others.push(order.read(3, inTurnOnly(noted('long'))), order.read(3, notPastRunning(noted('whole'))));
      others.push(order.read(3, noted('short')));
      pass(1_000);
      await order.letReadsPass();
      ran.push('over');
    });
    await Promise.all(others);
    expect(ran).toEqual(['short', 'over', 'own', 'change', 'behind a change', 'long', 'whole']);
  });
});

describe('twenty times as many calls that wait', () => {
  it('take about twenty times as long', async () => {
    const cpuMs = async (count: number): Promise<number> => {
      const { order, noted } = ordered();
      const { user } = process.cpuUsage();
      const calls = Array.from({ length: count }, (_, at) =>
        at % 3 === 0 ? order.change(at % 5, noted('change')) : order.read(at % 7, noted('read')),
      );
      await Promise.all(calls);
      return (process.cpuUsage().user - user) / 1_000;
    };
    await cpuMs(2_000);
    const few = await cpuMs(2_000);
    // Were each to look at all the others, it would be four hundred times.
    expect(await cpuMs(40_000)).toBeLessThan(Math.max(few, 5) * 100);
  });
});

describe('a save that writes much', () => {
  it('lets short reads of others pass while it writes', async () => {
    const dir = tempDir('read-past-save');
    const projectPath = join(dir, 'Game', 'Game.wproj');
    freshProject(projectPath);
    const engine = await startEngine(projectPath, dir);
    const [a, b] = [engine.openSession(), engine.openSession()];
    await a.call(set, { objects: [{ object: workUnit, notes: 'x'.repeat(30_000_000) }] }, {});
    b.takeNotices();
    let hasBegun = false;
    let passed = 0;
    // A turn of the clock of these tests is longer than what others are kept waiting for.
    await inLongTurns(async () => {
      let isOver = false;
      const saving = a.call('ak.wwise.core.project.save', {}, {}).then(() => {
        isOver = true;
      });
      while (!isOver) {
        await b.call(get, { waql: '$ "\\Containers"' }, { return: ['name'] });
        hasBegun ||= readdirSync(join(dir, 'Game')).some((name) => /save/i.test(name));
        if (hasBegun && !isOver) passed += 1;
      }
      await saving;
    });
    expect(hasBegun).toBe(true);
    expect(passed).toBeGreaterThan(1);
    expect(b.takeNotices().join()).toContain('a change of another client was under way');
    await engine.close();
  });
});
