import {
  asJsonArray,
  asJsonObject,
  asString,
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../../core/json.ts';
import { nearest } from '../../../core/text/nearest.ts';
import { atOnce } from '../../../core/turns/turns.ts';
import { importFilesInto } from '../../audio/importing/import-files-into.ts';
import type { WwiseObject } from '../../model/model.ts';
import { childByName } from '../../model/naming/sibling-names.ts';
import { creatableBelow, isPhysicalFolder } from '../../model/types/hierarchy-rules.ts';
import { nearbyOperations, searchOperation } from '../../model/types/search-operations.ts';
import { allTypeFacts, documentedNodeType } from '../../model/types/type-table.ts';
import { aOrAn } from '../../protocol/a-or-an.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import { checkName, decideNameConflict } from '../arguments/name-conflict.ts';
import { asSlots } from './as-slots.ts';
import type { BuildContext, Built } from './build-context.ts';
import { pluginClass } from './plugin-class.ts';
import { writeList } from './write-list.ts';
import { unknownMember, writeCheckedProperty, writeCheckedReference } from './write-member.ts';
import { writeOwned } from './write-owned.ts';

/**
 * Creates (or, by the conflict mode, reuses) a child described as create and set describe it, with everything below. Yields
 * within its work: see core/turns/turns.ts.
 */
export function* buildChild(
  context: BuildContext,
  parent: WwiseObject,
  spec: JsonObject,
): Generator<void, Built> {
  const { editor } = context;
  const wanted = typeNamed(context, asString(spec.type) ?? '');
  const name = asString(spec.name) ?? '';
  if (wanted.type === 'SearchCriteria') return buildCriteria(context, parent, spec);
  if (isNoneState(wanted.type, name, parent)) {
    const none = childByName(parent, name);
    if (none !== undefined) return yield* fillSteps(context, none, spec);
  }
  const scope = { model: context.project.model, parent, type: wanted.type };
  const decision = decideNameConflict(scope, name, context.onNameConflict, context.procedureUri);
  if (decision.existing !== undefined && context.onNameConflict === 'merge') {
    if (decision.existing.type !== wanted.type) throw waapiErrors.nameConflict(context.procedureUri);
    return yield* fillSteps(context, decision.existing, spec);
  }
  checkName(name, wanted.type);
  if (wanted.type === 'AudioFileSource' && holdsSources(parent))
    return yield* importedSource(context, parent, spec);
  refuseForeignChild(context, wanted.type, parent);
  if (wanted.type === 'WorkUnit') {
    if (decision.existing !== undefined) {
      throw waapiErrors.invalidArguments('A Work Unit cannot be replaced.', {
        procedureUri: context.procedureUri,
      });
    }
    return yield* fillSteps(
      context,
      yield* makeWorkUnit(context, parent, decision.name, wanted.implies),
      spec,
    );
  }
  if (decision.existing !== undefined) yield* editor.removeSteps(decision.existing);
  const classId = pluginClass(wanted.type, spec);
  const object = editor.create(parent, {
    type: wanted.type,
    name: decision.name,
    id: freeId(context, spec),
    classId,
    language: asString(spec.language),
  });
  for (const [property, value] of Object.entries(wanted.implies)) {
    // The file knows a Sequence Container by RandomOrSequence: 0 sequence, 1 random.
    if (property === 'IsSequential') editor.setProperty(object, 'RandomOrSequence', value ? 0 : 1);
    else editor.setProperty(object, property, value);
  }
  return yield* fillSteps(context, object, spec);
}

/** A criterion of a Query is named by its search operation, as Wwise wants it; Wwise then calls it what its files call it. */
function buildCriteria(context: BuildContext, parent: WwiseObject, spec: JsonObject): Built {
  refuseForeignChild(context, 'SearchCriteria', parent);
  const name = asString(spec.name) ?? '';
  const operation = searchOperation(name);
  if (operation === undefined) {
    const known = nearbyOperations(name).map(({ name: known, id }) => `${known} ${id}`);
    throw waapiErrors.invalidArguments(
      `The name of a SearchCriteria is the GUID of its search operation; "${name}" is none that is known.`,
      { name, known },
    );
  }
  const { name: called, id: searchOperationId } = operation;
  const id = freeId(context, spec);
  const object = context.editor.create(parent, {
    type: 'SearchCriteria',
    name: called,
    id,
    searchOperationId,
  });
  return fillObject(context, object, spec);
}

/** The node type `Physical Folder` is a directory of Work Units; anything else is a Work Unit with a file of its own. */
function* makeWorkUnit(
  context: BuildContext,
  parent: WwiseObject,
  name: string,
  implies: Readonly<Record<string, boolean>>,
): Generator<void, WwiseObject> {
  const { project } = context;
  if (implies.IsTopWorkUnit !== true) return yield* project.inSteps.createWorkUnit(parent, name);
  if (isPhysicalFolder(parent)) return yield* project.inSteps.createPhysicalFolder(parent, name);
  throw waapiErrors.invalidArguments(
    `A Physical Folder cannot be created below ${project.model.path(parent)}: it needs a folder above it.`,
    { parent: parent.id },
  );
}

/** `fillSteps`, all at once: for what lists and references hold. */
export function fillObject(context: BuildContext, object: WwiseObject, spec: JsonObject): Built {
  return atOnce(fillSteps(context, object, spec));
}

/**
 * Applies notes, `@` members, children and import of a description to an object. Members that describe objects come after
 * the children: a playlist or an entry may name one of them. Yields behind each child.
 */
export function* fillSteps(
  context: BuildContext,
  object: WwiseObject,
  spec: JsonObject,
): Generator<void, Built> {
  const { project, editor } = context;
  const notes = asString(spec.notes);
  if (notes !== undefined) editor.setNotes(object, notes);
  const members = Object.entries(spec).flatMap(([key, value]): [string, Json][] =>
    key.startsWith('@') && value !== undefined ? [[key, value]] : [],
  );
  const describesObjects = ([, value]: [string, Json]): boolean =>
    typeof value === 'object' && value !== null;
  for (const [key, value] of members) {
    if (!describesObjects([key, value])) writeMember(context, object, key.slice(1), value);
  }
  const children: Built[] = [];
  for (const child of asJsonArray(spec.children)) {
    children.push(yield* buildChild(context, object, asJsonObject(child)));
    yield;
  }
  const made = new Map<string, readonly Built[]>();
  for (const [key, value] of members.filter(describesObjects)) {
    const objects = writeMember(context, object, key.slice(1), value);
    if (objects.length > 0) made.set(key, objects);
  }
  const files = isJsonObject(spec.import) ? asJsonArray(spec.import.files).map(asJsonObject) : undefined;
  const imported = files === undefined ? undefined : yield* importFilesInto(object, files, project, editor);
  return { object, children, members: made, imported };
}

/** One `@Name`: a property, a reference, a list, or an object the reference shall own. Returns the objects it made. */
function writeMember(
  context: BuildContext,
  object: WwiseObject,
  member: string,
  value: Json,
): readonly Built[] {
  const { model } = context.project;
  const facts = model.facts(object);
  if (
    facts?.list(member) !== undefined &&
    facts.property(member) === undefined &&
    facts.reference(member) === undefined
  ) {
    return writeList(context, object, member, asSlots(model, object, member, value), fillObject);
  }
  if (facts?.reference(member) !== undefined || model.reference(object, member) !== undefined) {
    if (isJsonObject(value)) return [writeOwned(context, object, member, value, fillObject)];
    if (value !== null && typeof value !== 'string') throw unknownMember(model, object, member, 'property');
    writeCheckedReference(model, context.editor, object, member, value);
    return [];
  }
  writeCheckedProperty(model, context.editor, object, member, value, context.platform);
  return [];
}

function holdsSources({ type }: WwiseObject): boolean {
  return type === 'Sound' || type === 'MusicTrack';
}

/** An audio file source is nothing without its file: it comes with an import of one, and then takes its name and notes. */
function* importedSource(
  context: BuildContext,
  parent: WwiseObject,
  spec: JsonObject,
): Generator<void, Built> {
  const { project, editor } = context;
  const files = isJsonObject(spec.import) ? asJsonArray(spec.import.files).map(asJsonObject) : [];
  if (files.length !== 1) {
    throw waapiErrors.invalidArguments(
      `An AudioFileSource is made by importing one file: give "import" with it; ${files.length} given.`,
      { type: 'AudioFileSource', name: asString(spec.name) ?? '' },
    );
  }
  const imported = yield* importFilesInto(parent, files, project, editor);
  const source = imported.objects.find(({ type }) => type === 'AudioFileSource');
  if (source === undefined) {
    const reason = asString(imported.log[0]?.message) ?? 'The import made no audio file source.';
    throw waapiErrors.invalidArguments(reason, { type: 'AudioFileSource', parent: parent.id });
  }
  const name = asString(spec.name) ?? source.name;
  if (name !== source.name) editor.rename(source, name);
  const { import: _, ...rest } = spec;
  return { ...fillObject(context, source, rest), imported };
}

/** Every State Group is born with its None: describing it once more means that one. */
function isNoneState(type: string, name: string, parent: WwiseObject): boolean {
  return type === 'State' && parent.type === 'StateGroup' && name.toLowerCase() === 'none';
}

/** Type names and node types (`Sound Voice`) both name what to create. */
function typeNamed(
  context: BuildContext,
  name: string,
): { readonly type: string; readonly implies: Readonly<Record<string, boolean>> } {
  const { model } = context.project;
  const node = documentedNodeType(name);
  // A documented example calls a source plug-in a Source.
  const type = model.typeName(node?.type ?? (name === 'Source' ? 'SourcePlugin' : name));
  if (type !== undefined) return { type, implies: node?.implies ?? {} };
  const candidates = nearest(
    name,
    allTypeFacts().map((facts) => facts.name),
  );
  throw waapiErrors.invalidArguments(`Type ${name} is unknown.`, { type: name, candidates });
}

function refuseForeignChild(context: BuildContext, type: string, parent: WwiseObject): void {
  const allowed = creatableBelow(parent);
  if (allowed.includes(type)) return;
  const path = context.project.model.path(parent);
  const kind = isPhysicalFolder(parent) ? 'folder' : parent.type;
  const names = allowed.filter((name) => context.project.model.typeName(name) === name);
  throw waapiErrors.invalidArguments(
    names.length === 0
      ? `Object of type ${type} cannot be created below ${path} (${aOrAn(kind)}).`
      : `Object of type ${type} cannot be created below ${path} (${aOrAn(kind)}): it takes ${names.join(', ')}.`,
    { type, parent: parent.id, allowed: names },
  );
}

/** An id given by the caller ("internal use only" in the schema) must not be taken. */
function freeId(context: BuildContext, spec: JsonObject): string | undefined {
  const id = asString(spec.id)?.toUpperCase();
  if (id !== undefined && context.project.model.byId(id) !== undefined) {
    throw waapiErrors.invalidArguments(`An object with id ${id} already exists.`, { id });
  }
  return id;
}
