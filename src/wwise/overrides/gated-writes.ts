import type { GatedWrite } from '../../core/backend/no-effect-yet.ts';
import {
  asJsonArray,
  asJsonObject,
  asString,
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../core/json.ts';
import { mayInherit, overrideGate } from './override-gate.ts';

/**
 * What an answered call wrote to members whose effect depends on an override that the same call did not set. `typeOf` gives
 * types that are known already: what can have no such override is left out.
 */
export function gatedWritesOf(
  uri: string,
  args: JsonObject,
  answer: JsonObject,
  typeOf: (object: string) => string | undefined,
): readonly GatedWrite[] {
  return (writers[uri]?.(args, answer) ?? []).flatMap((entry) => gatedIn(entry, typeOf));
}

/** The members one call wrote to one object. */
interface Entry {
  readonly object: string | undefined;
  readonly type?: string | undefined;
  readonly members: readonly (readonly [name: string, value: Json | undefined])[];
  readonly by?: GatedWrite['by'];
  /** Beside the members: what it wrote without naming it. */
  readonly whole?: GatedWrite['whole'];
}

function gatedIn(
  { object, type, members, by, whole }: Entry,
  typeOf: (id: string) => string | undefined,
): GatedWrite[] {
  if (object === undefined) return [];
  const known = type ?? typeOf(object);
  const granted = new Set(members.flatMap(([name, value]) => (value === true ? name.toLowerCase() : [])));
  const write = (member: string, how: GatedWrite['by']): GatedWrite[] => {
    const gate = overrideGate(member, known);
    if (gate === undefined || granted.has(gate.override.toLowerCase())) return [];
    return [{ object, member, override: gate.override, always: gate.always, by: how }];
  };
  const all =
    whole === undefined || (known !== undefined && !mayInherit(known))
      ? []
      : [{ object, member: '', override: '', always: false, whole }];
  return [
    ...all,
    ...members.flatMap(([member, value]) => [
      ...write(member, by),
      ...(member === 'RTPC' ? drivenBy(value).flatMap((driven) => write(driven, 'RTPC')) : []),
    ]),
  ];
}

function drivenBy(list: Json | undefined): string[] {
  return asJsonArray(list).flatMap((item) => asString(asJsonObject(item)['@PropertyName']) ?? []);
}

/** How the calls that write members say what they write. */
const writers: Readonly<Record<string, (args: JsonObject, answer: JsonObject) => readonly Entry[]>> = {
  'ak.wwise.core.object.setProperty': ({ object, property, value }) => [
    { object: asString(object), members: [[asString(property) ?? '', value]] },
  ],
  'ak.wwise.core.object.setReference': ({ object, reference, value }) => [
    { object: asString(object), members: [[asString(reference) ?? '', value]] },
  ],
  'ak.wwise.core.object.setRandomizer': ({ object, property }) => [
    { object: asString(object), members: [[asString(property) ?? '', undefined]] },
  ],
  'ak.wwise.core.object.setStateProperties': ({ object, stateProperties }) => [
    { object: asString(object), members: namesIn(stateProperties), by: 'States' },
  ],
  // Which RTPCs came with a paste, and all of it when it names nothing, shows only in what is there afterwards.
  'ak.wwise.core.object.pasteProperties': ({ targets, inclusion, exclusion }) => {
    const members = namesIn(inclusion);
    const whole =
      inclusion === undefined
        ? { except: namesIn(exclusion).map(([name]) => name) }
        : members.some(([name]) => name === 'RTPC')
          ? { only: ['RTPC'] }
          : undefined;
    return asJsonArray(targets).map((target) => ({ object: asString(target), members, whole }));
  },
  // What it had may be decided by what is above it now.
  'ak.wwise.core.object.move': ({ object }) => [{ object: asString(object), members: [], whole: {} }],
  'ak.wwise.core.object.copy': (_args, answer) => [{ object: asString(answer.id), members: [], whole: {} }],
  'ak.wwise.core.audio.importTabDelimited': (_args, answer) =>
    asJsonArray(answer.objects)
      .filter(isJsonObject)
      .map((row) => ({ object: asString(row.id), type: asString(row.type), members: [], whole: {} })),
  'ak.wwise.core.object.create': (args, answer) => created(args, answer),
  'ak.wwise.core.object.set': ({ objects }, answer) => {
    const rows = asJsonArray(answer.objects);
    return asJsonArray(objects).flatMap((change, index) => {
      const asked = asJsonObject(change);
      return [
        { object: asString(asked.object), members: membersOf(asked) },
        ...below(asked, asJsonObject(rows[index])),
      ];
    });
  },
  'ak.wwise.core.audio.import': ({ imports, default: shared }, answer) => {
    const rows = asJsonArray(answer.objects).filter(isJsonObject);
    return asJsonArray(imports).flatMap((one) => {
      const asked = { ...asJsonObject(shared), ...asJsonObject(one) };
      const members = membersOf(asked);
      if (members.length === 0) return [];
      const name = /(?:^|[\\>])([^\\>]*)$/.exec(asString(asked.objectPath) ?? '')?.[1]?.toLowerCase();
      return rows
        .filter((row) => asString(row.name)?.toLowerCase() === name && row.type !== 'AudioFileSource')
        .map((row) => ({ object: asString(row.id), type: asString(row.type), members }));
    });
  },
};

/** A created object with what was created below it; the answer has them in the same order. */
function created(asked: JsonObject, answer: JsonObject): Entry[] {
  return [
    { object: asString(answer.id), type: asString(asked.type), members: membersOf(asked) },
    ...below(asked, answer),
  ];
}

function below(asked: JsonObject, answer: JsonObject): Entry[] {
  const rows = asJsonArray(answer.children);
  return asJsonArray(asked.children).flatMap((child, index) =>
    created(asJsonObject(child), asJsonObject(rows[index])),
  );
}

function membersOf(entry: JsonObject): Entry['members'] {
  return Object.entries(entry).flatMap(([name, value]) =>
    name.startsWith('@') ? [[name.replace(/^@+/, ''), value] as const] : [],
  );
}

function namesIn(list: Json | undefined): Entry['members'] {
  return asJsonArray(list).map((name) => [asString(name)?.replace(/^@/, '') ?? '', undefined]);
}
