import { linearPattern } from '../../core/text/linear-pattern.ts';

/** Formats that texts are held to; others say what a text is for, and hold it to nothing. */
export const formats: Readonly<Record<string, true | ((text: string) => boolean)>> = {
  email: by('^[^@\\s]{1,64}@[^@\\s.]+(\\.[^@\\s.]+)+$'),
  uuid: by('^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$'),
  date: isDate,
  time: by('^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]+)?(Z|[+-][0-2][0-9]:[0-5][0-9])$'),
  'date-time': (text) => {
    const [day = '', time = ''] = text.split(/[Tt ]/, 2);
    return isDate(day) && time !== '' && Number.isFinite(Date.parse(text));
  },
  uri: (text) => URL.canParse(text),
  url: (text) => URL.canParse(text),
  ipv4: by('^((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(\\.|$)){4}$'),
  hostname: by(
    '^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$',
  ),
  regex: (text) => {
    try {
      linearPattern(text);
      return true;
    } catch {
      return false;
    }
  },
};

function by(pattern: string): (text: string) => boolean {
  const compiled = linearPattern(pattern);
  return (text) => compiled.test(text);
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return Number.isFinite(date.getTime()) && date.toISOString().startsWith(text);
}
