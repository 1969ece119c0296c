import { asJsonArray, asJsonObject, asString, type Json, type JsonObject } from '../../../core/json.ts';
import type { BlendAssignment, BlendEdge, ProjectModel, WwiseObject } from '../../model/model.ts';

/** One assignment of a Blend Track as WAAPI shows it. */
export function blendRow({ child, edges }: BlendAssignment, index: number): JsonObject {
  return { child: child.id, index, edges: edges.map((edge) => ({ ...edge })) };
}

/** The edges of a call; without any, automatic fades over the whole range of the driving Game Parameter. */
export function blendEdges(
  model: ProjectModel,
  track: WwiseObject,
  value: Json | undefined,
): readonly [BlendEdge, BlendEdge] {
  const [left, right] = asJsonArray(value).map(edgeOf);
  if (left !== undefined && right !== undefined) return [left, right];
  const { min, max } = rangeOf(model, track);
  return [automatic(min), automatic(max)];
}

function edgeOf(value: Json): BlendEdge {
  const edge = asJsonObject(value);
  const edgePosition = Number(edge.edgePosition);
  const fadePosition = typeof edge.fadePosition === 'number' ? edge.fadePosition : edgePosition;
  return {
    fadeMode: asString(edge.fadeMode) ?? 'None',
    fadeShape: asString(edge.fadeShape) ?? 'SCurve',
    edgePosition,
    fadePosition,
  };
}

function automatic(position: number): BlendEdge {
  return { fadeMode: 'Automatic', fadeShape: 'SCurve', edgePosition: position, fadePosition: position };
}

/** Without a Game Parameter the documented answer has both edges at 0. */
function rangeOf(model: ProjectModel, track: WwiseObject): { min: number; max: number } {
  const input = model.reference(track, 'LayerCrossFadeControlInput');
  if (input?.type !== 'GameParameter') return { min: 0, max: 0 };
  return { min: Number(model.property(input, 'Min') ?? 0), max: Number(model.property(input, 'Max') ?? 100) };
}
