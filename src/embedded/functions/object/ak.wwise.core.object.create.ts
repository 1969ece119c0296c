import { asString, type JsonObject } from '../../../core/json.ts';
import { inTurns } from '../../../core/turns/turns.ts';
import { resolveObject } from '../../model/naming/resolve-object.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import { asNameConflictMode } from '../arguments/name-conflict.ts';
import type { BuildContext, Built } from '../building/build-context.ts';
import { buildChild, fillObject } from '../building/build-object.ts';
import { writeList } from '../building/write-list.ts';
import { defineFunction } from '../define-function.ts';

const uri = 'ak.wwise.core.object.create';

/** Creates one object with properties and children under a parent, or in one of the parent's lists. */
export const objectCreate = defineFunction({
  uri,
  async run(args, _options, { project, sessionId, giveWay }) {
    const parent = resolveObject(project.model, asString(args.parent) ?? '');
    refuseMedia(args);
    return project.edit('Create Object', sessionId, async (editor) => {
      const context: BuildContext = {
        project,
        editor,
        procedureUri: uri,
        onNameConflict: asNameConflictMode(args.onNameConflict),
        listMode: 'append',
        platform: asString(args.platform),
      };
      const list = asString(args.list);
      if (list === undefined) return row(await inTurns(buildChild(context, parent, args), giveWay));
      const [item] = writeList(context, parent, list, [args], fillObject);
      if (item === undefined) throw waapiErrors.unexpected('The list item was not created.');
      return row(item);
    });
  },
});

function row(built: Built): JsonObject {
  const { id, name } = built.object;
  return { id, name, ...(built.children.length === 0 ? {} : { children: built.children.map(row) }) };
}

/** Documented limits of create: sources, effects and metadata need object.set with a classId. */
function refuseMedia(args: JsonObject): void {
  const type = asString(args.type)?.toLowerCase() ?? '';
  if (['sourceplugin', 'effect', 'metadata', 'audiofilesource'].includes(type)) {
    throw waapiErrors.invalidArguments(
      `Object of type ${asString(args.type)} cannot be created by this function: use ak.wwise.core.object.set.`,
      {
        type: asString(args.type) ?? '',
      },
    );
  }
}
