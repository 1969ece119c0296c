import type { PropertyValue } from '../model.ts';

/** A property value as it stands in the file: `True`/`False`, plain integers, `%.7g` for Real32, `%.15g` for Real64. */
export function printValue(type: string, value: PropertyValue): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return value;
  if (type === 'Real32') return printReal(value, 7);
  if (type === 'Real64') return printReal(value, 15);
  return String(Math.trunc(value));
}

/** The value a text of the file stands for. */
export function parseValue(type: string, text: string): PropertyValue {
  if (type === 'bool') return text.toLowerCase() === 'true' || text === '1';
  if (type === 'string') return text;
  const number = Number(text);
  return Number.isNaN(number) ? text : number;
}

/** C's `%.<digits>g` with Wwise's two-digit upper-case exponent: `2.22044604925031E-16`. */
function printReal(value: number, digits: number): string {
  if (value === 0) return '0';
  const exponent = Number(value.toExponential(digits - 1).split('e')[1]);
  if (exponent >= -5 && exponent < digits) return String(Number(value.toPrecision(digits)));
  const [mantissa = '', power = '0'] = value.toExponential(digits - 1).split('e');
  const trimmed = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa;
  const magnitude = Math.abs(Number(power)).toString().padStart(2, '0');
  return `${trimmed}E${Number(power) < 0 ? '-' : '+'}${magnitude}`;
}
