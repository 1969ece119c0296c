import { createFileLook } from '../../core/files/files-in-folders.ts';
import { asString } from '../../core/json.ts';
import { flatMapInTurns } from '../../core/turns/turns.ts';
import { originalPathExpression } from '../audio/originals/original-path.ts';
import { askRows } from '../objects/finding/ask-rows.ts';
import { type ObjectRef, refOf, refReturns } from '../objects/rows/object-row.ts';
import type { CommandContext } from '../wwise-command.ts';

/** An audio source with the original file it plays; empty where it names none. */
export interface LintedSource {
  readonly object: ObjectRef;
  readonly path: string;
  /** Whether the file is there; each folder is looked into once. */
  isThere(): boolean;
}

/** Every audio source of the project: all rules of one lint ask for them once, and for each file once. */
export function lintedSources(context: CommandContext): Promise<readonly LintedSource[]> {
  const known = asked.get(context);
  if (known !== undefined) return known;
  const sources = readSources(context);
  asked.set(context, sources);
  return sources;
}

const asked = new WeakMap<CommandContext, Promise<readonly LintedSource[]>>();

async function readSources(context: CommandContext): Promise<readonly LintedSource[]> {
  const file = originalPathExpression(await context.project());
  const rows = await askRows('$ from type AudioFileSource', [...refReturns, file], context);
  const isThere = createFileLook();
  return flatMapInTurns(rows, (row) => {
    const path = asString(row[file]) ?? '';
    return [{ object: refOf(row), path, isThere: () => path !== '' && isThere(path) }];
  });
}
