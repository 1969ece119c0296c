import { asJsonArray, asString, type JsonObject } from '../../../core/json.ts';
import { inTurns } from '../../../core/turns/turns.ts';
import type { WwiseObject } from '../../model/model.ts';
import { monitoringOf } from '../../model/monitoring.ts';
import { resolveObject } from '../../model/naming/resolve-object.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import { checkedPlatform } from '../building/write-member.ts';
import { defineFunction, type FunctionContext } from '../define-function.ts';

/**
 * Executes the commands that mean something without a window: Undo, Redo, muting and soloing, to find objects in the
 * Project Explorer, which selects them, and the commands clients added. Any other is refused, and so is one that
 * starts a program, so that nobody takes it for done. Who subscribed is notified, as documented.
 */
export const uiCommandsExecute = defineFunction({
  uri: 'ak.wwise.ui.commands.execute',
  async run(args, _options, context) {
    const { project, instance, publish } = context;
    const command = asString(args.command) ?? '';
    const execute = commands.get(command) ?? addOn(command, context);
    if (execute === undefined) throw waapiErrors.needsWindow(command, instance.addOnCommands.ids);
    const objects =
      args.objects === undefined && !commands.has(command)
        ? instance.selection.objects(project.model)
        : asJsonArray(args.objects).map((object) => resolveObject(project.model, asString(object) ?? ''));
    const platforms = asJsonArray(args.platforms).map(
      (platform) =>
        checkedPlatform(project.model, asString(platform)) ?? project.model.platforms[0]?.name ?? '',
    );
    await execute(objects, context, args);
    publish({ kind: 'commanded', command, objects, platforms });
    return {};
  },
});

type Execute = (
  objects: readonly WwiseObject[],
  context: FunctionContext,
  args: JsonObject,
) => void | Promise<void>;

/** By their names in running Wwises: up to 2021.1 and since. */
const formerFinders = ['NoSyncGroup', 'SyncGroup1', 'SyncGroup2', 'SyncGroup3', 'SyncGroup4'];
const finders = ['NewPinnedView', ...[1, 2, 3, 4].map((channel) => `SelectionChannel${channel}`)];
const finder = (where: string) => `FindInProjectExplorer${where}`;

const commands: ReadonlyMap<string, Execute> = new Map<string, Execute>([
  // Programs give either names to every version; the two at the end stand in older ones.
  ...[...finders, ...formerFinders, 'NoSync', ''].map((where): [string, Execute] => [finder(where), select]),
  ['Undo', (_objects, { project, giveWay }) => inTurns(project.undo.undoSteps(), giveWay)],
  ['Redo', (_objects, { project, giveWay }) => inTurns(project.undo.redoSteps(), giveWay)],
  [
    'Mute',
    (objects, { project }, { value }) => switchEach(monitoringOf(project.model).muted, objects, value),
  ],
  [
    'Solo',
    (objects, { project }, { value }) => switchEach(monitoringOf(project.model).soloed, objects, value),
  ],
  ['ResetAllMutes', (_objects, { project }) => monitoringOf(project.model).muted.clear()],
  ['ResetAllSolos', (_objects, { project }) => monitoringOf(project.model).soloed.clear()],
]);

/** Commands of Wwise that this instance executes, by their names in the version with this schema. */
export function windowlessCommands(schema: number): readonly string[] {
  const others = [...commands].flatMap(([name, execute]) => (execute === select ? [] : [name]));
  return [...(schema < firstChannelSchema ? formerFinders : finders).map(finder), ...others];
}

/** 2022.1, where sync groups became selection channels. */
const firstChannelSchema = 110;

/** An added command does what its client does on hearing of it, by default to what is selected. */
function addOn(command: string, { instance }: FunctionContext): Execute | undefined {
  const found = instance.addOnCommands.find(command);
  if (found?.starts !== undefined) throw waapiErrors.startsProgram(command, found.starts);
  return found && (() => {});
}

function select(objects: readonly WwiseObject[], { project, instance, publish }: FunctionContext): void {
  instance.selection.select(objects);
  publish({ kind: 'selected', objects: instance.selection.objects(project.model) });
}

/** Without a value the button is pressed: what was on goes off. */
function switchEach(switchedOn: Set<string>, objects: readonly WwiseObject[], value: unknown): void {
  for (const { id } of objects) {
    if (typeof value === 'boolean' ? value : !switchedOn.has(id)) switchedOn.add(id);
    else switchedOn.delete(id);
  }
}
