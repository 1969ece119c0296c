import { howManyFit, PROGRAM_LIST_BYTES } from '../../core/answers/budget.ts';
import { pageFrom, pageStart } from '../../core/answers/page.ts';
import { WwiseFlowError } from '../../core/errors.ts';
import { type Result, success } from '../../core/result.ts';
import type { MemoEntry, MemoFilter, MemoStore } from '../../core/stores/memo-store.ts';
import { type Answer, found } from '../answered.ts';

/** What is remembered of earlier calls, so that they are not done again. */
export interface MemoService {
  /** The entry of this key or of one that begins so, or a page of those that fit, the newest first. */
  inspect(
    asked:
      | { readonly idemKey: string }
      | (Omit<MemoFilter, 'offset'> & { readonly idemKey?: undefined; readonly cursor?: string | undefined }),
  ): Promise<Result>;
  /** A page of those that fit for a program, in the order asked for, and how many there are in all. */
  list(
    filter: MemoFilter,
  ): Promise<Result<{ readonly entries: readonly MemoEntry[]; readonly total: number }>>;
  /** Forgets these keys, or every entry that fits. Fails with INVALID_INPUT when the input does not say which. */
  forget(asked: {
    readonly idemKeys?: readonly string[] | undefined;
    readonly command?: string | undefined;
    readonly text?: string | undefined;
  }): Promise<Result>;
}

/** The memo over its store. */
export function createMemoService(memo: MemoStore, answer: Answer): MemoService {
  return {
    inspect: (asked) =>
      answer(async () => {
        if (asked.idemKey !== undefined) {
          const { entries, total } = await memo.find({ key: asked.idemKey, limit: MOST_ALIKE, offset: 0 });
          return success({ entries: [...entries], total, cursor: null });
        }
        const { cursor, command, text, state, limit } = asked;
        const wanted = { cursor, command, text, state, limit };
        const offset = pageStart('memo_inspect', wanted);
        const { entries, total } = await memo.find({ command, text, state, limit, offset });
        const { items, ...rest } = pageFrom('memo_inspect', wanted, entries, total);
        return success({ entries: items, ...rest });
      }),
    list: (filter) =>
      answer(async () => {
        const { entries, total } = await memo.find(filter);
        return found({ entries: entries.slice(0, howManyFit(entries, PROGRAM_LIST_BYTES)), total });
      }),
    forget: ({ idemKeys, command, text }) =>
      answer(async () => {
        if (idemKeys === undefined) return success({ forgotten: await forgetAll({ command, text }, memo) });
        const known = new Set<string>();
        const unknown: string[] = [];
        for (const begin of idemKeys) {
          const { entries } = await memo.find({ key: begin, limit: MOST_ALIKE, offset: 0 });
          if (entries.length === 0) unknown.push(begin);
          for (const { key } of entries) known.add(key);
        }
        for (const key of known) await memo.forget(key);
        return success({ forgotten: known.size, unknown });
      }),
  };
}

/** Keys that begin alike: twelve characters are those of one key but by a rare chance. */
const MOST_ALIKE = 10;

async function forgetAll(filter: Pick<MemoFilter, 'command' | 'text'>, memo: MemoStore): Promise<number> {
  if (filter.command === undefined && filter.text === undefined) {
    throw new WwiseFlowError('INVALID_INPUT', 'memo_forget needs to know what to forget.', {
      hint: 'Give idemKeys, command or text; memo_inspect shows what there is.',
    });
  }
  let forgotten = 0;
  for (;;) {
    const { entries } = await memo.find({ ...filter, limit: 500, offset: 0 });
    if (entries.length === 0) return forgotten;
    for (const { key } of entries) await memo.forget(key);
    forgotten += entries.length;
  }
}
