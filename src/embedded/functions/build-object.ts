import {
  asJsonArray,
  asJsonObject,
  asString,
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../base/json.ts';
import { nearest } from '../../base/nearest.ts';
import { importFilesInto } from '../audio/import-files-into.ts';
import { creatableBelow, isPhysicalFolder } from '../model/hierarchy-rules.ts';
import type { WwiseObject } from '../model/model.ts';
import { allTypeFacts, nodeType } from '../model/type-table.ts';
import type { BuildContext, Built } from './build-context.ts';
import { checkName, decideNameConflict } from './name-conflict.ts';
import { waapiErrors } from './waapi-errors.ts';
import { writeList, writeOwned } from './write-list.ts';
import { unknownMember, writeCheckedProperty, writeCheckedReference } from './write-member.ts';

/** Creates (or, by the conflict mode, reuses) a child described as create and set describe it, with everything below. */
export function buildChild(context: BuildContext, parent: WwiseObject, spec: JsonObject): Built {
  const { project, editor } = context;
  const wanted = typeNamed(context, asString(spec.type) ?? '');
  const name = asString(spec.name) ?? '';
  checkName(name, wanted.type);
  const decision = decideNameConflict(parent, name, context.onNameConflict, context.procedureUri);
  if (decision.existing !== undefined && context.onNameConflict === 'merge') {
    if (decision.existing.type !== wanted.type) throw waapiErrors.nameConflict(context.procedureUri);
    return fillObject(context, decision.existing, spec);
  }
  refuseForeignChild(context, wanted.type, parent);
  if (wanted.type === 'WorkUnit') {
    if (decision.existing !== undefined) {
      throw waapiErrors.invalidArguments('A Work Unit cannot be replaced.', {
        procedureUri: context.procedureUri,
      });
    }
    return fillObject(context, project.createWorkUnit(parent, decision.name), spec);
  }
  if (decision.existing !== undefined) editor.remove(decision.existing);
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
  return fillObject(context, object, spec);
}

/** Applies notes, `@` members, children and import of a description to an object. */
export function fillObject(context: BuildContext, object: WwiseObject, spec: JsonObject): Built {
  const { project, editor } = context;
  const notes = asString(spec.notes);
  if (notes !== undefined) editor.setNotes(object, notes);
  const members = new Map<string, readonly Built[]>();
  for (const [key, value] of Object.entries(spec)) {
    if (!key.startsWith('@') || value === undefined) continue;
    const made = writeMember(context, object, key.slice(1), value);
    if (made.length > 0) members.set(key, made);
  }
  const children = asJsonArray(spec.children).map((child) =>
    buildChild(context, object, asJsonObject(child)),
  );
  const files = isJsonObject(spec.import) ? asJsonArray(spec.import.files).map(asJsonObject) : undefined;
  const imported = files === undefined ? undefined : importFilesInto(object, files, project, editor);
  return { object, children, members, imported };
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
    return writeList(context, object, member, value, fillObject);
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

/** Plug-in objects are nothing without their class id. */
function pluginClass(type: string, spec: JsonObject): number | undefined {
  if (typeof spec.classId === 'number') return spec.classId;
  if (type !== 'Effect' && type !== 'SourcePlugin') return undefined;
  throw waapiErrors.invalidArguments(`Object of type ${type} needs a classId.`, { type });
}

/** Type names and node types (`Sound Voice`) both name what to create. */
function typeNamed(
  context: BuildContext,
  name: string,
): { readonly type: string; readonly implies: Readonly<Record<string, boolean>> } {
  const { model } = context.project;
  const node = nodeType(name);
  const type = model.typeName(node?.type ?? name);
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
      ? `Object of type ${type} cannot be created below ${path} (a ${kind}).`
      : `Object of type ${type} cannot be created below ${path} (a ${kind}): it takes ${names.join(', ')}.`,
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
