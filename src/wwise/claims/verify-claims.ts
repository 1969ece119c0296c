import type { Verdict } from '../../core/backend/verdict.ts';
import { canonicalJson } from '../../core/canonical-json.ts';
import { contentHash } from '../../core/files/content-hash.ts';
import { asJsonArray, asJsonObject, asString, type Json, type JsonObject } from '../../core/json.ts';
import { originalPathExpression } from '../audio/originals/original-path.ts';
import type { ProjectAccess } from '../objects/finding/find-object.ts';
import { lookUpObjects, type ObjectRows } from '../objects/finding/look-up-objects.ts';
import { mayNameMainBus, withMainBus } from '../objects/finding/main-bus.ts';
import { inProjectWords, isGuid } from '../objects/finding/object-designator.ts';
import { typeAndName } from '../objects/finding/unique-names.ts';
import { referenceIdOf } from '../objects/rows/object-row.ts';
import type { ProjectFacts } from '../project-facts.ts';
import { askCalls, callHolds } from './ask-calls.ts';
import type { CheckedClaims } from './checked-claims.ts';
import { type Claim, withoutNames } from './claim.ts';
import { mendingOf } from './mend.ts';
import { refreshed } from './refreshed.ts';
import { holdsValue } from './same-value.ts';
import { storedClaims } from './stored-claims.ts';
import { withoutSuperseded } from './superseded.ts';

/**
 * Checks many groups of claims in the project, with one query per platform when nothing is missing, and one call for each
 * thing that only a call of its own says, after what others did to the files of the project was looked for. Groups of one workflow come in its order: what a later one took the place of need not hold.
 * A group that is empty or cannot be read does not hold. Rejects only when Wwise cannot be asked.
 */
export async function verifyClaims(
  groups: readonly (readonly JsonObject[])[],
  access: ProjectAccess,
): Promise<readonly Verdict[]> {
  await access.lookAtFiles?.();
  const facts = await access.project();
  const read = groups.map((group) => storedClaims.safeParse(group));
  const valid = withoutSuperseded(read.map((group) => (group.success ? group.data : [])));
  const all = valid.flat();
  const rowsByPlatform = await lookUpByPlatform(all, facts, access);
  const rows = rowsByPlatform.get(anyPlatform) ?? new Map<string, JsonObject>();
  const answers = await askCalls(all, access.waapi);
  const verdicts: Verdict[] = [];
  for (const [index, claims] of valid.entries()) {
    const broken: Claim[] = [];
    for (const claim of claims) {
      const isTrue =
        claim.kind === 'call' ? callHolds(claim, answers) : await holds(claim, facts, rowsByPlatform);
      if (!isTrue) broken.push(claim);
    }
    const isRead = read[index]?.success === true;
    const isHeld = (groups[index] ?? []).length > 0 && isRead && broken.length === 0;
    verdicts.push(verdictOf(isHeld, { broken: isRead ? broken : undefined, claims, rows }));
  }
  return verdicts;
}

function verdictOf(holds: boolean, found: CheckedClaims): Verdict {
  return {
    holds,
    refreshed: (output) => refreshed(output, found.rows),
    mending: (effect, input) => mendingOf(found, effect, input),
  };
}

/** Stands for "the current platform". */
const anyPlatform = '';

async function lookUpByPlatform(
  claims: readonly Claim[],
  facts: ProjectFacts,
  access: ProjectAccess,
): Promise<Map<string, ObjectRows>> {
  const asked = new Map<string, { designators: Set<string>; returns: Set<string> }>();
  for (const claim of claims) {
    const platform = platformOf(claim);
    const batch = asked.get(platform) ?? { designators: new Set(), returns: new Set() };
    asked.set(platform, batch);
    for (const designator of designatorsOf(claim, facts)) batch.designators.add(designator);
    for (const expression of returnsOf(claim, facts)) batch.returns.add(expression);
  }
  const rows = new Map<string, ObjectRows>();
  for (const [platform, { designators, returns }] of asked) {
    const options = platform === anyPlatform ? {} : { platform };
    const found = await lookUpObjects([...designators], [...returns], options, access.waapi);
    rows.set(platform, new Map([...found, ...(await mainBusOf(claims, found, facts, access))]));
  }
  return rows;
}

/** What stands for the main bus by another name than the project's, and may not be meant to be free or gone. */
async function mainBusOf(
  claims: readonly Claim[],
  found: ObjectRows,
  facts: ProjectFacts,
  access: ProjectAccess,
): Promise<ObjectRows> {
  const words = claims
    .filter(({ kind }) => kind === 'named' || kind === 'value')
    .flatMap((claim) => designatorsOf(claim, facts))
    .filter((word) => !found.has(word) && mayNameMainBus(word));
  const renamed = await withMainBus(words, access);
  const rows = await lookUpObjects([...new Set(renamed)], [], {}, access.waapi);
  return new Map(
    words.flatMap((word, at) => {
      const row = rows.get(renamed[at] ?? word);
      return row === undefined ? [] : [[word, row] as const];
    }),
  );
}

