import type { Json } from '../../../core/json.ts';
import type { ObjectChange, Preview } from '../../../workflow/service.ts';
import type { Print } from '../print.ts';
import { printTrouble } from '../trouble.ts';
import { drawEstimatedCosts } from './draw-costs.ts';
import { bold, cyan, dim, green, type LinePart, line, type PaintedLine, red, yellow } from './paint.ts';

/** Prints what a run would do: the objects, the files for the Originals, and the diff of the Work Units. */
export function drawPreview(preview: Preview, print: Print): void {
  const { objects, files, originals, warnings, result } = preview;
  print('');
  for (const object of objects) drawObject(object, print);
  for (const { filePath, sizeBytes, replaces, playedBy = [] } of originals) {
    const players = playedBy.length === 0 ? '' : `; it is played by ${playedBy.join(', ')}`;
    print(
      line`${replaces ? yellow('~') : green('+')} ${filePath}  ${dim(line`${sizeBytes} bytes into the Originals${players}`)}`,
    );
  }
  for (const { filePath, state, added, removed, hunks } of files) {
    print('');
    print(bold(line`${filePath}  ${dim(line`${state}, +${added} -${removed}`)}`));
    for (const text of hunks.flatMap((hunk) => hunk.split('\n'))) print(colour(text));
  }
  print('');
  for (const warning of [...warnings, ...(result.notices ?? [])]) print(line`${yellow('!')} ${warning}`);
  drawEstimatedCosts(preview.estimatedCosts, print);
  if (!result.ok) printTrouble(result, print);
  const count = (change: ObjectChange['change']) =>
    objects.filter((object) => object.change === change).length;
  print(
    dim(
      line`${count('created')} created, ${count('changed')} changed, ${count('moved')} moved, ${count('deleted')} deleted; ${counted(files.length, 'file')} changed, ${counted(originals.length, 'new original')}. Nothing was touched.`,
    ),
  );
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function drawObject({ change, type, path, oldPath, changes }: ObjectChange, print: Print): void {
  const from = oldPath === undefined ? '' : dim(line` from ${oldPath}`);
  print(line`${marks[change]} ${path}  ${dim(type)}${from}`);
  for (const { property, old, new: now, noEffectYet } of changes) {
    const lack = noEffectYet === undefined ? '' : `  no effect yet: ${noEffectYet} is off`;
    print(dim(line`    ${property}: ${change === 'created' ? '' : `${text(old)} → `}${text(now)}${lack}`));
  }
}

const marks: Readonly<Record<ObjectChange['change'], PaintedLine>> = {
  created: green('+'),
  changed: yellow('~'),
  moved: cyan('>'),
  deleted: red('-'),
};

function text(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A file of Windows has a carriage return at the end of each line. */
function colour(hunkLine: string): LinePart {
  const text = hunkLine.replace(/\r$/, '');
  if (text.startsWith('@@')) return cyan(text);
  if (text.startsWith('+')) return green(text);
  return text.startsWith('-') ? red(text) : text;
}
