/** The camelCase name by which workflows may call a command: `create_sound` is `createSound`. */
export function aliasOf(command: string): string {
  return command.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
