import { asJsonArray, asJsonObject, asString, type JsonObject } from '../../../core/json.ts';
import { isTurnLong, stepsBetweenLooks } from '../../../core/turns/turns.ts';
import type { ProjectModel, WwiseObject } from '../../model/model.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import { choices } from '../../waql/choices.ts';
import type { Flow } from '../../waql/evaluate/flow.ts';
import { legacyQueryFlow } from '../../waql/legacy-query.ts';
import { rowReader } from '../../waql/return-row.ts';
import { queryFlow } from '../../waql/run-query.ts';
import { type View, viewOf } from '../../waql/view.ts';
import { defineFunction } from '../define-function.ts';

/** Finds objects by WAQL, or by the older `from` and `transform`, and gives the asked expressions of each. */
export const objectGet = defineFunction({
  uri: 'ak.wwise.core.object.get',
  async run(args, options, { project, pause }) {
    const { model } = project;
    const view = viewOf(model, options);
    const expressions = asJsonArray(options.return).flatMap((expression) => asString(expression) ?? []);
    // The return expressions are checked before the query runs: a mistake costs nothing.
    const row = rowReader(
      model,
      options.return === undefined ? ['id', 'name'] : expressions,
      view,
      choices.unknownReturnName,
    );
    // A query may give an object many times over (`select descendants` of everything): it has one row.
    const rowOf = new Map<WwiseObject, JsonObject>();
    const rows: JsonObject[] = [];
    const rowsBetweenLooks = Math.max(1, Math.floor(stepsBetweenLooks / (1 + expressions.length)));
    // Nothing is edited while this one lets others have the thread: changes wait until it is done.
    for (const object of objectsOf(args, model, view)) {
      if (object === null || rows.length % rowsBetweenLooks === 0) {
        if (isTurnLong()) await pause();
        if (object === null) continue;
      }
      let known = rowOf.get(object);
      if (known === undefined) {
        known = row(object);
        rowOf.set(object, known);
      }
      rows.push(known);
    }
    return { return: rows };
  },
});

function objectsOf(args: JsonObject, model: ProjectModel, view: View): Flow {
  const waql = asString(args.waql);
  if (waql !== undefined && args.from !== undefined) {
    throw waapiErrors.invalidArguments('"waql" and "from" are alternatives: give one of them.');
  }
  if (waql !== undefined) return queryFlow(model, waql, view);
  if (args.from !== undefined)
    return legacyQueryFlow(model, asJsonObject(args.from), asJsonArray(args.transform), view);
  throw waapiErrors.invalidArguments('Either "waql" or "from" is required.', { argumentName: 'waql' });
}
