import type { Leaf } from '../../dialogue.ts';
import type { Found } from '../found.ts';
import { plain } from '../words-of.ts';

/**
 * Nothing as an amount, of a time, a part or a change of pitch: "none", "no fade", "niente", "senza fade". Not of a level: there
 * it may mean silence or no change.
 */
export function nothingFinding(text: string, { field, ...leaf }: Leaf): Found | undefined {
  const { type, unit, min = 0, max = 0, label, name } = field;
  const isZeroMeant = unit !== undefined && !['dB', 'Hz'].includes(unit);
  if (type !== 'number' || !isZeroMeant || min > 0 || max < 0) return undefined;
  const said = plain(text)
    .split(' ')
    .filter((word) => !polite.has(word))
    .join(' ');
  const names = [label, name].flatMap((one) => (one === undefined ? [] : [plain(one)]));
  const isNone = alone.has(said) || names.some((one) => leading.some((word) => said === `${word} ${one}`));
  if (!isNone) return undefined;
  const finding = { is: 'value', value: 0, words: text.trim().slice(0, 200), layer: 'number' } as const;
  return { leaf: { field, ...leaf }, finding, span: undefined };
}

const polite: ReadonlySet<string> = new Set('please pls thanks thx grazie per favore at all'.split(' '));
const alone: ReadonlySet<string> = new Set('none nothing nessuno nessuna niente nulla'.split(' '));
const leading = ['no', 'without', 'zero', 'nessun', 'nessuno', 'nessuna', 'niente', 'senza', 'zero'];
