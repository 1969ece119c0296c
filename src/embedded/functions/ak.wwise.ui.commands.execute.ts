import { asJsonArray, asString, type JsonObject } from '../../base/json.ts';
import { defineFunction, type FunctionContext } from './define-function.ts';
import { resolveObject } from './resolve-object.ts';
import { waapiErrors } from './waapi-errors.ts';

/**
 * Executes the commands that mean something without a window: Undo, Redo, and to find objects in the Project Explorer,
 * which selects them. Any other is refused, so that nobody takes it for done.
 */
export const uiCommandsExecute = defineFunction({
  uri: 'ak.wwise.ui.commands.execute',
  run(args, _options, context) {
    const command = asString(args.command) ?? '';
    const execute = commands.find(({ name }) => name.test(command))?.execute;
    if (execute === undefined) throw waapiErrors.needsWindow(command);
    execute(args, context);
    return {};
  },
});

const commands: readonly {
  readonly name: RegExp;
  execute(args: JsonObject, context: FunctionContext): void;
}[] = [
  { name: /^FindInProjectExplorer(NoSync|(SyncGroup|SelectionChannel)[1-4])?$/, execute: select },
  { name: /^Undo$/, execute: (_args, { project }) => project.undo.undo() },
  { name: /^Redo$/, execute: (_args, { project }) => project.undo.redo() },
];

function select(args: JsonObject, { project, instance, publish }: FunctionContext): void {
  const objects = asJsonArray(args.objects).map((object) =>
    resolveObject(project.model, asString(object) ?? ''),
  );
  instance.selection.select(objects);
  publish({ kind: 'selected', objects: instance.selection.objects(project.model) });
}
