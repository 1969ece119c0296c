import { expect, it } from 'vitest';
import type { LaneHold, LaneStore } from '../../src/core/stores/lane-store.ts';

/** What every store of lanes promises; `withLanes` opens a new one, empty. */
export function describeLanes(withLanes: (work: (lanes: LaneStore) => Promise<void>) => Promise<void>): void {
  it('give a lane to one at a time, and a working copy to its own host only', () =>
    withLanes(async (lanes) => {
      const takes = ['a', 'b', 'c'].map((owner) => lanes.take('l', { owner, host: null }, 60_000));
      const [hold, ...more] = (await Promise.all(takes)).filter((taken) => taken !== undefined);
      expect(more).toEqual([]);
      if (hold === undefined) throw new Error('nobody has it');
      expect(await lanes.isHeld(hold)).toBe(true);
      expect(await lanes.extend(hold, 60_000)).toBe(true);
      await lanes.release(hold);
      expect(await lanes.isHeld(hold)).toBe(false);
      const next = await taken(lanes, 'd', 'here');
      expect(next.epoch).toBeGreaterThan(hold.epoch);
      expect(await lanes.extend(hold, 60_000)).toBe(false);
      await lanes.release(next);
      expect(await lanes.take('l', { owner: 'e', host: 'elsewhere' }, 1)).toBeUndefined();
      const last = await taken(lanes, 'f', 'here');
      expect(last.epoch).toBeGreaterThan(next.epoch);
      expect(await lanes.list()).toMatchObject([{ lane: 'l', owner: 'f', host: 'here', epoch: last.epoch }]);
    }));

  it('let nobody wait for one whose time is over, and give it to its own holder at once', () =>
    withLanes(async (lanes) => {
      const slow = await taken(lanes, 'slow', null, 1);
      const other = await taken(lanes, 'other', null);
      expect(await lanes.isHeld(slow)).toBe(false);
      expect(await lanes.take('l', { owner: 'slow', host: null }, 1)).toBeUndefined();
      const again = await lanes.take('l', { owner: 'other', host: null }, 60_000);
      expect(again?.epoch).toBeGreaterThan(other.epoch);
    }));
}

/** Takes the lane as soon as it is free. */
async function taken(
  lanes: LaneStore,
  owner: string,
  host: string | null,
  forMs = 60_000,
): Promise<LaneHold> {
  for (;;) {
    const hold = await lanes.take('l', { owner, host }, forMs);
    if (hold !== undefined) return hold;
  }
}
