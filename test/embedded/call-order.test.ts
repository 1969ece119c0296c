import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { generateProject } from '../../bench/embedded-generated-project.ts';
import { asJsonArray, asJsonObject } from '../../src/core/json.ts';
import type { Engine, EngineSession } from '../../src/embedded/engine.ts';
import { CallAbandoned } from '../../src/wwise/connection/backend.ts';
import { lengthenTurns, turnsWhile } from '../harness/long-turns.ts';
import { startEngine } from '../harness/start-engine.ts';
import { tempDir } from '../harness/temp-dir.ts';

const get = 'ak.wwise.core.object.get';
const notes = 'ak.wwise.core.object.setNotes';
const object = '\\Containers\\Default Work Unit';
/** Looks at everything many times over. */
const longQuery = `$ from type Sound ${'select this, this '.repeat(5)}where name = "nothing"`;

let engine: Engine;
beforeAll(async () => {
  const dir = tempDir('call-order');
  engine = await startEngine(generateProject(dir, 12_000), dir);
});
afterAll(() => engine.close());

let shortenTurns = (): void => {};
beforeEach(() => {
  shortenTurns = lengthenTurns();
});
afterEach(() => shortenTurns());

/** Calls whose ends are noted, by name, in the order they come. */
function noted(): { ends: string[]; note<T>(name: string, call: Promise<T>): Promise<T> } {
  const ends: string[] = [];
  return { ends, note: (name, call) => call.finally(() => ends.push(name)) };
}

const long = (session: EngineSession, signal?: AbortSignal) =>
  session.call(get, { waql: longQuery }, {}, signal);
const notesSeenBy = async (session: EngineSession): Promise<unknown> => {
  const answer = await session.call(get, { waql: `$ "${object}"` }, { return: ['notes'] });
  return asJsonObject(asJsonArray(answer.return)[0]).notes;
};

/** How many turns the event loop makes until a promise is settled. */
function turnsUntil(settled: Promise<unknown>): Promise<number> {
  return turnsWhile(() => settled.catch(() => {}));
}

describe('calls of several sessions', () => {
  it('that only read are answered while a long one of another session goes on', async () => {
    const { ends, note } = noted();
    const [a, b] = [engine.openSession(), engine.openSession()];
    await Promise.all([note('long', long(a)), note('small', notesSeenBy(b))]);
    expect(ends).toEqual(['small', 'long']);
  });

  it('are answered in between even when there are many long ones', async () => {
    const { ends, note } = noted();
    const [a, b] = [engine.openSession(), engine.openSession()];
    const all = Array.from({ length: 6 }, () => note('long', long(a)));
    await note('small', notesSeenBy(b));
    await note('small', notesSeenBy(b));
    await Promise.all(all);
    expect(ends).toHaveLength(8);
    // Two of the long ones go on at a time, and may end meanwhile; the others are not waited for.
    expect(ends.lastIndexOf('small')).toBeLessThan(7);
    expect(ends.slice(0, 5)).toContain('small');
  });

  it('see no change half done: a change waits for the reads before it, and only those of others pass it', async () => {
    const { ends, note } = noted();
    const [a, b, c] = [engine.openSession(), engine.openSession(), engine.openSession()];
    const seen: unknown[] = [];
    await b.call(notes, { object, value: 'before' }, {});
    const calls = [
      note('long', long(a)),
      note('change', b.call(notes, { object, value: 'after' }, {})),
      note('own read', notesSeenBy(b)).then((value) => seen.push(value)),
      note('read of others', notesSeenBy(c)).then((value) => seen.push(value)),
    ];
    await Promise.all(calls);
    expect(ends).toEqual(['read of others', 'long', 'change', 'own read']);
    expect(seen).toEqual(['before', 'after']);
  });

  it('that wait for a change are not passed for ever', async () => {
    const { ends, note } = noted();
    const [a, b, c] = [engine.openSession(), engine.openSession(), engine.openSession()];
    const first = note('first', long(a));
    const change = note('change', b.call(notes, { object, value: 'changed' }, {}));
    const passing = note('passing', long(c));
    await first;
    // Nothing is left of what came before the change: who comes now comes after it.
    const late = note('late', long(a));
    await Promise.all([change, passing, late]);
    expect(ends.indexOf('change')).toBeLessThan(ends.indexOf('late'));
  });
});

describe('a call whose caller gave up', () => {
  it('ends at its next pause when it has only read, so that a change need not wait for the rest', async () => {
    const [a, b] = [engine.openSession(), engine.openSession()];
    const whole = await turnsUntil(long(a));
    const giveUp = new AbortController();
    const abandoned = long(a, giveUp.signal);
    const change = b.call(notes, { object, value: 'after an abandoned read' }, {});
    setImmediate(() => giveUp.abort());
    await expect(abandoned).rejects.toThrow(CallAbandoned);
    expect(await turnsUntil(change)).toBeLessThan(whole / 2);
    expect(await notesSeenBy(b)).toBe('after an abandoned read');
  });

  it('is not begun when it waits for its turn', async () => {
    const [a, b] = [engine.openSession(), engine.openSession()];
    await b.call(notes, { object, value: 'kept' }, {});
    const reading = long(a);
    const giveUp = new AbortController();
    const change = b.call(notes, { object, value: 'unwanted' }, {}, giveUp.signal);
    giveUp.abort();
    await expect(change).rejects.toThrow(CallAbandoned);
    await reading;
    expect(await notesSeenBy(b)).toBe('kept');
  });

  it('ends when its session is closed', async () => {
    const [a, b] = [engine.openSession(), engine.openSession()];
    const abandoned = long(a);
    setImmediate(() => a.close());
    await expect(abandoned).rejects.toThrow(CallAbandoned);
    expect(await notesSeenBy(b)).toBe('kept');
  });
});
