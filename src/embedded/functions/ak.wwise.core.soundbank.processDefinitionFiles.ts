import { dirname, resolve } from 'node:path';
import { asJsonArray } from '../../base/json.ts';
import type { ModelEditor } from '../model/editor.ts';
import type { ProjectModel, WwiseObject } from '../model/model.ts';
import { defineFunction } from './define-function.ts';
import { type Definition, readDefinitions } from './soundbank-definitions.ts';
import { waapiErrors } from './waapi-errors.ts';

const soundBanksRoot = '{C98E673F-A24C-48A8-960F-10565FFE70A0}';

/**
 * Imports SoundBank definition files: banks that do not exist are created in the Default Work Unit, entries are added to
 * what a bank has. Relative paths start at the project. A line whose object does not exist fails the call, unlike in Wwise,
 * where only a log tells: nothing is changed then.
 */
export const soundbankProcessDefinitionFiles = defineFunction({
  uri: 'ak.wwise.core.soundbank.processDefinitionFiles',
  async run(args, _options, { project, sessionId }) {
    const { model } = project;
    const files = asJsonArray(args.files).map((file) => resolve(dirname(project.filePath), String(file)));
    const entries = resolved(model, files.flatMap(readDefinitions));
    await project.edit('Import SoundBank Definition', sessionId, (editor) => {
      for (const [bankName, inclusions] of entries) {
        const bank = model.byName('SoundBank', bankName) ?? newBank(model, editor, bankName);
        const filters = new Map(model.inclusions(bank).map(({ object, filter }) => [object, filter]));
        for (const [object, filter] of inclusions) filters.set(object, (filters.get(object) ?? 0) | filter);
        editor.setInclusions(
          bank,
          [...filters].map(([object, filter]) => ({ object, filter })),
        );
      }
    });
    return {};
  },
});

/** Bank by bank, the object of every line; all that are missing are told at once. */
function resolved(
  model: ProjectModel,
  definitions: readonly Definition[],
): Map<string, Map<WwiseObject, number>> {
  const entries = new Map<string, Map<WwiseObject, number>>();
  const missing: string[] = [];
  for (const { bank, type, designator, filter, place } of definitions) {
    const object = designatedObject(model, type, designator);
    if (object === undefined) {
      missing.push(`${place}: ${type} "${designator}" is unknown.`);
      continue;
    }
    const inclusions = entries.get(bank) ?? new Map<WwiseObject, number>();
    inclusions.set(object, (inclusions.get(object) ?? 0) | filter);
    entries.set(bank, inclusions);
  }
  if (missing.length === 0) return entries;
  throw waapiErrors.invalidArguments(missing[0] ?? '', { reasons: missing });
}

function designatedObject(model: ProjectModel, type: string, designator: string): WwiseObject | undefined {
  if (designator.startsWith('{')) return model.byId(designator);
  const named = model.byName(type, designator);
  if (named !== undefined) return named;
  const shortId = /^(0x[0-9a-f]+|\d+)$/i.test(designator) ? Number(designator) : undefined;
  return shortId === undefined ? undefined : model.byShortId(type, shortId);
}

function newBank(model: ProjectModel, editor: ModelEditor, name: string): WwiseObject {
  const root = model.byId(soundBanksRoot);
  const home = root?.children.find((child) => child.name === 'Default Work Unit') ?? root?.children[0];
  if (root === undefined || home === undefined)
    throw waapiErrors.invalidArguments('The project has no SoundBanks Work Unit.', { soundbank: name });
  return editor.create(home, { type: 'SoundBank', name });
}
