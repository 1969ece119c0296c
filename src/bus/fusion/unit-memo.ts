import type { Json, JsonObject } from '../../core/json.ts';
import type { MemoEntry, MemoStore } from '../../core/stores/memo-store.ts';
import { contentHash } from '../../wwise/files/content-hash.ts';
import type { ProjectFacts } from '../../wwise/project-facts.ts';
import type { CommandContext } from '../command.ts';
import { refreshed } from '../memo/memo.ts';
import { memoKey } from '../memo/memo-key.ts';
import { type Verdict, verifyClaims } from '../memo/verify-claims.ts';
import { claimsOf, inputFilesOf } from '../untyped-command.ts';
import type { InputFile } from './fusion.ts';
import type { Slot } from './slot.ts';

/** A node whose input is known. */
export interface KeyedSlot {
  readonly slot: Slot;
  /** Parsed: defaults filled. */
  readonly input: JsonObject;
  readonly key: string;
}

/** What the memo says about a node. */
export type MemoAnswer =
  | { readonly state: 'hit'; readonly data: JsonObject; readonly claims: readonly JsonObject[] }
  | { readonly state: 'miss' | 'stale' }
  /** Its effect was cut off once; `before` is what the project looked like then. */
  | { readonly state: 'intent'; readonly before: Json };

/** The memo as a fused unit uses it: read and written for many nodes at once, verified with as few queries. */
export interface UnitMemo {
  readonly facts: ProjectFacts;
  /** Rejects when an input file cannot be read. */
  keyed(slot: Slot, input: JsonObject): Promise<KeyedSlot>;
  /** The file with its hash. Rejects like readableFile. */
  hashed(path: string): Promise<InputFile>;
  /** The same when it was asked for before. */
  file(path: string): InputFile | undefined;
  /** One query for all, as long as everything is there. */
  lookUp(slots: readonly KeyedSlot[]): Promise<readonly MemoAnswer[]>;
  /** The stored output, not verified; undefined when there is none. */
  stored(slot: KeyedSlot): JsonObject | undefined;
  intend(slots: readonly { readonly keyed: KeyedSlot; readonly before: Json }[]): void;
  complete(slots: readonly { readonly keyed: KeyedSlot; readonly data: JsonObject }[]): void;
  /** What was intended did not happen: the memo says again what it said before. */
  withdraw(slots: readonly KeyedSlot[]): void;
  /** The project was changed: what was verified before may no longer hold. */
  changed(): void;
}

export function createUnitMemo(store: MemoStore, context: CommandContext, facts: ProjectFacts): UnitMemo {
  const files = new Map<string, InputFile>();
  const hashing = new Map<string, Promise<InputFile>>();
  const verdicts = new Map<string, Verdict>();

  const hashed = (path: string): Promise<InputFile> => {
    const begun = hashing.get(path) ?? hash(path);
    hashing.set(path, begun);
    return begun;
  };

  const hash = async (path: string): Promise<InputFile> => {
    const real = await context.readableFile(path);
    const file = { path: real, sha256: await contentHash(real) };
    files.set(path, file);
    return file;
  };

  /** What the store held before the unit, read once. */
  const entries = new Map<string, MemoEntry | undefined>();

  /** Reads what many keys hold at once, those of them that were not read yet. */
  const readAhead = (keys: readonly string[]): void => {
    const unread = keys.filter((key) => !entries.has(key));
    if (store.getMany === undefined || unread.length < 2) return;
    for (const key of unread) entries.set(key, undefined);
    for (const entry of store.getMany(unread)) entries.set(entry.key, entry);
  };

  const entryAt = (key: string): MemoEntry | undefined => {
    if (!entries.has(key)) entries.set(key, store.get(key));
    return entries.get(key);
  };

  const entryOf = ({ slot, key }: KeyedSlot) => (slot.item.forceRerun ? undefined : entryAt(key));

  return {
    facts,
    hashed,
    keyed: async (slot, input) => {
      const { command, item } = slot;
      const fileHashes: string[] = [];
      for (const path of inputFilesOf(command, input)) fileHashes.push((await hashed(path)).sha256);
      return {
        slot,
        input,
        key: memoKey({ command, input, fileHashes, projectId: facts.id, scope: item.scope }),
      };
    },
    file: (path) => files.get(path),
    stored: (keyed) => {
      const entry = entryOf(keyed);
      return entry?.state === 'done' ? entry.data : undefined;
    },
    lookUp: async (slots) => {
      readAhead(slots.map(({ key }) => key));
      const found = slots.map(entryOf);
      const open = found.flatMap((entry) =>
        entry?.state === 'done' && !verdicts.has(entry.key) ? [entry] : [],
      );
      if (open.length > 0) {
        const checked = await verifyClaims(
          open.map(({ claims }) => claims),
          context,
        );
        for (const [index, { key }] of open.entries()) {
          const verdict = checked[index];
          if (verdict !== undefined) verdicts.set(key, verdict);
        }
      }
      return found.map((entry): MemoAnswer => {
        if (entry === undefined) return { state: 'miss' };
        if (entry.state === 'intent') return { state: 'intent', before: entry.before };
        const verdict = verdicts.get(entry.key);
        if (verdict?.holds !== true) return { state: 'stale' };
        return { state: 'hit', data: refreshed(entry.data, verdict.rows), claims: entry.claims };
      });
    },
    intend: (slots) => {
      // Read before they are overwritten, also where the node is forced: `withdraw` puts them back.
      readAhead(slots.map(({ keyed }) => keyed.key));
      for (const { keyed } of slots) entryAt(keyed.key);
      const intents = slots.map(({ keyed, before }) => ({
        key: keyed.key,
        command: keyed.slot.command.name,
        before,
      }));
      if (store.intendMany !== undefined) store.intendMany(intents);
      else for (const { key, command, before } of intents) store.intend(key, command, before);
    },
    complete: (slots) => {
      const done = slots.map(({ keyed: { key, slot, input }, data }) => ({
        key,
        command: slot.command.name,
        data,
        claims: claimsOf(slot.command, input, data),
      }));
      if (store.completeMany !== undefined) store.completeMany(done);
      else for (const { key, command, data, claims } of done) store.complete(key, command, data, claims);
    },
    withdraw: (slots) => {
      for (const { key } of slots) {
        const entry = entries.get(key);
        if (entry?.state === 'done') store.complete(key, entry.command, entry.data, entry.claims);
        else store.forget(key);
      }
    },
    changed: () => verdicts.clear(),
  };
}
