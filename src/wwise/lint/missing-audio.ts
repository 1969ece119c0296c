import { existsSync } from 'node:fs';
import { asString, type JsonObject } from '../../core/json.ts';
import { originalPathExpression } from '../audio/original-path.ts';
import { folderIsSeen } from '../files/folder-is-seen.ts';
import { askRows } from '../objects/ask-rows.ts';
import { refOf, refReturns } from '../objects/object-row.ts';
import type { Check } from './rules.ts';

/**
 * Audio sources whose original file is not there, and Sounds without any source. Files are looked for only where the
 * Originals folder can be seen from this machine; one that does not exist lacks every file.
 */
export const missingAudio: Check = async (_rules, context) => {
  const facts = await context.project();
  const file = originalPathExpression(facts);
  const sources = await askRows('$ from type AudioFileSource', [...refReturns, file], context);
  const canSee = folderIsSeen(facts.originalsDir);
  const lost = (canSee ? sources : []).flatMap((row) => {
    const path = asString(row[file]) ?? '';
    if (path !== '' && existsSync(path)) return [];
    return [
      { object: refOf(row), message: path === '' ? 'It names no file.' : `The file is missing: ${path}` },
    ];
  });
  const sounds = await askRows(
    '$ from type Sound where childrenCount = 0',
    [...refReturns, 'childrenCount'],
    context,
  );
  const silent = sounds
    .filter(hasNothing)
    .map((row) => ({ object: refOf(row), message: 'It has no audio source.' }));
  return [...lost, ...silent];
};

function hasNothing({ childrenCount }: JsonObject): boolean {
  return childrenCount === 0;
}
