import type { ModelEditor } from '../../model/editor.ts';
import type { BlendAssignment, BlendEdge, ProjectModel, WwiseObject } from '../../model/model.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import { objectOfType } from '../arguments/typed-object.ts';
import { writeCheckedProperty } from '../building/write-member.ts';
import { defineFunction } from '../define-function.ts';

interface Range {
  readonly min: number;
  readonly max: number;
}

/**
 * Changes the range of a Game Parameter with every curve and crossfade it drives: `stretch` moves points in proportion,
 * `preserveX` leaves them and ends the curve at the new limits. Values of the parameter itself are brought into the range.
 */
export const gameParameterSetRange = defineFunction({
  uri: 'ak.wwise.core.gameParameter.setRange',
  async run(args, _options, { project, sessionId }) {
    const { model } = project;
    const parameter = objectOfType(model, args.object, 'object', 'GameParameter');
    const to = { min: Number(args.min), max: Number(args.max) };
    if (to.min >= to.max) {
      throw waapiErrors.invalidArguments(`The minimum ${to.min} must be below the maximum ${to.max}.`, {
        argumentName: 'min',
      });
    }
    const from = {
      min: Number(model.property(parameter, 'Min') ?? 0),
      max: Number(model.property(parameter, 'Max') ?? 100),
    };
    const stretches = args.onCurveUpdate === 'stretch';
    await project.edit('Set Range', sessionId, (editor) => {
      writeRange(model, editor, parameter, to);
      for (const user of model.referencesTo(parameter)) {
        if (user.type === 'RTPC') updateCurve(model, editor, user, from, to, stretches);
        if (user.type === 'BlendTrack') updateCrossfades(model, editor, user, from, to, stretches);
      }
    });
    return {};
  },
});

function writeRange(
  model: ProjectModel,
  editor: ModelEditor,
  parameter: WwiseObject,
  { min, max }: Range,
): void {
  writeCheckedProperty(model, editor, parameter, 'Min', min, undefined);
  writeCheckedProperty(model, editor, parameter, 'Max', max, undefined);
  for (const name of ['InitialValue', 'SimulationValue']) {
    const value = Number(model.property(parameter, name) ?? min);
    const inside = Math.min(max, Math.max(min, value));
    if (inside !== value) writeCheckedProperty(model, editor, parameter, name, inside, undefined);
  }
}

function updateCurve(
  model: ProjectModel,
  editor: ModelEditor,
  rtpc: WwiseObject,
  from: Range,
  to: Range,
  stretches: boolean,
): void {
  const curve = model.reference(rtpc, 'Curve') ?? undefined;
  const points = curve === undefined ? undefined : model.points(curve);
  if (curve === undefined || points === undefined || points.length === 0) return;
  const moved = stretches
    ? points.map((point) => ({ ...point, x: stretched(point.x, from, to) }))
    : endedAt(points, to);
  editor.setPoints(curve, moved);
}

interface Point {
  readonly x: number;
  readonly y: number;
  readonly shape: string;
}

/** Points inside the range stay; the ends move to its limits, with the value the curve has there by straight lines. */
function endedAt(points: readonly Point[], { min, max }: Range): readonly Point[] {
  const inside = points.filter(({ x }) => x > min && x < max);
  const before = points.findLast(({ x }) => x <= min) ?? points[0];
  const first = { x: min, y: valueAt(points, min), shape: before?.shape ?? 'Linear' };
  return [first, ...inside, { x: max, y: valueAt(points, max), shape: 'Linear' }];
}

function valueAt(points: readonly Point[], x: number): number {
  const right = points.find((point) => point.x >= x);
  const left = points.findLast((point) => point.x <= x);
  if (left === undefined) return right?.y ?? 0;
  if (right === undefined || right.x === left.x) return left.y;
  return left.y + ((right.y - left.y) * (x - left.x)) / (right.x - left.x);
}

function updateCrossfades(
  model: ProjectModel,
  editor: ModelEditor,
  track: WwiseObject,
  from: Range,
  to: Range,
  stretches: boolean,
): void {
  const scaled = (x: number): number =>
    stretches ? stretched(x, from, to) : Math.min(to.max, Math.max(to.min, x));
  const moved = (edge: BlendEdge): BlendEdge => ({
    ...edge,
    edgePosition: scaled(edge.edgePosition),
    fadePosition: scaled(edge.fadePosition),
  });
  model.blendAssignments(track).forEach(({ child, edges }: BlendAssignment, at) => {
    editor.removeBlendAssignment(track, child);
    editor.addBlendAssignment(track, { child, edges: [moved(edges[0]), moved(edges[1])] }, at);
  });
}

function stretched(x: number, from: Range, to: Range): number {
  const span = from.max - from.min;
  if (span === 0) return to.min;
  // Rounded to what the files keep, so that a stretch and its opposite meet again.
  return Number((to.min + ((x - from.min) * (to.max - to.min)) / span).toPrecision(12));
}
