import { z } from 'zod';
import type { Json, JsonObject } from '../../core/json.ts';
import { asString } from '../../core/json.ts';
import { originalPathExpression } from '../../wwise/audio/original-path.ts';
import { contentHash } from '../../wwise/files/content-hash.ts';
import type { ProjectAccess } from '../../wwise/objects/find-object.ts';
import { lookUpObjects, type ObjectRows } from '../../wwise/objects/look-up-objects.ts';
import { inProjectWords } from '../../wwise/objects/object-designator.ts';
import { referenceIdOf } from '../../wwise/objects/object-row.ts';
import type { ProjectFacts } from '../../wwise/project-facts.ts';
import type { Claim } from './claim.ts';

/** Whether a group of claims holds, and the rows of the objects it is about. */
export interface Verdict {
  readonly holds: boolean;
  readonly rows: ObjectRows;
}

/**
 * Checks many groups of claims in the project, with one query per platform when nothing is missing.
 * A group of stored claims that cannot be read does not hold. Rejects only when Wwise cannot be asked.
 */
export async function verifyClaims(
  groups: readonly (readonly JsonObject[])[],
  access: ProjectAccess,
): Promise<readonly Verdict[]> {
  const facts = await access.project();
  const parsed = groups.map((group) => storedClaims.safeParse(group));
  const claims = parsed.flatMap((group) => (group.success ? group.data : []));
  const rowsByPlatform = await lookUpByPlatform(claims, facts, access);
  const verdicts: Verdict[] = [];
  for (const group of parsed) {
    const holds =
      group.success && group.data.length > 0 && (await allHold(group.data, facts, rowsByPlatform));
    verdicts.push({ holds, rows: rowsByPlatform.get(anyPlatform) ?? new Map() });
  }
  return verdicts;
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
    rows.set(platform, await lookUpObjects([...designators], [...returns], options, access.waapi));
  }
  return rows;
}

function platformOf(claim: Claim): string {
  return claim.kind === 'value' ? (claim.platform ?? anyPlatform) : anyPlatform;
}

function designatorsOf(claim: Claim, facts: ProjectFacts): readonly string[] {
  if (claim.kind === 'named') return [inProjectWords(claim.designator, facts.year)];
  if (claim.kind === 'gone' && claim.path !== undefined)
    return [claim.id, inProjectWords(claim.path, facts.year)];
  return [claim.id];
}

function returnsOf(claim: Claim, facts: ProjectFacts): readonly string[] {
  if (claim.kind === 'value') return [`@${claim.property}`];
  if (claim.kind === 'reference') return [`@${claim.reference}`];
  return claim.kind === 'plays' ? [originalPathExpression(facts)] : [];
}

async function allHold(
  claims: readonly Claim[],
  facts: ProjectFacts,
  rowsByPlatform: ReadonlyMap<string, ObjectRows>,
): Promise<boolean> {
  for (const claim of claims) {
    const rows = rowsByPlatform.get(platformOf(claim)) ?? new Map();
    const found = designatorsOf(claim, facts).map((designator) => rows.get(designator));
    if (!(await holds(claim, found, facts))) return false;
  }
  return true;
}

async function holds(
  claim: Claim,
  found: readonly (JsonObject | undefined)[],
  facts: ProjectFacts,
): Promise<boolean> {
  if (claim.kind === 'gone') return found.every((row) => row === undefined);
  const row = found[0];
  if (row === undefined) return false;
  switch (claim.kind) {
    case 'exists':
      return row.type === claim.type && referenceIdOf(row.parent) === claim.parentId;
    case 'named':
      return referenceIdOf(row.id) === claim.id;
    case 'value':
      return sameValue(row[`@${claim.property}`], claim.value);
    case 'reference':
      return referenceIdOf(row[`@${claim.reference}`]) === claim.targetId;
    case 'plays':
      return (await hashOf(row[originalPathExpression(facts)])) === claim.contentHash;
  }
}

/** Wwise keeps most numbers as 32-bit floats: what was set as 0.1 comes back as 0.10000000149. */
function sameValue(stored: Json | undefined, claimed: Json): boolean {
  if (typeof stored === 'number' && typeof claimed === 'number')
    return Math.fround(stored) === Math.fround(claimed);
  return stored === claimed;
}

/** Undefined when Wwise names no file or the file cannot be read from here. */
async function hashOf(path: Json | undefined): Promise<string | undefined> {
  const wwisePath = asString(path);
  if (wwisePath === undefined || wwisePath === '') return undefined;
  return contentHash(wwisePath).catch(() => undefined);
}

const storedClaims: z.ZodType<Claim[]> = z.array(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('exists'), id: z.string(), type: z.string(), parentId: z.string() }),
    z.strictObject({
      kind: z.literal('value'),
      id: z.string(),
      property: z.string(),
      value: z.union([z.string(), z.number(), z.boolean(), z.null()]),
      platform: z.string().optional(),
    }),
    z.strictObject({
      kind: z.literal('reference'),
      id: z.string(),
      reference: z.string(),
      targetId: z.string().nullable(),
    }),
    z.strictObject({ kind: z.literal('plays'), id: z.string(), contentHash: z.string() }),
    z.strictObject({ kind: z.literal('gone'), id: z.string(), path: z.string().optional() }),
    z.strictObject({ kind: z.literal('named'), id: z.string(), designator: z.string() }),
  ]),
);
