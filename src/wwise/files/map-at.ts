import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';

export type MapValue = (value: Json, owner: JsonObject, member: string) => Promise<Json>;

/**
 * A value with what lies at a path of members replaced; the same value where nothing changes. `a.b` is a member, `a[]` each
 * item of a list, `*` every member, `**` any depth.
 */
export async function mapAt(value: Json, path: string, map: MapValue): Promise<Json> {
  const steps = path.split('.').flatMap((step) => (step.endsWith('[]') ? [step.slice(0, -2), '[]'] : [step]));
  return at(value, steps, {}, '', map);
}

async function at(
  value: Json,
  steps: readonly string[],
  owner: JsonObject,
  member: string,
  map: MapValue,
): Promise<Json> {
  const [step, ...rest] = steps;
  if (step === undefined) return map(value, owner, member);
  if (step === '[]' || (step === '**' && Array.isArray(value))) {
    if (!Array.isArray(value)) return value;
    const items: Json[] = [];
    for (const item of value) items.push(await at(item, step === '[]' ? rest : steps, owner, member, map));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (!isJsonObject(value)) return value;
  const here = step === '**' ? await at(value, rest, owner, member, map) : value;
  if (!isJsonObject(here)) return here;
  let copy: Record<string, Json | undefined> | undefined;
  for (const [name, inner] of Object.entries(here)) {
    if (inner === undefined || (step !== '**' && step !== '*' && step !== name)) continue;
    const fresh = await at(inner, step === '**' ? steps : rest, here, name, map);
    if (fresh === inner) continue;
    copy ??= { ...here };
    copy[name] = fresh;
  }
  return copy ?? here;
}
