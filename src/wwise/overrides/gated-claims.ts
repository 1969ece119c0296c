import type { GatedWrite } from '../../core/backend/no-effect-yet.ts';
import { asString, type JsonObject } from '../../core/json.ts';
import { overrideGate } from './override-gate.ts';

/** The same of what a command says it achieved (claims, as JSON); an override that it claims as well needs no look. */
export function gatedClaims(claims: readonly JsonObject[]): readonly GatedWrite[] {
  const granted = new Set(
    claims.flatMap(({ kind, id, property, value }) =>
      kind === 'value' && value === true ? `${asString(id)} ${asString(property)}` : [],
    ),
  );
  return claims.flatMap(({ id, property, reference }) => {
    const member = asString(property) ?? asString(reference);
    const object = asString(id);
    const gate = member === undefined ? undefined : overrideGate(member);
    if (member === undefined || object === undefined || gate === undefined) return [];
    if (granted.has(`${object} ${gate.override}`)) return [];
    return [{ object, member, override: gate.override, always: gate.always }];
  });
}
