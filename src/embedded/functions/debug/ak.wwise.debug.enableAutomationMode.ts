import { defineFunction } from '../define-function.ts';

/** Keeps dialogs from waiting for somebody. There are none here: every instance is in that mode already. */
export const debugEnableAutomationMode = defineFunction({
  uri: 'ak.wwise.debug.enableAutomationMode',
  run: () => ({}),
});
