import type { Json } from '../../../core/json.ts';
import type { Waapi } from '../../connection/waapi.ts';
import { absent, type Cell, type Change, hasChanged, keyOfCell, present } from './change.ts';
import { type CellValues, readCells } from './read-cells.ts';
import type { Made } from './touched.ts';
import { withOwn } from './with-own.ts';

/** What the calls of a command changed, for a journal, as long as the command goes on: it may be cut off. */
export interface Progress {
  /** A call that was answered. `answered`: all GUIDs in answers so far. */
  add(cells: readonly Cell[], made: readonly Made[], answered: ReadonlySet<string>): void;
  /** Before a further call: reports what the calls since the last time changed. */
  report(): Promise<void>;
}

export interface ProgressParts {
  readonly waapi: Waapi;
  readonly onProgress: ((changes: readonly Change[]) => Promise<void>) | undefined;
  /** What a cell was before the first call that touched it. */
  valueBefore(key: string): Json | undefined;
}

export function createProgress({ waapi, onProgress, valueBefore }: ProgressParts): Progress {
  const latest: CellValues = new Map();
  let cells = new Map<string, Cell>();
  let made: Made[] = [];
  let answered: ReadonlySet<string> = new Set();
  if (onProgress === undefined) return { add: () => {}, report: async () => {} };
  return {
    add: (touched, more, ids) => {
      for (const cell of touched) cells.set(cell.kind === 'unseen' ? cell.why : keyOfCell(cell), cell);
      made.push(...more);
      answered = ids;
    },
    report: async () => {
      if (cells.size === 0 && made.length === 0) return;
      const asked = [...cells.values()].filter(({ kind }) => kind !== 'unseen');
      const now = asked.length === 0 ? new Map<string, Json>() : await readCells(asked, waapi);
      const objects = made.map(
        ({ id }): Change => ({ cell: { kind: 'object', id }, before: absent, after: present }),
      );
      const values = [...cells.values()].flatMap((cell): readonly Change[] => {
        if (cell.kind === 'unseen') return [{ cell, before: null, after: null }];
        const key = keyOfCell(cell);
        const before = latest.get(key) ?? valueBefore(key);
        const after = now.get(key);
        if (after !== undefined) latest.set(key, after);
        if (before === undefined) return [{ cell: unread, before: null, after: null }];
        return hasChanged(cell, before, after)
          ? [after === undefined ? { cell, before } : { cell, before, after }]
          : [];
      });
      const below = new Map(made.map(({ id, below: ids }) => [id, ids]));
      const changes = await withOwn(
        [...objects, ...values],
        { below: (id) => below.get(id), answered },
        waapi,
      );
      cells = new Map();
      made = [];
      if (changes.length > 0) await onProgress(changes);
    },
  };
}

const unread: Cell = { kind: 'unseen', why: 'What was there before could not be read.' };
