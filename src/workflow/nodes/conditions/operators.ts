/** What a value can be compared by. */
export const comparisons = [
  ...(['exists', 'missing', 'empty', 'notEmpty', 'isTrue', 'isFalse', 'equals', 'notEquals'] as const),
  ...(['contains', 'notContains', 'startsWith', 'endsWith', 'regex', 'in'] as const),
  ...(['gt', 'gte', 'lt', 'lte'] as const),
] as const;

/** What joins conditions. */
export const logicalOperators = ['and', 'or', 'not'] as const;
