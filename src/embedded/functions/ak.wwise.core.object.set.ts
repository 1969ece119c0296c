import { asJsonArray, asJsonObject, asString, type JsonObject } from '../../core/json.ts';
import type { ProjectModel } from '../model/model.ts';
import { resolveObject } from '../model/resolve-object.ts';
import { returnRow } from '../waql/return-row.ts';
import { asNameConflictMode, checkName, decideNameConflict } from './arguments/name-conflict.ts';
import { returnOptions } from './arguments/return-options.ts';
import type { BuildContext, Built } from './building/build-context.ts';
import { fillObject } from './building/build-object.ts';
import { defineFunction } from './define-function.ts';

const uri = 'ak.wwise.core.object.set';

/**
 * Changes and creates in one call: names, notes, properties, references, lists, children, imports. All or nothing: an entry
 * that fails takes back the ones before it.
 */
export const objectSet = defineFunction({
  uri,
  async run(args, options, { project, sessionId, publish }) {
    const { model } = project;
    const { expressions, view } = returnOptions(options);
    const objects = await project.edit('Set Objects', sessionId, (editor) =>
      asJsonArray(args.objects).map((entry) => {
        const spec = asJsonObject(entry);
        const object = resolveObject(model, asString(spec.object) ?? '');
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
          if (object.parent !== null) decideNameConflict(object.parent, name, 'fail', uri, object);
          editor.rename(object, name);
        }
        return fillObject(context, object, spec);
      }),
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
    return { objects: objects.map((built) => row(model, built, expressions, view)) };
  },
});

/** What was imported into the object and everything made below it. */
function importsOf({ imported, children, members }: Built): readonly NonNullable<Built['imported']>[] {
  const nested = [...children, ...[...members.values()].flat()].flatMap(importsOf);
  return imported === undefined || imported.objects.length === 0 ? nested : [imported, ...nested];
}

function row(
  model: ProjectModel,
  built: Built,
  expressions: readonly string[],
  view: ReturnType<typeof returnOptions>['view'],
): JsonObject {
  const nested = (made: Built) => row(model, made, expressions, view);
  const { imported } = built;
  // A Curve shows its points instead of a name, as in every reference to one.
  if (built.object.type === 'Curve') return returnRow(model, built.object, ['id', 'points'], view);
  return {
    ...returnRow(model, built.object, expressions, view),
    ...(built.children.length === 0 ? {} : { children: built.children.map(nested) }),
    ...Object.fromEntries(
      [...built.members].map(([member, made]) => {
        const isList = model.facts(built.object)?.list(member.slice(1)) !== undefined;
        return [member, isList ? made.map(nested) : made[0] === undefined ? {} : nested(made[0])];
      }),
    ),
    ...(imported === undefined
      ? {}
      : {
          import: {
            objects: imported.objects.map((object) => returnRow(model, object, expressions, view)),
            logs: [...imported.log],
          },
        }),
  };
}
