/** The id of what reads the result of an item in a draft. No document can have a node of it. */
export const RESULT = ':$output';
