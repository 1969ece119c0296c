/** A command a client added, to be notified of when it is executed. */
export interface AddOnCommand {
  readonly id: string;
  /** What the window of Wwise would start: a program or a Lua script. Undefined: nothing, the client acts itself. */
  readonly starts: string | undefined;
}

/** The commands clients added to this instance; they stay until they are taken away or the instance ends. */
export interface AddOnCommands {
  readonly ids: readonly string[];
  find(id: string): AddOnCommand | undefined;
  /** Documented: when two commands have one id, the first is the one that counts. */
  register(command: AddOnCommand): void;
  /** Nothing happens when there is no such command: programs take theirs away before they add them. */
  unregister(id: string): void;
}

export function createAddOnCommands(): AddOnCommands {
  const commands = new Map<string, AddOnCommand>();
  return {
    get ids() {
      return [...commands.keys()];
    },
    find: (id) => commands.get(id),
    register(command) {
      if (!commands.has(command.id)) commands.set(command.id, command);
    },
    unregister(id) {
      commands.delete(id);
    },
  };
}
