import { ANSWER_BYTES, bytesOf } from '../../core/answers/budget.ts';
import { asJsonArray, asJsonObject, asString, isJsonObject, type JsonObject } from '../../core/json.ts';

/** A plan as a flowchart in Mermaid's words, which chats and pages of repositories draw; `states` colours it as a run stands. */
export function mermaidOf(plan: JsonObject, states: ReadonlyMap<string, string> = new Map()): JsonObject {
  const nodes = asJsonArray(plan.nodes).filter(isJsonObject);
  const names = new Map(nodes.map(({ id }, index) => [asString(id) ?? '', `n${index}`]));
  const lines = ['flowchart LR'];
  let bytes = 0;
  let drawn = 0;
  for (const node of nodes) {
    const added = linesOf(node, names, states.get(asString(node.id) ?? ''));
    bytes += bytesOf(added);
    if (bytes > ANSWER_BYTES * drawingShare) break;
    lines.push(...added);
    drawn++;
  }
  const used = new Set([...states.values()].filter((state) => colours[state] !== undefined));
  lines.push(...[...used].map((state) => `classDef ${state} ${colours[state]}`));
  const notices = drawn === nodes.length ? [] : [`The first ${drawn} of ${nodes.length} nodes are drawn.`];
  return {
    workflowId: plan.workflowId ?? '',
    mermaid: `${lines.join('\n')}\n`,
    ...(notices.length === 0 ? {} : { notices }),
  };
}

/** What else the answer holds takes the rest. */
const drawingShare = 0.8;

/** Fill and line, legible in dark and in light. */
const colours: Readonly<Record<string, string>> = {
  done: 'fill:#d7f5e6,stroke:#0b7a4b,color:#0c2b1e',
  failed: 'fill:#fde0e0,stroke:#c22a2a,color:#3b0d0d',
  running: 'fill:#dce7ff,stroke:#1c57d9,color:#0d1d40',
  suspended: 'fill:#fcefd0,stroke:#8a5a00,color:#332200',
  skipped: 'fill:#e8ecf2,stroke:#7b8aa0,color:#2a3442',
  rolledBack: 'fill:#fcefd0,stroke:#8a5a00,color:#332200',
};

function linesOf(node: JsonObject, names: ReadonlyMap<string, string>, state: string | undefined): string[] {
  const id = asString(node.id) ?? '';
  const name = names.get(id) ?? '';
  const mark = state === undefined || colours[state] === undefined ? '' : `:::${state}`;
  const edges = (member: string, arrow: string): string[] =>
    asJsonArray(asJsonObject(node)[member])
      .map((source) => names.get(asString(source) ?? ''))
      .filter((source) => source !== undefined)
      .map((source) => `${source} ${arrow} ${name}`);
  return [
    `${name}["${quoted(id)}<br/>${quoted(asString(node.type) ?? '')}"]${mark}`,
    ...edges('after', '-->'),
    ...edges('fences', '-.->'),
  ];
}

/** Whatever could end the label, or mean something in it, as an entity. */
function quoted(text: string): string {
  return text.replace(/[^\p{L}\p{N} ._-]/gu, (sign) => `#${sign.codePointAt(0)};`);
}
