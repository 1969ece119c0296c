import { checkProject } from '../../src/embedded/project/compare/check.ts';
import { filesBelow, type Ground, touched } from './ground.ts';
import { look, type Tally } from './tally.ts';

/** What is known of something that was to be made: its call said so, said no, or nobody can say. */
export type Known = 'made' | 'refused' | 'unknown';

/**
 * Looks at the files of a project when no process has it any more: what was made and saved is there once, what was refused is not,
 * no file is torn or left over, and what nobody had business with is as it was, to the byte and, in the changed file, to the line.
 * `isSaved`: whether a save after the last of it was answered; without one what was made may be missing.
 */
export function lookAtFiles(
  tally: Tally,
  ground: Ground,
  made: ReadonlyMap<string, Known>,
  isSaved: boolean,
  round: string,
): void {
  const files = filesBelow(ground.projectDir);
  const text = files.get(touched)?.toString('utf8') ?? '';
  const counts = countsIn(text);
  look(
    tally,
    'once',
    [...made].flatMap(([name, known]) => {
      const count = counts.get(name) ?? 0;
      const isRight =
        known === 'refused' ? count === 0 : count === 1 || (count === 0 && !(isSaved && known === 'made'));
      return isRight
        ? []
        : [`${round}: ${name}, ${known}${isSaved ? '' : ' and not saved'}, is there ${count} times`];
    }),
  );
  look(
    tally,
    'whole',
    tornIn(ground.projectPath).map((wrong) => `${round}: ${wrong}`),
  );
  look(tally, 'untouched', [
    ...differencesOf(ground.files, files).map((wrong) => `${round}: ${wrong}`),
    ...lostLines(ground.files.get(touched)?.toString('utf8') ?? '', text).map(
      (line) => `${round}: lost ${line}`,
    ),
  ]);
}

/** How often each Sound is in the text of a Work Unit. */
export function countsIn(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [, name = ''] of text.matchAll(/<Sound Name="([^"]*)"/g))
    counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** What is not whole in a project; a cut-off save counts, since whoever had it is gone. */
export function tornIn(projectPath: string): readonly string[] {
  const { differences, brokenFiles, duplicates, strayFiles, unfinishedSave } = checkProject(projectPath);
  return [
    ...differences.map(({ filePath, line }) => `${filePath} would be written otherwise from line ${line} on`),
    ...brokenFiles.map(({ filePath, problem }) => `${filePath}: ${problem}`),
    ...duplicates.map(({ id }) => `${id} stands twice`),
    ...strayFiles.map((file) => `${file} is left over`),
    ...unfinishedSave.map((file) => `${file} is half saved`),
  ];
}

function differencesOf(before: Ground['files'], after: Ground['files']): string[] {
  const lost = [...before.keys()].filter((file) => !after.has(file)).map((file) => `${file} is gone`);
  const added = [...after.keys()].filter((file) => !before.has(file)).map((file) => `${file} is new`);
  const changed = [...before]
    .filter(([file, bytes]) => file !== touched && after.get(file)?.equals(bytes) === false)
    .map(([file]) => `${file} is changed`);
  return [...lost, ...added, ...changed];
}

/** Lines of the old text that the new one does not have in their order. */
function lostLines(before: string, after: string): string[] {
  const lines = after.split('\n');
  let at = 0;
  for (const line of before.split('\n')) {
    const found = lines.indexOf(line, at);
    if (found < 0) return [line.trim()];
    at = found + 1;
  }
  return [];
}
