import { z } from 'zod';
import { oneOf } from '../../core/dispatch/input/one-of.ts';
import { asJsonArray, asJsonObject, asString, type Json } from '../../core/json.ts';

/** Shapes of the segment from a point to the next, as WAAPI names them. */
const curveShapes = [
  'Constant',
  'Linear',
  'Log3',
  'Log2',
  'Log1',
  'InvertedSCurve',
  'SCurve',
  'Exp1',
  'Exp2',
  'Exp3',
] as const;

const point = z.strictObject({
  x: z.number().describe('Position.'),
  y: z.number().describe('Value.'),
  shape: oneOf(curveShapes)
    .default('Linear')
    .describe('To the next point: Constant, Linear, SCurve, Log1-3, Exp1-3...'),
});

export type CurvePointInput = z.output<typeof point>;

/** A field with the points of a curve, from left to right. */
export function curvePointsField(description: string) {
  return z
    .array(point)
    .min(2)
    .max(1_000)
    .refine(
      (points) => points.every(({ x }, at) => at === 0 || x >= (points[at - 1]?.x ?? x)),
      'must be in order of rising x',
    )
    .describe(description);
}

/** Points in an output. */
export const curveOutput = z.array(z.object({ x: z.number(), y: z.number(), shape: z.string() }));

/** Points as Wwise answers them. */
export function pointsOf(value: Json | undefined): z.output<typeof curveOutput> {
  return asJsonArray(value).map((item) => {
    const { x, y, shape } = asJsonObject(item);
    return { x: Number(x), y: Number(y), shape: asString(shape) ?? 'Linear' };
  });
}

/** True when Wwise keeps these points: it stores numbers as 32-bit floats. */
export function samePoints(wanted: readonly CurvePointInput[], found: z.output<typeof curveOutput>): boolean {
  return (
    wanted.length === found.length &&
    wanted.every(({ x, y, shape }, at) => {
      const other = found[at];
      return other !== undefined && near(other.x, x) && near(other.y, y) && other.shape === shape;
    })
  );
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-5 * Math.max(1, Math.abs(a), Math.abs(b));
}
