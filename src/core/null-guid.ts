/** Stands for "no object" where a GUID is wanted, and for "all platforms". */
export const nullGuid = '{00000000-0000-0000-0000-000000000000}';
