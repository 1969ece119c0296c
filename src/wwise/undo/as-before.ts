import type { Json, JsonObject } from '../../core/json.ts';
import { asString } from '../../core/json.ts';
import { nullGuid } from '../../core/null-guid.ts';
import type { Waapi } from '../../wwise/connection/waapi.ts';
import { lookUpObjects } from '../objects/look-up-objects.ts';
import { referenceIdOf } from '../objects/object-row.ts';
import type { InverseCall, Reversal } from './inverse.ts';

/**
 * Reads back whether effects are gone, by what takes each of them back: a made object is no longer there, a value is again
 * what the inverse call would set. One query per platform. `undefined` where nothing tells. Rejects when Wwise cannot be
 * asked.
 */
export async function areAsBefore(
  reversals: readonly Reversal[],
  waapi: Waapi,
): Promise<readonly (boolean | undefined)[]> {
  const looks = fromTheFirst(reversals.map(looksOf));
  const rows = await rowsOf(
    looks.flatMap((look) => look ?? []),
    waapi,
  );
  return looks.map((some) =>
    some?.every((look) => {
      const row = rows.get(look.platform)?.get(look.id);
      // Of what was done to an object that is no longer there nothing is left.
      return row === undefined || (look.expression !== null && look.isBefore(row));
    }),
  );
}

interface Look {
  readonly id: string;
  /** What is asked of the object; null: it must be gone. */
  readonly expression: string | null;
  /** Empty: the current one. */
  readonly platform: string;
  isBefore(row: JsonObject): boolean;
}

/**
 * Of several effects on one member only the first saw it as it was before all of them: the later ones are measured by that,
 * or a run that is gone altogether would look as if only its last step were.
 */
function fromTheFirst(looks: readonly (readonly Look[] | undefined)[]) {
  const first = new Map<string, Look>();
  return looks.map((some) =>
    some?.map((look) => {
      if (look.expression === null) return look;
      const keyOn = (platform: string) => `${platform} ${look.id} ${look.expression}`;
      // What was set for all platforms was set for this one too.
      const onPlatforms = look.platform === '' ? [...first].filter(([key]) => key.endsWith(keyOn(''))) : [];
      const known = first.get(keyOn(look.platform)) ?? first.get(keyOn('')) ?? look;
      // One of the platforms that were changed before may be the current one.
      const isBefore = (row: JsonObject): boolean =>
        known.isBefore(row) || onPlatforms.some(([, earlier]) => earlier.isBefore(row));
      const measured = { ...look, isBefore };
      first.set(keyOn(look.platform), measured);
      return measured;
    }),
  );
}

/** Undefined where the reversal does not tell what was there before. */
function looksOf(reversal: Reversal): readonly Look[] | undefined {
  if (reversal.kind === 'delete')
    return reversal.ids.map((id) => ({ id, expression: null, platform: '', isBefore: () => false }));
  if (reversal.kind !== 'calls') return undefined;
  const looks = reversal.calls.map(lookOf);
  return looks.every((look) => look !== undefined) ? looks : undefined;
}

function lookOf({ uri, args }: InverseCall): Look | undefined {
  const id = asString(args.object);
  if (id === undefined) return undefined;
  const platform = asString(args.platform) ?? '';
  const look = (expression: string, isBefore: (row: JsonObject) => boolean): Look => ({
    id,
    expression,
    platform,
    isBefore,
  });
  switch (uri.replace('ak.wwise.core.object.', '')) {
    case 'setProperty': {
      const expression = `@${String(args.property)}`;
      return look(expression, (row) => isSame(row[expression], args.value));
    }
    case 'setReference': {
      const expression = `@${String(args.reference)}`;
      return look(expression, (row) => (referenceIdOf(row[expression]) ?? nullGuid) === args.value);
    }
    case 'setNotes':
      return look('notes', (row) => (row.notes ?? '') === args.value);
    case 'setName':
      return look('name', ({ name }) => name === args.value);
    case 'move':
      return look('path', ({ path }) => parentPathOf(path) === args.parent);
    default:
      return undefined;
  }
}

function parentPathOf(path: Json | undefined): string {
  const text = asString(path) ?? '';
  return text.slice(0, text.lastIndexOf('\\'));
}

async function rowsOf(looks: readonly Look[], waapi: Waapi) {
  const rows = new Map<string, ReadonlyMap<string, JsonObject>>();
  for (const platform of new Set(looks.map((look) => look.platform))) {
    const asked = looks.filter((look) => look.platform === platform);
    const ids = [...new Set(asked.map(({ id }) => id))];
    const returns = [...new Set(asked.flatMap(({ expression }) => expression ?? []))];
    const options = platform === '' ? {} : { platform };
    rows.set(platform, await lookUpObjects(ids, returns, options, waapi));
  }
  return rows;
}

/** Wwise keeps most numbers as 32-bit floats. */
function isSame(one: Json | undefined, other: Json | undefined): boolean {
  return typeof one === 'number' && typeof other === 'number'
    ? Math.fround(one) === Math.fround(other)
    : one === other;
}
