import type { ToolFace } from '../../src/facades/mcp/tools/tool-face.ts';

/** One snapshot per tool: exactly what an agent sees of it, so that a review shows every change of wording or schema. */
export function generateToolSnapshots(faces: readonly ToolFace[]): Map<string, string> {
  return new Map(
    faces.map((face) => [`test/__snapshots__/tools/${face.name}.json`, `${JSON.stringify(face, null, 2)}\n`]),
  );
}
