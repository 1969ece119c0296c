import { asString } from '../../../core/json.ts';
import { flatMapInTurns } from '../../../core/turns/turns.ts';
import { askRows } from '../../objects/finding/ask-rows.ts';
import { type ObjectRef, refOf, refReturns } from '../../objects/rows/object-row.ts';
import type { CommandContext } from '../../wwise-command.ts';
import { originalPathExpression } from './original-path.ts';

/** An audio source and the file it plays, as this machine sees it. */
export interface AudioSource {
  readonly source: ObjectRef;
  readonly filePath: string;
}

/** The audio file sources among an object and what is below it; without an object, of the whole project. */
export async function audioSources(
  objectId: string | undefined,
  context: Pick<CommandContext, 'waapi' | 'project'>,
): Promise<AudioSource[]> {
  const expression = originalPathExpression(await context.project());
  const waql =
    objectId === undefined
      ? '$ from type AudioFileSource'
      : `$ "${objectId}" select this, descendants where type = "AudioFileSource"`;
  const rows = await askRows(waql, [...refReturns, expression], context);
  return flatMapInTurns(rows, (row) => [{ source: refOf(row), filePath: asString(row[expression]) ?? '' }]);
}

/** Files that plug-ins read, such as impulse responses. What they are to a plug-in is not known: only that one names them. */
export async function pluginMedia(
  context: Pick<CommandContext, 'waapi' | 'project'>,
): Promise<AudioSource[]> {
  const expression = originalPathExpression(await context.project());
  const waql = '$ from type Effect, SourcePlugin select children where type = "PluginMediaSource"';
  const rows = await askRows(waql, [...refReturns, expression], context);
  return flatMapInTurns(rows, (row) => [{ source: refOf(row), filePath: asString(row[expression]) ?? '' }]);
}
