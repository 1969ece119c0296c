import { asJsonObject, isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import type { SessionRecord } from '../../../core/stores/session-store.ts';
import type { JournalledNode } from '../journal/read-journal.ts';
import { JOURNAL_VERSION } from '../journal/run-journal.ts';
import { SESSION_TTL_MS } from './sessions.ts';

/** Where the nodes of a run stand, as the journal has it up to a position. */
export interface Standing {
  readonly nodes: ReadonlyMap<string, JournalledNode>;
  readonly position: number;
}

export const nothingYet: Standing = { nodes: new Map(), position: 0 };

/** A larger one is read from the journal, which has it anyway. In characters of JSON. */
const LARGEST_STATE = 1_000_000;

/** The session of a run that stands so. */
export function sessionAt(sessionId: string, standing: Standing, nowMs: number): SessionRecord {
  const all = [...standing.nodes];
  const waiting = all.find(([, { state, awaits }]) => state === 'suspended' && awaits?.for === 'answer');
  return {
    sessionId,
    state: stateOf(standing),
    currentTask: waiting?.[0] ?? null,
    variables: collectedIn(standing.nodes),
    lastActivityMs: nowMs,
    ttlMs: SESSION_TTL_MS,
  };
}

/** Where a session says that its run stands. What another version wrote says nothing: the journal says it then. */
export function standingIn(session: SessionRecord | undefined): Standing {
  if (session === undefined || !isState(session.state)) return nothingYet;
  const { nodes, position } = session.state;
  return { nodes: new Map(Object.entries(nodes)), position };
}

/** The values that persons gave so far, by the node that asked; those of fields by their path while it goes on asking. */
export function collectedIn(nodes: ReadonlyMap<string, JournalledNode>): JsonObject {
  return Object.fromEntries(
    [...nodes].flatMap(([node, known]) => {
      const values = collectedBy(known);
      return values === undefined ? [] : [[node, values] as const];
    }),
  );
}

/** Whether somebody was asked. */
export function wasAsked(nodes: ReadonlyMap<string, JournalledNode> | undefined): boolean {
  return [...(nodes?.values() ?? [])].some(({ asked }) => asked > 0);
}

function stateOf({ nodes, position }: Standing): JsonObject {
  const text = JSON.stringify(Object.fromEntries(nodes));
  if (text.length > LARGEST_STATE) return { version: JOURNAL_VERSION, position: 0, nodes: {} };
  const plain: Json = JSON.parse(text);
  return { version: JOURNAL_VERSION, position, nodes: plain };
}

/** A session holds what this file wrote. */
function isState(
  value: JsonObject,
): value is JsonObject & { readonly position: number; readonly nodes: Record<string, JournalledNode> } {
  const { version, position, nodes } = value;
  return version === JOURNAL_VERSION && typeof position === 'number' && isJsonObject(nodes);
}

/** What a person gave in a node that asks, so far; undefined for one that asks nobody. */
function collectedBy({ state, kept, awaits, asked }: JournalledNode): JsonObject | undefined {
  if (asked === 0) return undefined;
  if (state === 'done') {
    const { found: _, ...values } = kept?.data ?? {};
    return values;
  }
  if (awaits?.for !== 'answer') return undefined;
  const fields = Object.entries(asJsonObject(awaits.state?.fields));
  const settled = fields.flatMap(([path, field]) => {
    const { step, value } = asJsonObject(field);
    return step === 'success' && value !== undefined ? [[path, value] as const] : [];
  });
  return Object.fromEntries(settled);
}
