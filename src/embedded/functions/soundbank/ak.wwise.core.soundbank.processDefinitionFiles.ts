import { dirname, resolve } from 'node:path';
import { asJsonArray } from '../../../core/json.ts';
import { didYouMean } from '../../../core/text/nearest.ts';
import { inTurns } from '../../../core/turns/turns.ts';
import type { LogSeverity } from '../../instance/wwise-log.ts';
import type { ModelEditor } from '../../model/editor.ts';
import type { ProjectModel, WwiseObject } from '../../model/model.ts';
import { childByName } from '../../model/naming/sibling-names.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import {
  type DefinitionInclusion,
  type DefinitionLine,
  type Exclusion,
  readDefinitions,
} from '../building/soundbank-definitions.ts';
import { defineFunction } from '../define-function.ts';

const soundBanksRoot = '{C98E673F-A24C-48A8-960F-10565FFE70A0}';

/**
 * Imports SoundBank definition files in one undo step: banks that do not exist are created in the Default Work Unit, entries
 * are added to what a bank has. Relative paths start at the project. As in Wwise a line that cannot be done does not keep the
 * others from it: the channel `general` of the log says what came of each, in Wwise's words (SoundBank Created, Inclusion
 * Added, Event Missing...). Exclusions of game syncs are not written: no public project shows their form.
 */
export const soundbankProcessDefinitionFiles = defineFunction({
  uri: 'ak.wwise.core.soundbank.processDefinitionFiles',
  async run(args, _options, { project, sessionId, instance, giveWay }) {
    const { model } = project;
    const files = asJsonArray(args.files).map((file) => resolve(dirname(project.filePath), String(file)));
    const lines = files.flatMap(readDefinitions);
    function* importAll(editor: ModelEditor): Generator<void, readonly Note[]> {
      const notes: Note[] = [];
      for (const line of lines) {
        notes.push(...importLine(line, model, editor));
        yield;
      }
      return notes;
    }
    const notes = await project.edit('Import SoundBank Definition', sessionId, (editor) =>
      inTurns(importAll(editor), giveWay),
    );
    for (const [severity, message] of notes) instance.log.add('general', severity, message);
    return {};
  },
});

type Note = readonly [LogSeverity, string];

function importLine(line: DefinitionLine, model: ProjectModel, editor: ModelEditor): readonly Note[] {
  switch (line.kind) {
    case 'unreadable':
      return [['Error', `${line.position}: ${line.problem}`]];
    case 'exclusion':
      return [exclusionNote(line, model)];
    case 'inclusion':
      return include(line, model, editor);
  }
}

function include(line: DefinitionInclusion, model: ProjectModel, editor: ModelEditor): readonly Note[] {
  const { bank: name, type, designator, filter, position } = line;
  const object = designatedObject(model, type, designator);
  if (object === undefined) {
    const names = [...model.ofType(type)].map((one) => one.name);
    const near = didYouMean(designator, names);
    return [['Error', `${position}: ${missing[type] ?? type} Missing: "${designator}" for ${name}.${near}`]];
  }
  const existing = model.byName('SoundBank', name);
  const bank = existing ?? newBank(model, editor, name);
  const filters = new Map(model.inclusions(bank).map((entry) => [entry.object, entry.filter]));
  const before = filters.get(object);
  const after = (before ?? 0) | filter;
  if (before === after) return [['Message', `${position}: No Change Detected: ${name} has ${object.name}.`]];
  filters.set(object, after);
  editor.setInclusions(
    bank,
    [...filters].map(([included, bits]) => ({ object: included, filter: bits })),
  );
  const created: readonly Note[] =
    existing === undefined ? [['Message', `${position}: SoundBank Created: ${name}.`]] : [];
  return [...created, ['Message', `${position}: Inclusion Added: ${object.name} in ${name}.`]];
}

/** What Wwise calls a line whose object there is not. */
const missing: Readonly<Record<string, string>> = {
  Event: 'Event',
  Effect: 'Effect',
  DialogueEvent: 'Event',
};

function exclusionNote({ bank, type, names, position }: Exclusion, model: ProjectModel): Note {
  const [first = '', second = ''] = names;
  const group = type === 'Trigger' ? undefined : model.byName(`${type}Group`, first);
  const gameSync = type === 'Trigger' ? model.byName(type, first) : group && childByName(group, second);
  if (gameSync === undefined)
    return ['Error', `${position}: Exclusion Missing: ${type} "${names.join('", "')}" for ${bank}.`];
  return [
    'Error',
    `${position}: Exclusion not added: this engine does not write game sync exclusions. Exclude ${model.path(gameSync)} from ${bank} in Wwise.`,
  ];
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
