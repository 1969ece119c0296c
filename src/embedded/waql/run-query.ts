import type { ProjectModel, WwiseObject } from '../model/model.ts';
import { createScope } from './evaluate/compile/scope.ts';
import { type Flow, objectsOf } from './evaluate/flow.ts';
import { evaluateQuery } from './evaluate/query.ts';
import { parseQuery } from './parse.ts';
import { parseCache } from './parse-cache.ts';
import type { View } from './view.ts';

/**
 * The objects a WAQL text finds, in order. Reads while it is walked: walk it before anything changes.
 * Throws ak.wwise.query.invalid_query for a text that does not parse, names something unknown, or names a missing object.
 */
export function runQuery(model: ProjectModel, waql: string, view: View = {}): Iterable<WwiseObject> {
  return objectsOf(queryFlow(model, waql, view));
}

/** The same with marks between the objects, where whoever walks it can give the thread to others. */
export function queryFlow(model: ProjectModel, waql: string, view: View = {}): Flow {
  return evaluateQuery(parsed(waql), createScope(model, view, 'refuse'));
}

const parsed = parseCache(parseQuery);
