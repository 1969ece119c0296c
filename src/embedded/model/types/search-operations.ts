import { nearest } from '../../../core/text/nearest.ts';

/** What a SearchCriteria asks for, as a file says it: the GUID of its search operation and the name Wwise writes beside it. */
export interface SearchOperation {
  readonly id: string;
  readonly name: string;
}

/**
 * The search operation a client names when it creates a SearchCriteria: by its GUID, as Wwise wants it, or by the name it has
 * in files. Undefined for what no file was seen to hold.
 */
export function searchOperation(nameOrId: string): SearchOperation | undefined {
  const wanted = nameOrId.toLowerCase();
  return operations.find(({ id, name }) => id.toLowerCase() === wanted || name.toLowerCase() === wanted);
}

/** The operations nearest to what was asked for; all of them when none is near. */
export function nearbyOperations(nameOrId: string): readonly SearchOperation[] {
  const names = nearest(
    nameOrId,
    operations.map(({ name }) => name),
  );
  return names.length === 0 ? operations : operations.filter(({ name }) => names.includes(name));
}

/** Measured: the criteria of the queries that Wwise puts into every project, schemas 80 to 133. */
const operations: readonly SearchOperation[] = [
  { id: '{82CCCD47-591B-4BD8-B3CE-89A8172A1802}', name: 'GeneralName' },
  { id: '{3DF06B4A-2E31-463A-A42B-F4B576557320}', name: 'GeneralNote' },
  { id: '{76702F0A-B29D-4D2E-8E16-425DA225844E}', name: 'GeneralPlatform Inclusion' },
  { id: '{75FFAA5C-EAF4-4940-ACF2-FCE491BCDB5F}', name: 'GeneralSound Type' },
  { id: '{560736B7-4F5C-4EF7-9354-8D8DC6BBD70A}', name: 'PropertyValue' },
  { id: '{75897DFE-D859-416C-8EDE-30BA4A8369AF}', name: 'PropertyLinkUnlink' },
  { id: '{E7F802D4-CD12-4B63-A0FE-0BBE545C59E1}', name: 'EffectGeneral Usage' },
  { id: '{907F121C-AF62-4291-B2E6-7C58C936571B}', name: 'SwitchAssignation' },
  { id: '{38F10907-3DED-472A-BFAC-3EF68EFD3B37}', name: 'SourceAudio Format' },
  { id: '{43981FC3-FF8B-4EE7-87FA-1C2A4BDD04C8}', name: 'SourceChannels' },
  { id: '{26302C20-EEA2-4275-A9BA-7B504BA3C2E1}', name: 'SourceChannels (Converted)' },
  { id: '{188E89CA-2CC1-4C71-ABB4-07CAD38C5F3C}', name: 'SourceSample Rate (Original)' },
  { id: '{35B827A2-F7AA-461A-BE22-6A7350B6F432}', name: 'SourceSample Rate (Converted)' },
  // Of the queries of teams, and of programs that make some: of the first of these the name is not known.
  { id: '{E2BA49FE-AADD-4726-A72E-9958C70A9F19}', name: 'StateState' },
  { id: '{560736B7-4F5C-4EF7-9354-8666C6BBD70A}', name: 'PropertySource Of Override' },
  { id: '{8870124D-9607-4E43-B895-2092138DF3C8}', name: 'PositioningAttenuationShared By' },
];
