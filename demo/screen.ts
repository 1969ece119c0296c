import pc from 'picocolors';

/** Columns the demo draws in. */
export const width = 96;

export function line(text = ''): void {
  process.stdout.write(`${text}\n`);
}

/** A quiet remark. */
export function note(text: string): void {
  line(`  ${pc.dim(text)}`);
}

export function title(name: string, subtitle: string): void {
  const inner = width - 2;
  const text = `  ${name}   ${subtitle}`;
  line();
  line(pc.cyan(`╭${'─'.repeat(inner)}╮`));
  line(`${pc.cyan('│')}  ${pc.bold(name)}   ${subtitle}${' '.repeat(inner - text.length)}${pc.cyan('│')}`);
  line(pc.cyan(`╰${'─'.repeat(inner)}╯`));
}

export function act(number: number, heading: string): void {
  line();
  const rule = '─'.repeat(Math.max(0, width - heading.length - 7));
  line(`${pc.cyan('──')} ${pc.bold(`${number}  ${heading}`)} ${pc.cyan(rule)}`);
}

/** `text`, cut with an ellipsis when it is longer than `columns`. Plain text only. */
export function clip(text: string, columns: number): string {
  return text.length <= columns ? text : `${text.slice(0, Math.max(0, columns - 1))}…`;
}

/** `text` broken at spaces into lines of at most `columns`. Plain text only. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of text.split(/\s+/)) {
    if (current !== '' && current.length + 1 + word.length > columns) {
      lines.push(current);
      current = word;
    } else current = current === '' ? word : `${current} ${word}`;
  }
  return current === '' ? lines : [...lines, current];
}
