import type { JsonObject } from '../../../core/json.ts';

/** What a result claims about an object, in the words in which pieces hold it. */
export function claimedKeys(claims: readonly JsonObject[]): readonly string[] {
  return claims.flatMap((claim) => {
    if (claim.kind === 'value') return [memberKey(String(claim.id), String(claim.property))];
    if (claim.kind === 'reference') return [memberKey(String(claim.id), String(claim.reference))];
    if (claim.kind === 'notes') return [memberKey(String(claim.id), 'notes')];
    if (claim.kind === 'exists' && claim.parentId !== undefined) return [sourceKey(String(claim.parentId))];
    return [];
  });
}

/** A property or reference of an object. */
export function memberKey(objectId: string, member: string): string {
  return `${objectId}@${member}`.toLowerCase();
}

/** What a Sound plays. */
export function sourceKey(soundId: string): string {
  return `${soundId}/source`;
}
