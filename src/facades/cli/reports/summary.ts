import type { BuildReport, ReportCase } from './report.ts';

/** A report in Markdown, for the page of a build: what failed, what is worth a look, and how many of the rest. */
export function markdownOf({ tool, subject, cases }: BuildReport): string {
  const failed = cases.filter(({ outcome }) => outcome === 'failed');
  const noted = cases.filter(({ outcome }) => outcome === 'noted');
  const passed = cases.filter(({ outcome }) => outcome === 'passed').length;
  const skipped = cases.filter(({ outcome }) => outcome === 'skipped').length;
  const counts = [
    `${failed.length} failed`,
    ...(noted.length === 0 ? [] : [`${noted.length} noted`]),
    `${passed} passed`,
    ...(skipped === 0 ? [] : [`${skipped} skipped`]),
  ];
  const rows = [...failed, ...noted];
  const head = `### ${failed.length === 0 ? '✅' : '❌'} wwiseflow ${tool} ${code(subject)}\n\n${counts.join(', ')}\n`;
  if (rows.length === 0) return head;
  const more = rows.length > MOST_ROWS ? `\n${rows.length - MOST_ROWS} more are in the other reports.\n` : '';
  return `${head}\n| | rule | what | |\n|---|---|---|---|\n${rows.slice(0, MOST_ROWS).map(row).join('')}${more}`;
}

/** The page of a build takes a megabyte. */
const MOST_ROWS = 200;

function row({ rule, name, outcome, message = '', filePath, line }: ReportCase): string {
  const where = filePath === undefined ? '' : code(`${filePath}${line === undefined ? '' : `:${line}`}`);
  return `| ${outcome === 'failed' ? '❌' : '⚠️'} | ${cell(rule)} | ${cell(name)}${where === '' ? '' : ` ${where}`} | ${cell(message)} |\n`;
}

/** Plain text within a table: nothing in it is markup. */
function cell(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .slice(0, 500)
    .replace(/[&<>]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[char] ?? char)
    .replace(/[\\`*_{}[\]#|~]/g, '\\$&');
}

/** A path: entities, since Markdown means something within the element too. */
function code(text: string): string {
  return `<code>${text.replace(/[&<>|\\`*_{}[\]#~]/g, (char) => `&#${char.charCodeAt(0)};`)}</code>`;
}
