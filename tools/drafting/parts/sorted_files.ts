import { parse } from 'node:path';
import { WwiseFlowError } from '../../../src/core/errors.ts';
import { importableEndings } from '../../../src/wwise/audio/converting/convertible-audio.ts';
import { filesBelow } from '../../../src/wwise/files/folder-files.ts';
import type { CommandContext } from '../../../src/wwise/wwise-command.ts';
import type { Form } from './draft_form.ts';
import { type Naming, piecesOf } from './draft_naming.ts';

/** The files of a form, by where they go. */
export interface SortedFiles {
  readonly sounds: number;
  readonly groups: readonly string[];
  /** Containers as `group\name`; none when there are no containers. */
  readonly containers: readonly string[];
  /** Switches that files are for, over all containers, and how many containers lie in Switch Containers. */
  readonly switches: readonly string[];
  readonly switchedCount: number;
  /** Names that do not fit the convention. */
  readonly leftOut: readonly string[];
}

/** Most files of one import. */
const mostTogether = 500;

/**
 * Looks which files there are now, and where each would go. Throws like `readableFile`, and INVALID_INPUT where nothing fits,
 * where two would become one object or one Event, and where too many would be imported together.
 */
export async function sortedFiles(form: Form, naming: Naming, context: CommandContext): Promise<SortedFiles> {
  const stems = (await pathsOf(form, context)).map((path) => parse(path).name);
  const pattern = new RegExp(naming.pattern);
  const fitting = stems.filter((stem) => pattern.test(stem));
  const leftOut = stems.filter((stem) => !pattern.test(stem));
  if (fitting.length === 0) throw nothingFits(form.naming, stems);
  refuseTwins(
    fitting,
    'Two files would become one Sound',
    'Rename one of them, or draft for each folder by itself.',
  );
  const part = (stem: string, name: string): string =>
    pattern.exec(stem)?.[naming.groups.get(name) ?? 0] ?? '';
  const hasGroups = naming.groups.has('group');
  const containerOf = (stem: string): string =>
    piecesOf(form.container?.name ?? '', 'container.name', [...naming.groups.keys()])
      .map((piece) => ('part' in piece ? part(stem, piece.part) : piece.text))
      .join('');
  const hasSwitches = naming.groups.has('switch');
  const together = new Map<string, string[]>();
  const units = new Set<string>();
  for (const stem of fitting) {
    const unit = [
      ...(hasGroups ? [part(stem, 'group')] : []),
      ...(form.container === undefined ? [] : [containerOf(stem)]),
    ].join('\\');
    units.add(unit);
    const holder = hasSwitches ? `${unit}\\${part(stem, 'switch')}` : unit;
    together.set(holder, [...(together.get(holder) ?? []), stem]);
  }
  for (const [unit, files] of together) if (files.length > mostTogether) throw tooMany(unit, files.length);
  const groups = hasGroups ? [...new Set(fitting.map((stem) => part(stem, 'group')))] : [];
  refuseTwins(groups, 'Two groups differ by case only', 'Wwise ignores case in names: rename the files.');
  const containers = form.container === undefined ? [] : [...units];
  const switches = hasSwitches ? [...new Set(fitting.map((stem) => part(stem, 'switch')))] : [];
  refuseTwins(switches, 'Two switches differ by case only', 'Wwise ignores case in names: rename the files.');
  refuseTwins(
    containers,
    'Two containers differ by case only',
    'Wwise ignores case in names: rename the files.',
  );
  checkEvents(form, hasGroups, containers.length === 0 ? fitting : containers);
  const switchedCount = hasSwitches ? together.size : 0;
  return { sounds: fitting.length, groups, containers, switches, switchedCount, leftOut };
}

async function pathsOf(
  { folderPath, files = [] }: Form,
  context: CommandContext,
): Promise<readonly string[]> {
  if (folderPath !== undefined)
    return filesBelow(await context.readableFolder(folderPath), importableEndings);
  const paths: string[] = [];
  for (const file of files) paths.push(await context.readableFile(file));
  return paths;
}

/** Events live side by side: what gives the same name twice would make one Event that plays both. */
function checkEvents({ event }: Form, hasGroups: boolean, units: readonly string[]): void {
  if (event === undefined) return;
  const pieces = piecesOf(event, 'event', ['name', ...(hasGroups ? ['group'] : [])]);
  const names = units.map((unit) => {
    const [name = '', group = ''] = unit.split('\\').reverse();
    return pieces
      .map((piece) => ('text' in piece ? piece.text : piece.part === 'name' ? name : group))
      .join('');
  });
  const hint = hasGroups
    ? 'Write the Event as Play_{group}_{name}, so that each has its own.'
    : 'Write the Event as Play_{name}, so that each has its own.';
  refuseTwins(names, 'Several would share one Event', hint);
}

function refuseTwins(names: readonly string[], problem: string, hint: string): void {
  const seen = new Set<string>();
  const twins = names.filter((name) => seen.size === seen.add(name.toLowerCase()).size);
  if (twins.length === 0) return;
  throw new WwiseFlowError('INVALID_INPUT', `${problem}: "${twins[0]}".`, {
    hint,
    details: { names: [...new Set(twins)].slice(0, 20) },
  });
}

function nothingFits(naming: string, stems: readonly string[]): WwiseFlowError {
  const none = stems.length === 0;
  return new WwiseFlowError(
    'INVALID_INPUT',
    none ? `There is no audio file (*${importableEndings.join(', *')}).` : `No file is named "${naming}".`,
    {
      hint: none ? 'Give the folder that holds the files.' : 'Write naming as details.files are named.',
      details: { naming, files: stems.slice(0, 20) },
    },
  );
}

function tooMany(unit: string, files: number): WwiseFlowError {
  return new WwiseFlowError(
    'INVALID_INPUT',
    `${files} files would be imported at once${unit && ` into ${unit}`}.`,
    {
      hint: `At most ${mostTogether} go together: draft for each subfolder, or give a container for each sound.`,
      details: { files, most: mostTogether },
    },
  );
}
