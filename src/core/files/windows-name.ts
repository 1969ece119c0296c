/**
 * Why no file or folder can have a name on Windows, in words that go on after the name ("holds ..."); undefined when one can.
 * Projects are shared between systems, so the rules hold on all of them. Source: Microsoft, "Naming Files, Paths, and
 * Namespaces".
 */
export function windowsNameProblem(name: string): string | undefined {
  if (name === '') return 'is empty';
  const illegal = [...name].find((letter) => '<>:"|?*/\\'.includes(letter));
  if (illegal !== undefined) return `holds the character ${illegal}`;
  if ([...name].some((letter) => letter < ' ')) return 'holds a control character';
  if (name.endsWith('.')) return 'ends with a dot';
  if (name.endsWith(' ')) return 'ends with a blank';
  const stem = name.slice(0, longest).replace(/[ ]*\..*$/s, '');
  if (reserved.test(stem.trim())) return `is a name that Windows keeps for itself (${stem.trim()})`;
  if (name.length > longest) return `is longer than ${longest} characters`;
  return undefined;
}

const reserved = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])$/i;

/** Of one name in the file systems of Windows. */
const longest = 255;
