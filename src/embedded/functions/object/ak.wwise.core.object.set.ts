import { asJsonArray, asJsonObject, asString, type JsonObject } from '../../../core/json.ts';
import { inTurns } from '../../../core/turns/turns.ts';
import type { ModelEditor } from '../../model/editor.ts';
import type { ProjectModel, WwiseObject } from '../../model/model.ts';
import { resolveObject } from '../../model/naming/resolve-object.ts';
import type { OpenedProject } from '../../project/opened-project.ts';
import { returnRow, rowReader } from '../../waql/return-row.ts';
import type { View } from '../../waql/view.ts';
import { asNameConflictMode, checkName, decideNameConflict } from '../arguments/name-conflict.ts';
import { returnOptions } from '../arguments/return-options.ts';
import type { BuildContext, Built } from '../building/build-context.ts';
import { fillSteps } from '../building/build-object.ts';
import { defineFunction } from '../define-function.ts';

const uri = 'ak.wwise.core.object.set';

/**
 * Changes and creates in one call: names, notes, properties, references, lists, children, imports. All or nothing: an entry
 * that fails rolls back the ones before it.
 */
export const objectSet = defineFunction({
  uri,
  async run(args, options, { project, sessionId, publish, giveWay }) {
    const { model } = project;
    const { expressions, view } = returnOptions(options);
    const objects = await project.edit(
      'Set Objects',
      sessionId,
      (editor) => inTurns(setAll(project, editor, args), giveWay),
      giveWay,
    );
    const imports = objects.flatMap(importsOf);
    if (imports.length > 0) {
      publish({
        kind: 'imported',
        operation: 'ReplaceFile',
        objects: imports.flatMap((made) => made.objects),
        files: imports.flatMap((made) => made.files),
      });
    }
    // Compiled once: nothing is edited while the answer is put together.
    const rowOf = rowReader(model, expressions, view, 'omit');
    return { objects: await inTurns(rows(objects, { model, rowOf, view }), giveWay) };
  },
});

/** Yields behind each entry and each child. */
function* setAll(project: OpenedProject, editor: ModelEditor, args: JsonObject): Generator<void, Built[]> {
  const objects: Built[] = [];
  for (const entry of asJsonArray(args.objects)) {
    const spec = asJsonObject(entry);
    const object = resolveObject(project.model, asString(spec.object) ?? '');
    const context: BuildContext = {
      project,
      editor,
      procedureUri: uri,
      onNameConflict: asNameConflictMode(spec.onNameConflict ?? args.onNameConflict),
      listMode: (spec.listMode ?? args.listMode) === 'replaceAll' ? 'replaceAll' : 'append',
      platform: asString(spec.platform) ?? asString(args.platform),
    };
    const name = asString(spec.name);
    if (name !== undefined && name !== object.name) {
      checkName(name, object.type);
      const { parent, type } = object;
      if (parent !== null)
        decideNameConflict({ model: project.model, parent, type, except: object }, name, 'fail', uri);
      editor.rename(object, name);
    }
    objects.push(yield* fillSteps(context, object, spec));
    yield;
  }
  return objects;
}

/** What was imported into the object and everything made below it. */
function importsOf({ imported, children, members }: Built): readonly NonNullable<Built['imported']>[] {
  const nested = [...children, ...[...members.values()].flat()].flatMap(importsOf);
  return imported === undefined || imported.objects.length === 0 ? nested : [imported, ...nested];
}

interface Answering {
  readonly model: ProjectModel;
  readonly rowOf: (object: WwiseObject) => JsonObject;
  readonly view: View;
}

function* rows(made: readonly Built[], answering: Answering): Generator<void, JsonObject[]> {
  const found: JsonObject[] = [];
  for (const built of made) {
    found.push(yield* row(built, answering));
    yield;
  }
  return found;
}

function* row(built: Built, answering: Answering): Generator<void, JsonObject> {
  const { model, rowOf, view } = answering;
  const { imported } = built;
  // A Curve shows its points instead of a name, as in every reference to one.
  if (built.object.type === 'Curve') return returnRow(model, built.object, ['id', 'points'], view);
  const children = yield* rows(built.children, answering);
  const members: Record<string, JsonObject | JsonObject[]> = {};
  for (const [member, made] of built.members) {
    const isList = model.facts(built.object)?.list(member.slice(1)) !== undefined;
    const nested = yield* rows(made, answering);
    members[member] = isList ? nested : (nested[0] ?? {});
  }
  return {
    ...rowOf(built.object),
    ...(children.length === 0 ? {} : { children }),
    ...members,
    ...(imported === undefined
      ? {}
      : {
          import: {
            objects: imported.objects.map(rowOf),
            logs: [...imported.log],
          },
        }),
  };
}
