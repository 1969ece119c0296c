/** A unified diff with its lines numbered and coloured. */
export function DiffView({ text }: { readonly text: string }) {
  let oldLine = 0;
  let newLine = 0;
  const rows = text.split('\n').map((line) => {
    const head = /^@@ -(\d+)(?:,\d+)? \+(\d+)/.exec(line);
    if (head !== null) {
      oldLine = Number(head[1]);
      newLine = Number(head[2]);
      return { kind: 'head', old: '', now: '', line };
    }
    const kind = line.startsWith('+') ? 'added' : line.startsWith('-') ? 'removed' : 'same';
    return {
      kind,
      old: kind === 'added' ? '' : String(oldLine++),
      now: kind === 'removed' ? '' : String(newLine++),
      line,
    };
  });
  return (
    <div className="diff" tabIndex={0} role="region" aria-label="Diff">
      <table>
        <tbody>
          {rows.map(({ kind, old, now, line }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines are what their position is
            <tr key={index} className={kind}>
              <td className="line-number">{old}</td>
              <td className="line-number">{now}</td>
              <td>
                <pre>{line}</pre>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
