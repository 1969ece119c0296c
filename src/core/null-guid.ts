/** How Wwise writes "no object" where it wants a GUID, and "all platforms". */
export const nullGuid = '{00000000-0000-0000-0000-000000000000}';
