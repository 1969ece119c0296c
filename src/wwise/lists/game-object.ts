import { z } from 'zod';

/** A game object of the sound engine inside Wwise. */
export const gameObjectField = z.int().min(0).optional().describe('Id. Default: that of Wwise.');

/** An object of the sound engine: by name, GUID or short id, as the game names it. */
export function engineName(what: string) {
  return z
    .union([
      z
        .string()
        .trim()
        .overwrite(nameAlone)
        .regex(
          /^([A-Za-z_][A-Za-z_0-9()]*|\{[0-9A-Fa-f-]{36}\})$/,
          'must be a name without blanks, or a GUID',
        ),
      z.int().min(0).max(0xffffffff),
    ])
    .describe(`${what}: name, GUID or short id.`);
}

/** The sound engine knows no paths and types: of `Event:Play` and `\Events\Default Work Unit\Play` the name counts. */
function nameAlone(text: string): string {
  const name = text.split('\\').at(-1) ?? text;
  return name.replace(/^[A-Za-z]+:/, '');
}

export function withGameObject(gameObject: number | undefined) {
  return gameObject === undefined ? {} : { gameObject };
}
