import pc from 'picocolors';
import type { Json } from '../../base/json.ts';
import type { ObjectChange } from '../../workflow/preview/image.ts';
import type { Preview } from '../../workflow/preview/preview.ts';
import type { Print } from './print.ts';
import { printTrouble } from './trouble.ts';

/** Prints what a run would do: the objects, the files for the Originals, and the diff of the Work Units. */
export function drawPreview({ objects, files, originals, warnings, result }: Preview, print: Print): void {
  print('');
  for (const object of objects) drawObject(object, print);
  for (const { filePath, sizeBytes, replaces } of originals) {
    print(
      `${replaces ? pc.yellow('~') : pc.green('+')} ${filePath}  ${pc.dim(`${sizeBytes} bytes into the Originals`)}`,
    );
  }
  for (const { filePath, state, added, removed, hunks } of files) {
    print('');
    print(pc.bold(`${filePath}  ${pc.dim(`${state}, +${added} -${removed}`)}`));
    for (const line of hunks.flatMap((hunk) => hunk.split('\n'))) print(colour(line));
  }
  print('');
  for (const warning of warnings) print(`${pc.yellow('!')} ${warning}`);
  if (!result.ok) printTrouble(result, print);
  const count = (change: ObjectChange['change']) =>
    objects.filter((object) => object.change === change).length;
  print(
    pc.dim(
      `${count('created')} created, ${count('changed')} changed, ${count('moved')} moved, ${count('deleted')} deleted; ` +
        `${counted(files.length, 'file')} changed, ${counted(originals.length, 'new original')}. Nothing was touched.`,
    ),
  );
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function drawObject({ change, type, path, oldPath, changes }: ObjectChange, print: Print): void {
  const from = oldPath === undefined ? '' : pc.dim(` from ${oldPath}`);
  print(`${marks[change]} ${path}  ${pc.dim(type)}${from}`);
  for (const { property, old, new: now } of changes) {
    print(pc.dim(`    ${property}: ${change === 'created' ? '' : `${text(old)} → `}${text(now)}`));
  }
}

const marks: Readonly<Record<ObjectChange['change'], string>> = {
  created: pc.green('+'),
  changed: pc.yellow('~'),
  moved: pc.cyan('>'),
  deleted: pc.red('-'),
};

function text(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function colour(line: string): string {
  if (line.startsWith('@@')) return pc.cyan(line);
  if (line.startsWith('+')) return pc.green(line);
  return line.startsWith('-') ? pc.red(line) : line;
}