function platformOf(claim: Claim): string {
  return claim.kind === 'value' ? (claim.platform ?? anyPlatform) : anyPlatform;
}

function designatorsOf(claim: Claim, facts: ProjectFacts): readonly string[] {
  switch (claim.kind) {
    case 'named':
      return [inProjectWords(claim.designator, facts.year), claim.id];
    case 'free':
      return [inProjectWords(claim.path, facts.year)];
    case 'call':
      return [];
    case 'gone':
      return claim.path === undefined ? [claim.id] : [claim.id, inProjectWords(claim.path, facts.year)];
    case 'value': {
      const target = targetNamed(claim.value);
      return target === undefined ? [claim.id] : [claim.id, inProjectWords(target, facts.year)];
    }
    default:
      return [claim.id];
  }
}

/** What a value may point at, when it is the value of a reference. A GUID need not be asked for. */
function targetNamed(value: Json): string | undefined {
  return typeof value === 'string' && /^(\\[^"]*|[A-Za-z]+:[^"\\]+)$/.test(value) ? value : undefined;
}

function returnsOf(claim: Claim, facts: ProjectFacts): readonly string[] {
  switch (claim.kind) {
    case 'value':
      return [`@${claim.property}`];
    case 'reference':
      return [`@${claim.reference}`];
    case 'notes':
      return ['notes'];
    case 'answers':
    case 'curve':
    case 'holds':
      return [claim.expression];
    case 'plays':
      return [originalPathExpression(facts)];
    default:
      return [];
  }
}

function isCalledSo(row: JsonObject | undefined, designator: string): boolean {
  const named = typeAndName(designator);
  return named !== undefined && row?.type === named.type && row.name === named.name;
}

async function holds(
  claim: Exclude<Claim, { kind: 'call' }>,
  facts: ProjectFacts,
  rowsByPlatform: ReadonlyMap<string, ObjectRows>,
): Promise<boolean> {
  const rows = rowsByPlatform.get(platformOf(claim)) ?? new Map<string, JsonObject>();
  const [row, other] = designatorsOf(claim, facts).map((designator) => rows.get(designator));
  if (claim.kind === 'gone') return row === undefined && other === undefined;
  if (claim.kind === 'free') return row === undefined;
  // Where names are not unique Wwise finds nothing by them: then the object is looked at.
  if (claim.kind === 'named' && row === undefined) return isCalledSo(other, claim.designator);
  if (row === undefined) return false;
  switch (claim.kind) {
    case 'exists':
      return (
        (claim.type === undefined || row.type === claim.type) &&
        (claim.parentId === undefined || referenceIdOf(row.parent) === claim.parentId) &&
        (claim.name === undefined || row.name === claim.name)
      );
    case 'called':
      return row.name === claim.name;
    case 'named':
      return referenceIdOf(row.id) === claim.id;
    case 'value':
      return valueHolds(row[`@${claim.property}`], claim.value, other);
    case 'reference':
      return referenceIdOf(row[`@${claim.reference}`]) === claim.targetId;
    case 'notes': {
      const notes = asString(row.notes) ?? '';
      return claim.part === true ? notes.includes(claim.notes) : notes === claim.notes;
    }
    case 'answers':
      return canonicalJson(withoutNames(row[claim.expression])) === canonicalJson(claim.answer);
    case 'curve':
      return (
        canonicalJson(withoutNames(asJsonObject(row[claim.expression]).points)) ===
        canonicalJson(claim.points)
      );
    case 'holds': {
      const present = new Set(asJsonArray(row[claim.expression]).map(referenceIdOf));
      return claim.items.every((id) => present.has(id));
    }
    case 'plays':
      return (await hashOf(row[originalPathExpression(facts)])) === claim.contentHash;
  }
}

/** A reference is answered as an object; it was asked for by GUID, or by what names `target`. */
function valueHolds(stored: Json | undefined, claimed: Json, target: JsonObject | undefined): boolean {
  if (claimed === null) return referenceIdOf(stored) === null;
  if (typeof stored !== 'object' || stored === null) return holdsValue(stored, claimed);
  const wanted = typeof claimed === 'string' && isGuid(claimed) ? claimed : referenceIdOf(target?.id);
  return wanted !== null && referenceIdOf(stored) === wanted;
}

/** Undefined when Wwise names no file or the file cannot be read from here. */
async function hashOf(path: Json | undefined): Promise<string | undefined> {
  const wwisePath = asString(path);
  if (wwisePath === undefined || wwisePath === '') return undefined;
  return contentHash(wwisePath).catch(() => undefined);
}
