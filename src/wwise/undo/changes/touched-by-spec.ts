import { asJsonArray, asJsonObject, asString, isJsonObject, type JsonObject } from '../../../core/json.ts';
import type { Waapi } from '../../connection/waapi.ts';
import type { Cell } from './change.ts';
import { type Made, ofPlatform, type Touched } from './touched.ts';

/** What object.set and object.create touch: members of objects that are there, and children they make, or find there. */
export async function touchedBySpec(uri: string, args: JsonObject, waapi: Waapi): Promise<Touched> {
  const isCreate = uri.endsWith('.create');
  const { parent = null, onNameConflict, platform = '', list, ...spec } = args;
  if (!isCreate) {
    const entries = asJsonArray(args.objects).map(asJsonObject);
    const cells: Cell[] = [];
    const makes: boolean[] = [];
    for (const entry of entries) {
      const mode = entry.onNameConflict ?? onNameConflict;
      const touched = await ofEntry({ platform, ...entry, onNameConflict: mode }, waapi);
      cells.push(...touched);
      makes.push(!findsOthers(mode));
    }
    return { cells, made: (answer) => madeBelow(asJsonArray(answer.objects), makes) };
  }
  if (list !== undefined) {
    const cell: Cell = { kind: 'value', id: String(parent), member: `@${String(list)}`, platform: '' };
    return { cells: [cell] };
  }
  if (!findsOthers(onNameConflict)) return { cells: [], made: (answer) => madeIn([answer]) };
  return { cells: await ofEntry({ object: parent, onNameConflict, children: [spec] }, waapi) };
}

/** Whether a child of the name of one that is there is that one, or takes its place. */
function findsOthers(mode: unknown): boolean {
  return mode === 'merge' || mode === 'replace';
}

/** The cells of an object that is there, and of children below it that the call will find. */
async function ofEntry(entry: JsonObject, waapi: Waapi): Promise<readonly Cell[]> {
  const id = asString(entry.object) ?? '';
  const platform = asString(entry.platform) ?? '';
  const cells: Cell[] = [];
  for (const member of Object.keys(entry)) {
    if (member === 'name' || member === 'notes') cells.push({ kind: 'value', id, member, platform: '' });
    else if (member.startsWith('@'))
      cells.push(...ofPlatform({ kind: 'value', id, member, platform }, member.slice(1)));
  }
  if (entry.import !== undefined) {
    cells.push(
      { kind: 'children', id },
      { kind: 'unseen', why: 'What audio an object plays is not read back.', id },
    );
  }
  const specs = asJsonArray(entry.children).filter(isJsonObject);
  const mode = entry.onNameConflict;
  if (specs.length === 0 || !findsOthers(mode)) return cells;
  cells.push({ kind: 'children', id });
  const answer = await waapi.call(
    'ak.wwise.core.object.get',
    { waql: `$ "${id}" select children` },
    { return: ['id', 'name'] },
  );
  const there = asJsonArray(answer.return).filter(isJsonObject);
  for (const spec of specs) {
    const name = String(spec.name).toLowerCase();
    const found = there.find((row) => String(row.name).toLowerCase() === name);
    if (found === undefined) continue;
    const object = String(found.id);
    if (mode === 'replace') cells.push({ kind: 'object', id: object });
    else {
      const { type: _type, name: _name, ...members } = spec;
      cells.push(...(await ofEntry({ ...members, object, onNameConflict: mode }, waapi)));
    }
  }
  return cells;
}

/** Children in the answer of object.set, where every one of them is new. */
function madeBelow(rows: readonly unknown[], areNew: readonly boolean[]): readonly Made[] {
  return rows.flatMap((row, at) =>
    areNew[at] === true ? madeIn(asJsonArray(asJsonObject(row).children)) : [],
  );
}

function madeIn(rows: readonly unknown[]): readonly Made[] {
  return rows.flatMap((row): readonly Made[] => {
    const id = asString(asJsonObject(row).id);
    return id === undefined ? [] : [{ id: id.toUpperCase(), below: idsBelow(row) }];
  });
}

/** Every GUID of what stands below in the answer, children and entries of lists. */
function idsBelow(row: unknown): readonly string[] {
  const members = Object.entries(asJsonObject(row)).filter(
    ([name]) => name === 'children' || name.startsWith('@'),
  );
  return members.flatMap(([, value]) =>
    (Array.isArray(value) ? value : [value]).filter(isJsonObject).flatMap((made) => {
      const id = asString(made.id);
      return id === undefined ? idsBelow(made) : [id.toUpperCase(), ...idsBelow(made)];
    }),
  );
}
