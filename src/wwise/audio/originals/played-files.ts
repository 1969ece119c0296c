import type { PlayedFiles } from '../../../core/backend/undoable-project.ts';
import { asJsonArray, asJsonObject, asString } from '../../../core/json.ts';
import type { Waapi } from '../../connection/waapi.ts';
import { isError, wwiseLogOf } from '../../log/wwise-log.ts';
import type { ProjectFacts } from '../../project-facts.ts';
import { originalPathExpression } from './original-path.ts';

/** Asks which files every source plays, as Wwise names them, and whether all of the project was loaded. Rejects when Wwise cannot be asked. */
export async function playedFiles(facts: ProjectFacts, waapi: Waapi): Promise<PlayedFiles> {
  const expression = originalPathExpression(facts);
  const answer = await waapi.call(
    'ak.wwise.core.object.get',
    { waql: '$ from type AudioFileSource, MidiFileSource' },
    { return: ['id', expression] },
  );
  const players = asJsonArray(answer.return)
    .map(asJsonObject)
    .flatMap(({ id, ...row }) => {
      const path = asString(row[expression]);
      return path === undefined ? [] : [{ id: asString(id) ?? '', path }];
    });
  const { items } = await waapi.call('ak.wwise.core.log.get', { channel: 'projectLoad' });
  return { players, isComplete: !wwiseLogOf(items).some(isError) };
}
