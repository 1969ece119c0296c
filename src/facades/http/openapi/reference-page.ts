import type { RestRoute } from '../rest/rest-route.ts';
import { pageStyle } from './page-style.ts';

/** Every route on one page, without scripts and without anything from elsewhere. */
export function referencePage(routes: readonly RestRoute[], version: string): string {
  const groups = new Map<string, RestRoute[]>();
  for (const route of routes) {
    const name = route.path.split('/')[1] ?? '';
    groups.set(name, [...(groups.get(name) ?? []), route]);
  }
  const sections = [...groups].map(
    ([name, members]) => `<h2>${escaped(name)}</h2>\n${members.map(entryOf).join('\n')}`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>WwiseFlow ${escaped(version)}: REST</title><style>${pageStyle}</style></head><body>
<h1>WwiseFlow ${escaped(version)}</h1>
<p>REST is here, MCP at <code>/mcp</code>. The same as <a href="openapi.json">OpenAPI</a>. Answers are
<code>{ok, data, error, code, hint, details}</code>; every address is served below <code>/api</code> too.</p>
${sections.join('\n')}
</body></html>
`;
}

function entryOf({ method, path, summary, scope, isOpen, query, body }: RestRoute): string {
  const parameters = Object.entries(query).map(
    ([name, { schema, description }]) =>
      `<tr><td><code>${escaped(name)}</code></td><td>${escaped(description ?? String(schema.description ?? ''))}</td></tr>`,
  );
  return `<details><summary><code>${method.toUpperCase()} ${escaped(path)}</code> ${escaped(summary)} (${isOpen === true ? 'no bearer token' : scope})</summary>
${parameters.length === 0 ? '' : `<table><tr><th>Query</th><th></th></tr>${parameters.join('')}</table>`}
${body === null ? '' : `<p>Body</p><pre>${escaped(JSON.stringify(body, null, 2))}</pre>`}</details>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
