import { describe, expect, it } from 'vitest';
import { createUndoGate, touchesProject } from '../../../src/wwise/undo/undo-gate.ts';

describe('the gate between undo groups and other changes', () => {
  it('lets one edit in at a time, so that none becomes part of the undo step of another', async () => {
    const gate = createUndoGate();
    const first = await gate.enter(undefined);
    const order: string[] = [];
    const second = gate.enter(undefined, 1).then((leave) => {
      order.push('second');
      leave();
    });
    await new Promise((resolve) => setTimeout(resolve, 5));
    order.push('first is done');
    first();
    await second;
    expect(order).toEqual(['first is done', 'second']);
  });

  it('keeps a change out until the group is closed, and a group until the changes are done', async () => {
    const gate = createUndoGate();
    const order: string[] = [];
    const closeGroup = await gate.openGroup(undefined);
    const change = gate.enter(undefined).then((leave) => {
      order.push('change');
      return leave;
    });
    order.push('group closes');
    closeGroup();
    const leave = await change;
    const next = gate.openGroup(undefined).then((close) => {
      order.push('next group');
      close();
    });
    await Promise.resolve();
    order.push('change is done');
    leave();
    await next;
    expect(order).toEqual(['group closes', 'change', 'change is done', 'next group']);
  });

  it('says to whoever must not wait that it would have to', async () => {
    const gate = createUndoGate();
    const leave = gate.enterNow();
    expect(leave).toBeDefined();
    expect([gate.enterNow(), gate.openGroupNow()]).toEqual([undefined, undefined]);
    leave?.();
    const close = gate.openGroupNow();
    expect(close).toBeDefined();
    expect([gate.enterNow(), gate.openGroupNow()]).toEqual([undefined, undefined]);
    // A group that waits goes before edits, also before those that do not wait.
    const next = gate.openGroup(undefined);
    close?.();
    expect(gate.enterNow()).toBeUndefined();
    (await next)();
    expect(gate.enterNow()).toBeDefined();
  });

  it('lets one group in at a time', async () => {
    const gate = createUndoGate();
    let open = 0;
    let most = 0;
    const group = async () => {
      const close = await gate.openGroup(undefined);
      open += 1;
      most = Math.max(most, open);
      await Promise.resolve();
      open -= 1;
      close();
    };
    await Promise.all([group(), group(), group()]);
    expect(most).toBe(1);
  });

  it('lets a waiting group go before changes that come later', async () => {
    const gate = createUndoGate();
    const leave = await gate.enter(undefined);
    const order: string[] = [];
    const group = gate.openGroup(undefined).then((close) => {
      order.push('group');
      close();
    });
    const later = gate.enter(undefined).then((done) => {
      order.push('change');
      done();
    });
    leave();
    await Promise.all([group, later]);
    expect(order).toEqual(['group', 'change']);
  });

  it('refuses clearly when a group stays open too long, and the next one is let in all the same', async () => {
    const gate = createUndoGate();
    const close = await gate.openGroup(undefined);
    await expect(gate.enter(undefined, 5)).rejects.toMatchObject({ code: 'WAAPI_LOCKED', retryable: true });
    close();
    (await gate.enter(undefined, 5))();
  });

  it('gives up waiting when it is cancelled, and is in nobody’s way then', async () => {
    const gate = createUndoGate();
    const leave = await gate.enter(undefined);
    const control = new AbortController();
    const group = gate.openGroup(control.signal);
    control.abort();
    await expect(group).rejects.toMatchObject({ code: 'CANCELLED' });
    leave();
    (await gate.enter(undefined, 5))();
    const close = await gate.openGroup(undefined);
    await expect(gate.enter(AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
    close();
  });

  it('concerns what changes the project, not what plays or profiles it', () => {
    expect(touchesProject('ak.wwise.core.object.set')).toBe(true);
    expect(touchesProject('ak.wwise.core.project.save')).toBe(true);
    expect(touchesProject('ak.soundengine.postEvent')).toBe(false);
    expect(touchesProject('ak.wwise.core.transport.executeAction')).toBe(false);
  });
});
