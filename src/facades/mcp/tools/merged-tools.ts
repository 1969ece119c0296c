import { z } from 'zod';
import { mayDo, type Profile, profileToOffer } from '../../../core/access/profile.ts';
import type { AnyCommand } from '../../../core/command.ts';
import type { Effect } from '../../../core/effect.ts';
import type { JsonObject } from '../../../core/json.ts';
import { type MergedTool, meantBy } from '../../../core/merged-tool.ts';
import { commandTool } from './command-tool.ts';
import type { Tool } from './tool.ts';
import { faceOf } from './tool-face.ts';

/** A tool that stands for several commands, as it is listed: it hints at the most that one of them does. */
export function mergedTool(merged: MergedTool, commands: readonly AnyCommand[]): Tool {
  const names = new Set(merged.ways.map(({ command }) => command));
  const own = commands.filter(({ name }) => names.has(name));
  const { name, title, description, toolset, input } = merged;
  const hints = () => own.map((command) => faceOf(command).annotations);
  const commandOf = (wanted: string) => own.find((one) => one.name === wanted);
  const meant = ({ forceRerun: _, ...args }: JsonObject) => meantBy(merged, args, commandOf);
  return {
    source: {
      ...{ name, title, description, toolset, input },
      effect: strongest(own.map(({ effect }) => effect)),
      profile: own.map(profileToOffer).reduce(stricter, 'reader'),
      output: z.looseObject({}),
      takesForceRerun: false,
      hints: {
        get destructive() {
          return hints().some(({ destructiveHint }) => destructiveHint === true);
        },
        get idempotent() {
          return hints().every(({ idempotentHint }) => idempotentHint === true);
        },
      },
    },
    run: (args, call) => {
      const { command, input } = meant(args);
      const { forceRerun } = args;
      const given = forceRerun === undefined ? input : { ...input, forceRerun };
      const known = commandOf(command);
      return known === undefined ? call.bus.dispatch(command, input) : commandTool(known)(given, call);
    },
    isCommand: true,
    meantCommand: (args) => meant(args).command,
  };
}

const byStrength: readonly Effect[] = ['read', 'barrier', 'create', 'update', 'destroy'];

function strongest(effects: readonly Effect[]): Effect {
  return effects.reduce((a, b) => (byStrength.indexOf(b) > byStrength.indexOf(a) ? b : a), 'read');
}

function stricter(a: Profile, b: Profile): Profile {
  return mayDo(a, b) ? a : b;
}
