import type { AnyFusion } from '../../../bus/command.ts';
import type { Draft, DraftNode, FusedUnit, PlannedCall } from './draft.ts';

/**
 * Puts neighbours in the order of execution together where their kinds can share WAAPI calls. A unit is an unbroken
 * stretch of that order, so no path leaves it and comes back, and what stands between two nodes stays between them:
 * a read sees the project as it would without fusing. Linear.
 */
export function fuseNodes(draft: Draft): void {
  const units: number[][] = [];
  let isOpen = false;
  for (const place of draft.order) {
    const canFuse = fusionOf(draft.nodes[place]) !== undefined;
    const last = units.at(-1);
    if (canFuse && isOpen && last !== undefined) last.push(place);
    else units.push([place]);
    isOpen = canFuse;
  }
  if (!units.some((places) => places.length > 1)) return;
  draft.units = units.map(
    (places, unit): FusedUnit => ({ places, calls: plannedCalls(unit, places, draft) }),
  );
}

/** A node with a policy of its own about failures must fail, and be tried again, alone. */
function fusionOf(node: DraftNode | undefined): AnyFusion | undefined {
  const fusion = node?.shape?.kind.batch;
  if (node === undefined || fusion === undefined) return undefined;
  const { retry, timeoutMs, onError, isCaught, input } = node;
  const readsError = node.references.some(({ target }) => target.kind === 'error');
  if (isCaught || readsError || [retry, timeoutMs, onError].some((policy) => policy !== undefined))
    return undefined;
  return fusion.accepts?.(input) === false ? undefined : fusion;
}

/**
 * What a unit takes when nothing is split: one query ahead, then for each round of nodes that wait for answers of the round
 * before one object.set, one audio.import and, where something is changed that exists, one query to read back.
 */
function plannedCalls(unit: number, places: readonly number[], draft: Draft): readonly PlannedCall[] {
  if (places.length < 2) return [];
  const rounds = roundsOf(places, draft);
  const calls: PlannedCall[] = [];
  const add = (uri: string, nodes: number): void => {
    if (nodes > 0) calls.push({ unit, uri, nodes });
  };
  add('ak.wwise.core.object.get', places.length);
  for (const round of rounds) {
    const fusions = round.flatMap((place) => fusionOf(draft.nodes[place]) ?? []);
    const imports = fusions.filter(({ call }) => call === 'import').length;
    const changes = fusions.filter(({ call, makes }) => call === 'set' && makes === undefined).length;
    const sets = fusions.length - imports;
    add('ak.wwise.core.object.set', sets);
    add('ak.wwise.core.audio.import', imports);
    add('ak.wwise.core.object.get', changes + imports);
  }
  return calls;
}

/** A node goes one round after those whose output it must see; what an input tells ahead need not be waited for. */
function roundsOf(
  places: readonly number[],
  { nodes, places: placeOf }: Draft,
): readonly (readonly number[])[] {
  const roundOf = new Map<number, number>();
  /** Of a node whose object goes through it: its round, and where its output names that object. */
  const tellsAhead = new Map<number, { readonly round: number; readonly outputs: readonly string[] }>();
  const rounds: number[][] = [];
  for (const place of places) {
    const node = nodes[place];
    let round = 0;
    for (const { from } of node?.wiring ?? []) {
      const [, sourceId = '', member = ''] = /^\$from:(.+?):\$output:(.*)$/.exec(from) ?? [];
      const source = placeOf.get(sourceId);
      const own = source === undefined ? undefined : roundOf.get(source);
      if (source === undefined || own === undefined) continue;
      const ahead = tellsAhead.get(source);
      round = Math.max(round, ahead?.outputs.includes(member) === true ? ahead.round : own + 1);
    }
    roundOf.set(place, round);
    const same = fusionOf(node)?.sameObject;
    if (same !== undefined && node?.input[same.input] !== undefined)
      tellsAhead.set(place, { round, outputs: same.outputs });
    const open = rounds[round];
    if (open === undefined) rounds[round] = [place];
    else open.push(place);
  }
  return rounds;
}
