import type { ProjectFilesView, UnreadableFile } from '../../backend/project-files.ts';
import type { ProjectIdentity } from '../../backend/project-identity.ts';
import type { AnyCommand } from '../../command.ts';
import { WwiseFlowError } from '../../errors.ts';
import type { JsonObject } from '../../json.ts';

/** How many files an answer names; it counts all. */
const mostNamed = 20;

/** Whether a call of this command is refused while files of the project cannot be read. */
export function needsWholeProject(
  {
    reliesOnWholeProject,
    deletesOthers,
    replaces,
    toleratesUnreadable,
  }: Pick<AnyCommand, 'reliesOnWholeProject' | 'deletesOthers' | 'replaces' | 'toleratesUnreadable'>,
  input: JsonObject,
): boolean {
  if (toleratesUnreadable?.(input) === true) return false;
  return reliesOnWholeProject === 'deletes' || deletesOthers?.(input) === true || replaces?.(input) === true;
}

/** Throws PROJECT_UNREADABLE_FILES when what deletes because nobody refers to it cannot know who does. */
export async function refuseUnreadable(
  command: AnyCommand,
  files: ProjectFilesView,
  fresh: boolean,
): Promise<void> {
  const unreadable = await files.unreadable(fresh);
  if (unreadable.length === 0) return;
  throw new WwiseFlowError(
    'PROJECT_UNREADABLE_FILES',
    `${command.name} was not run: ${inWords(unreadable)}. What is in there may refer to what would be deleted.`,
    {
      hint: `See to the files in details.unreadable as their reasons say (mend, fetch, restore or migrate them), and call again. ${allTheSame(command)}`,
      details: { command: command.name, total: unreadable.length, unreadable: listed(unreadable) },
    },
  );
}

function allTheSame({ toleratesUnreadable }: AnyCommand): string {
  return toleratesUnreadable !== undefined
    ? 'With ignoreUnreadable: true it is done all the same.'
    : 'Or delete what is to be replaced by delete_object with ignoreUnreadable: true, and call again without replacing.';
}

/** The answer of a command that relies on the whole project, with the files that are not in it. */
export async function namingUnreadable(
  { reliesOnWholeProject }: AnyCommand,
  data: JsonObject,
  files: ProjectFilesView,
): Promise<JsonObject> {
  if (reliesOnWholeProject === undefined) return data;
  const unreadable = await files.unreadable(false);
  if (unreadable.length === 0) return data;
  return { ...data, unreadable: { total: unreadable.length, files: listed(unreadable) } };
}

/**
 * For an OBJECT_NOT_FOUND one that says in which unreadable files the object may be: created anew, it would be there twice. Any other as
 * it was.
 */
export async function orUnread(
  error: WwiseFlowError,
  files: ProjectFilesView,
  project: () => Promise<Pick<ProjectIdentity, 'filePath'>>,
): Promise<WwiseFlowError> {
  if (error.code !== 'OBJECT_NOT_FOUND') return error;
  try {
    const unreadable = await files.unreadable(false);
    if (unreadable.length === 0) return error;
    const folder = (await project()).filePath.replace(/[\\/][^\\/]*$/, '');
    const holding = unreadable.filter(({ filePath }) => mayHold(filePath, error.details?.object, folder));
    return holding.length === 0 ? error : namingHolders(error, holding);
  } catch {
    // The error stands without it.
    return error;
  }
}

function namingHolders(error: WwiseFlowError, holding: readonly UnreadableFile[]): WwiseFlowError {
  const { candidates } = error.details ?? {};
  const others = Array.isArray(candidates) && candidates.length > 0;
  return new WwiseFlowError(
    error.code,
    `${error.message} It may be in what could not be read: ${inWords(holding)}.`,
    {
      hint: `See to the files in details.unreadable as their reasons say (mend, fetch, restore or migrate them), and look again; created anew it would be there twice.${others ? ' Or use one of details.candidates.' : ''}`,
      details: { ...error.details, unreadable: listed(holding) },
      cause: error,
    },
  );
}

/** A Work Unit's path begins with the folder its file lies in; from a GUID or name it is not known where it would be. */
function mayHold(file: string | null, designator: unknown, projectDir: string): boolean {
  if (file === null || typeof designator !== 'string' || !designator.startsWith('\\')) return true;
  const normal = file.replaceAll('\\', '/').toLowerCase();
  const root = `${projectDir.replaceAll('\\', '/').replace(/\/+$/, '').toLowerCase()}/`;
  const wanted = designator.split('\\')[1]?.toLowerCase() ?? '';
  if (!normal.startsWith(root) || wanted === '') return true;
  const [folder = '', ...below] = normal.slice(root.length).split('/');
  return below.length === 0 || folder === wanted;
}

function inWords(files: readonly UnreadableFile[]): string {
  const [first] = files;
  const one =
    first === undefined || first.filePath === null
      ? `"${first?.problem ?? ''}"`
      : `${first.filePath} (${first.problem})`;
  if (files.length === 1)
    return first?.filePath === null
      ? `${one} was logged when the project was loaded`
      : `1 file of the project, ${one}`;
  return `${files.length} files of the project, the first is ${one}`;
}

function listed(files: readonly UnreadableFile[]): JsonObject[] {
  return files.slice(0, mostNamed).map(({ filePath, problem }) => ({ filePath, problem }));
}
