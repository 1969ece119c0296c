import { z } from 'zod';

/** A channel of the Wwise log. */
export const logChannel = z
  .enum([
    'general',
    'soundbankGenerate',
    'conversion',
    'copyPlatformSettings',
    'waapi',
    'projectLoad',
    'sourceControl',
    'lua',
  ])
  .default('general')
  .describe('Channel.');

/** Severities from the gravest down. */
export const severities = ['Fatal Error', 'Error', 'Warning', 'Message'] as const;
