/** How far a step is that goes on: its words, with a bar where they name a share. */
export function StepProgress({ text, label }: { readonly text: string; readonly label: string }) {
  const share = shareIn(text);
  return (
    <span className="step-progress">
      {share !== undefined && <progress aria-label={label} max={100} value={share} />}
      <span className="step-progress-text" title={text}>
        {text}
      </span>
    </span>
  );
}

/** The last `45 %` of a text. */
function shareIn(text: string): number | undefined {
  const found = [...text.matchAll(/(\d{1,3}(?:\.\d+)?)\s*%/g)].at(-1)?.[1];
  return found === undefined ? undefined : Math.min(100, Number(found));
}
