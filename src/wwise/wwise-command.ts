import type { z } from 'zod';
import type { Recoveries } from '../core/backend/recoveries.ts';
import type { CallContext, Command, CommandDefinition } from '../core/command.ts';
import type { Batch } from './batching/description/batch.ts';
import type { CallSchemas } from './calls/call-schemas.ts';
import type { Claim } from './claims/claim.ts';
import type { TopicBuffers } from './connection/topic-buffers.ts';
import type { Waapi } from './connection/waapi.ts';
import type { KnownMembers } from './objects/types/known-members.ts';
import type { ProjectFacts } from './project-facts.ts';

/** What a command of Wwise has while it runs. */
export interface CommandContext extends CallContext {
  readonly waapi: Waapi;
  /** The open project; asks Wwise on first use. */
  project(): Promise<ProjectFacts>;
  /** Subscriptions to topics, kept from one command to the next. */
  readonly topics: TopicBuffers;
  /** What calls by URI are checked by, kept from one command to the next. */
  readonly callSchemas: CallSchemas;
  /** What Wwise said about members of types, kept from one command to the next. */
  readonly members: KnownMembers;
  /** The WwiseConsole program; null when none is known, and in previews. */
  readonly consolePath: string | null;
  /** Unsaved edits that earlier sessions left; null with a live Wwise, and in previews. */
  recoveries(): Recoveries | null;
}

/** A command of Wwise. */
export type WwiseCommand<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> = Command<
  I,
  O,
  CommandContext,
  Claim,
  Batch<z.output<I>, z.input<O>>
>;

/** Gives a definition its type. The only way to make a command of Wwise. */
export function defineCommand<I extends z.ZodType, O extends z.ZodType>(
  command: CommandDefinition<WwiseCommand<I, O>>,
): WwiseCommand<I, O> {
  return Object.freeze({ version: 1, ...command });
}
