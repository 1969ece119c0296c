import { canonicalJson } from '../../core/canonical-json.ts';
import { asJsonArray } from '../../core/json.ts';
import { isPath } from '../objects/finding/object-designator.ts';
import { type CallClaim, callOf } from './ask-calls.ts';
import type { Claim } from './claim.ts';

/**
 * The claims of several calls of one workflow, given in the order in which they were made, without those that a later call
 * took the place of: after a Sound was created and then renamed, only its new name has to hold.
 */
export function withoutSuperseded(groups: readonly (readonly Claim[])[]): readonly (readonly Claim[])[] {
  const later = new Set<string>();
  const kept: (readonly Claim[])[] = [];
  for (const group of groups.toReversed()) {
    kept.push(group.flatMap((claim) => reduced(claim, later)));
    for (const claim of group) for (const subject of subjectsOf(claim)) later.add(subject);
  }
  return kept.toReversed();
}

/** What a claim is about, in words that a later claim about the same thing repeats. */
function subjectsOf(claim: Claim): readonly string[] {
  switch (claim.kind) {
    case 'exists':
      return [
        ...(claim.name === undefined ? [] : [`name ${claim.id}`]),
        ...(claim.parentId === undefined ? [] : [`parent ${claim.id}`]),
        // What is made is claimed with its type; what only got another parent was moved.
        claim.type === undefined ? anyPath : `type ${claim.id}`,
      ];
    case 'called':
      return [`name ${claim.id}`, anyPath];
    case 'value':
      return [member(claim.id, claim.property, claim.platform)];
    case 'reference':
      return [member(claim.id, claim.reference)];
    case 'notes':
      return [`notes ${claim.id}`];
    case 'answers':
    case 'curve':
      return [member(claim.id, claim.expression.replace(/^@/, ''))];
    case 'holds':
      return [changedPart(`${claim.id} ${claim.expression}`)];
    case 'call':
      return claim.how === 'is' ? [whole(claim)] : [changedPart(callOf(claim)), ...entriesOf(claim)];
    case 'plays':
      return [`plays ${claim.id}`];
    case 'gone':
      return [`gone ${claim.id}`, anyPath];
    case 'free':
      return [anyPath];
    case 'named':
      return [];
  }
}

function whole(claim: CallClaim): string {
  return `call ${callOf(claim)} ${claim.member ?? ''}`;
}

/** Entries of a list came or went: an earlier word on the whole list does not hold any more. */
function changedPart(list: string): string {
  return `part of ${list}`;
}

function entriesOf(claim: CallClaim): readonly string[] {
  return asJsonArray(claim.answer).map((entry) => `${callOf(claim)} ${canonicalJson(entry)}`);
}

/** Something was renamed, moved or deleted: a path may lead elsewhere now. */
const anyPath = 'path';

function member(id: string, name: string, platform = ''): string {
  return `${id}@${name}@${platform}`.toLowerCase();
}

function reduced(claim: Claim, later: ReadonlySet<string>): readonly Claim[] {
  if (claim.kind === 'free') return later.has(anyPath) ? [] : [claim];
  if (claim.kind === 'call') return reducedCall(claim, later);
  if (later.has(`gone ${claim.id}`)) return claim.kind === 'gone' ? [claim] : [];
  if (claim.kind === 'named') return later.has(anyPath) && isPath(claim.designator) ? [] : [claim];
  if (claim.kind === 'holds') return later.has(member(claim.id, claim.expression.slice(1))) ? [] : [claim];
  if (claim.kind === 'answers' && later.has(changedPart(`${claim.id} ${claim.expression}`))) return [];
  if (claim.kind !== 'exists') return subjectsOf(claim).some((subject) => later.has(subject)) ? [] : [claim];
  const { kind, id, type, parentId, name } = claim;
  const still = <T>(subject: string, value: T): T | undefined =>
    later.has(`${subject} ${id}`) ? undefined : value;
  return [
    { kind, id, type: still('type', type), parentId: still('parent', parentId), name: still('name', name) },
  ];
}

function reducedCall(claim: CallClaim, later: ReadonlySet<string>): readonly Claim[] {
  if (later.has(whole(claim))) return [];
  if (claim.how === 'is') return later.has(changedPart(callOf(claim))) ? [] : [claim];
  const names = entriesOf(claim);
  const answer = asJsonArray(claim.answer).filter((_, index) => !later.has(names[index] ?? ''));
  return answer.length === 0 ? [] : [{ ...claim, answer }];
}
