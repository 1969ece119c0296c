import type { JsonObject } from '../../../core/json.ts';
import type { ProjectModel, TypeFacts } from '../../model/model.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';

/** What a plug-in is called by type; the kinds of the type table. */
export const pluginKinds: Readonly<Record<string, string>> = {
  effectPlugin: 'effect',
  sourcePlugin: 'source',
  metadataPlugin: 'metadata',
};

/** Facts of the plug-in a call names by class id, as `plugin` or `classId`. */
export function pluginFacts(model: ProjectModel, args: JsonObject): TypeFacts {
  const classId = Number(args.plugin ?? args.classId);
  const facts = model.factsOfClass(classId);
  if (facts !== undefined && pluginKinds[facts.kind] !== undefined) return facts;
  throw waapiErrors.invalidArguments(`No plug-in has the class id ${classId}.`, {
    argumentName: args.plugin === undefined ? 'classId' : 'plugin',
    known: model
      .allFacts()
      .filter(({ kind }) => pluginKinds[kind] !== undefined)
      .map((known) => ({ classId: known.classId, name: known.name })),
  });
}
