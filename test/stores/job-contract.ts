import { expect, it } from 'vitest';
import type { Job, JobOutcome, JobStore, JobTaker, NewJob } from '../../src/core/stores/job-store.ts';

/** A new store of jobs, and a lane of it that is held with rising epochs. */
export interface JobPlace {
  readonly jobs: JobStore;
  /** Takes the lane `l` for another worker. */
  take(worker: string): Promise<JobTaker>;
}

const job = (id: string, more: Partial<NewJob> = {}): NewJob => ({
  ...{ id, workspace: 'default', queue: 'q', priority: 100, mostAttempts: 3, timeoutMs: 1_000, how: {} },
  ...more,
});
const run = (executionId: string) => ({
  ...{ executionId, workflowId: 'w', name: null, planHash: 'h', plan: {}, input: null, caller: null },
  ...{ owner: '0:q', startedAtMs: 1, journalVersion: 4 },
});
const outcome = (state: JobOutcome['state'], more: Partial<JobOutcome> = {}): JobOutcome => ({
  ...{ state, code: null, error: null, afterMs: 0 },
  ...more,
});
const ids = (jobs: readonly Job[]): readonly string[] => jobs.map(({ id }) => id);

/** What every store of jobs promises; `withJobs` opens a new one, empty. */
export function describeJobs(withJobs: (work: (place: JobPlace) => Promise<void>) => Promise<void>): void {
  it('give a job to one worker, again to the same, and to the next one where that is gone', () =>
    withJobs(async ({ jobs, take }) => {
      const first = await take('first');
      await jobs.submit(job('exec_1'), run('exec_1'));
      await jobs.submit(job('exec_1', { priority: 5 }), run('exec_1'));
      expect(await jobs.get('exec_1')).toMatchObject({ state: 'waiting', priority: 100, attempts: 0 });
      expect(await jobs.claim('exec_1', first)).toMatchObject({ attempts: 1, takeovers: 0, lane: 'l' });
      // The answer to the first claim may have been lost with the link.
      expect(ids(await jobs.due('q', first.hold, 10))).toEqual(['exec_1']);
      expect(await jobs.claim('exec_1', first)).toMatchObject({ attempts: 1, takeovers: 0 });
      const second = await take('second');
      expect(await jobs.claim('exec_1', second)).toMatchObject({ attempts: 1, takeovers: 1 });
      expect(await jobs.claim('exec_1', first)).toBeUndefined();
      expect(await jobs.settle('exec_1', first, outcome('done'))).toBe(false);
      expect(await jobs.settle('exec_1', second, outcome('done'))).toBe(true);
      expect(await jobs.claim('exec_1', second)).toBeUndefined();
      expect(await jobs.get('exec_1')).toMatchObject({ state: 'done', worker: 'second' });
    }));

  it('begin what is due in the order of priorities, and not before its time', () =>
    withJobs(async ({ jobs, take }) => {
      const worker = await take('one');
      for (const [id, priority] of [
        ['exec_1', 9],
        ['exec_2', 1],
        ['exec_3', 5],
      ] as const)
        await jobs.submit(job(id, { priority }), run(id));
      expect(ids(await jobs.due('q', worker.hold, 10))).toEqual(['exec_2', 'exec_3', 'exec_1']);
      expect(await jobs.due('other', worker.hold, 10)).toEqual([]);
      await jobs.claim('exec_2', worker);
      await jobs.settle('exec_2', worker, outcome('waiting', { code: 'TIMEOUT', afterMs: 3_600_000 }));
      expect(ids(await jobs.due('q', worker.hold, 10))).toEqual(['exec_3', 'exec_1']);
      expect(await jobs.claim('exec_2', worker)).toBeUndefined();
      expect(await jobs.counts('q', 0)).toMatchObject({ waiting: 2, active: 0, dead: 0, ended: 0 });
    }));

  it('count no attempt that was no fault of the job, and begin anew after a wait', () =>
    withJobs(async ({ jobs, take }) => {
      const worker = await take('one');
      await jobs.submit(job('exec_1'), run('exec_1'));
      await jobs.claim('exec_1', worker);
      await jobs.settle('exec_1', worker, outcome('waiting', { isNoAttempt: true }));
      expect(await jobs.claim('exec_1', worker)).toMatchObject({ attempts: 2, mostAttempts: 4 });
      await jobs.settle('exec_1', worker, outcome('suspended'));
      expect(await jobs.claim('exec_1', worker)).toMatchObject({ attempts: 1 });
    }));

  it('cancel at once what nobody executes, and else ask for its end', () =>
    withJobs(async ({ jobs, take }) => {
      const worker = await take('one');
      for (const id of ['exec_1', 'exec_2']) await jobs.submit(job(id), run(id));
      await jobs.claim('exec_2', worker);
      expect(await jobs.cancel('exec_1')).toMatchObject({ state: 'cancelled' });
      expect(await jobs.cancel('exec_2')).toMatchObject({ state: 'active', isCancelled: true });
      expect(await jobs.cancelledAmong(['exec_2', 'exec_3'])).toEqual(['exec_2']);
      expect(await jobs.cancel('exec_3')).toBeUndefined();
    }));

  it('keep what is dead until it is done again or discarded, and count what failed by workspace', () =>
    withJobs(async ({ jobs, take }) => {
      const worker = await take('one');
      for (const id of ['exec_1', 'exec_2', 'exec_3']) {
        await jobs.submit(job(id, { workspace: id === 'exec_3' ? 'b' : 'default' }), run(id));
        await jobs.claim(id, worker);
        const dead = outcome('dead', { code: 'TIMEOUT', error: 'late' });
        await jobs.settle(id, worker, id === 'exec_3' ? outcome('done') : dead);
      }
      expect(ids(await jobs.list({ workspace: 'default', state: 'dead', limit: 10 }))).toEqual([
        'exec_2',
        'exec_1',
      ]);
      expect(await jobs.counts('q', 0)).toMatchObject({ dead: 2, ended: 3, failed: 2 });
      const failures = [...(await jobs.failures(0))].sort((a, b) => (a.workspace < b.workspace ? -1 : 1));
      expect(failures).toEqual([
        { workspace: 'b', ended: 1, failed: 0 },
        { workspace: 'default', ended: 2, failed: 2 },
      ]);
      expect(await jobs.submitAgain(job('exec_1', { how: { force: true } }))).toBe(true);
      expect(await jobs.submitAgain(job('exec_1'))).toBe(false);
      expect(await jobs.get('exec_1')).toMatchObject({ state: 'waiting', attempts: 0, how: { force: true } });
      expect([await jobs.discard('exec_1'), await jobs.discard('exec_2')]).toEqual([false, true]);
      expect(ids(await jobs.list({ workspace: null, limit: 10 }))).toHaveLength(3);
      expect(await jobs.forgetEndedBefore(Date.now() + 3_600_000)).toBe(2);
    }));
}
