import { type Result, success } from '../../bus/result.ts';
import { WwiseFlowError } from '../../core/errors.ts';
import type { MemoFilter, MemoStore } from '../../core/stores/memo-store.ts';
import type { Answer } from '../answered.ts';
import { pageOf } from '../library/page.ts';

/** What is remembered of earlier calls, so that they are not done again. */
export interface MemoService {
  /** The entry of this key, or a page of those that fit, the newest first. */
  inspect(
    asked:
      | { readonly idemKey: string }
      | (Omit<MemoFilter, 'offset'> & { readonly idemKey?: undefined; readonly cursor?: string | undefined }),
  ): Promise<Result>;
  /** Forgets these keys, or every entry that fits. Fails with INVALID_INPUT when it is not told which. */
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
          const entry = await memo.get(asked.idemKey);
          const entries = entry === undefined ? [] : [entry];
          return success({ entries, total: entries.length, cursor: null });
        }
        const { cursor, command, text, state, limit } = asked;
        const offset = Number(cursor ?? 0);
        const { entries, total } = await memo.find({ command, text, state, limit, offset });
        const { rows } = pageOf('entries', entries, 0);
        const end = offset + rows.length;
        return success({
          entries: rows,
          total,
          cursor: end < total && rows.length > 0 ? String(end) : null,
        });
      }),
    forget: ({ idemKeys, command, text }) =>
      answer(async () => {
        if (idemKeys === undefined) return success({ forgotten: await forgetAll({ command, text }, memo) });
        const known = new Set((await memo.getMany(idemKeys)).map(({ key }) => key));
        for (const key of known) await memo.forget(key);
        return success({ forgotten: known.size, unknown: idemKeys.filter((key) => !known.has(key)) });
      }),
  };
}

async function forgetAll(filter: Pick<MemoFilter, 'command' | 'text'>, memo: MemoStore): Promise<number> {
  if (filter.command === undefined && filter.text === undefined) {
    throw new WwiseFlowError('INVALID_INPUT', 'memo_forget was not told what to forget.', {
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
