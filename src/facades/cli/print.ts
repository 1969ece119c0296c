/** Writes one line to the terminal; main.ts decides where it goes. */
export type Print = (line: string) => void;

/** Prints a value as JSON that a person can read too. */
export function printJson(value: unknown, print: Print): void {
  print(JSON.stringify(value, null, 2));
}
