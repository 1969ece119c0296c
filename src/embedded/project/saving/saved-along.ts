/** What to say when a call saved the project at once, and with it these files that held unsaved edits of others. */
export function savedAlong(unsaved: readonly string[]): string {
  const shown = unsaved.slice(0, mostNamed).join(', ');
  const more = unsaved.length > mostNamed ? ` and ${unsaved.length - mostNamed} more` : '';
  return `The project was saved at once, as Wwise does when a Work Unit or physical folder is created, copied, moved or deleted: unsaved edits went to disk too (${shown}${more}), and the undo history is cleared.`;
}

const mostNamed = 10;
