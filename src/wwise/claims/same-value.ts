import type { Json } from '../../core/json.ts';

/**
 * Whether a property holds what was asked for. Wwise keeps most numbers as 32-bit floats: what was set as 0.1 comes back as
 * 0.10000000149; and it takes 1 or "true" for a boolean, "-6" for a number.
 */
export function holdsValue(stored: Json | undefined, claimed: Json): boolean {
  if (stored === claimed) return true;
  if (typeof stored === 'string') return stored === String(claimed);
  const [one, other] = [numberOf(stored), numberOf(claimed)];
  return one !== undefined && other !== undefined && Math.fround(one) === Math.fround(other);
}

function numberOf(value: Json | undefined): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  if (/^(true|false)$/i.test(value)) return Number(value.toLowerCase() === 'true');
  const number = Number(value);
  return Number.isNaN(number) ? undefined : number;
}
