/**
 * How files of a schema hold a list:
 * `local` items of their own in an ObjectList; `element` the same in an element named after the list; `links` to objects
 * elsewhere in an ObjectList; `itemRefs` in a Playlist; `argumentRefs` in an ArgumentList; `entries` of an EntryList, which are
 * no objects; `fourReferences` Effect0 to Effect3; `inProperty` RTPCs.
 */
export type ListForm =
  | 'local'
  | 'element'
  | 'links'
  | 'itemRefs'
  | 'argumentRefs'
  | 'entries'
  | 'fourReferences'
  | 'inProperty';

/** The form of a list; undefined where the schema has none whose layout is known. */
export function listForm(list: string, schema: number): ListForm | undefined {
  for (const [until, form] of formerForms[list] ?? always) if (schema < until) return form;
  return 'local';
}

/** What the music lists were called when they were elements of their own. */
export const listElements: Readonly<Record<string, string>> = {
  Clips: 'ClipList',
  Cues: 'CueList',
  Sequences: 'SequenceList',
  Stingers: 'StingerList',
};

/** 2023.1: effects, playlists and music switch tables became lists. */
export const firstListsOfAllSchema = 119;

/** 2025.1: what was a link became a slot with a reference. */
export const firstSlotSchema = 131;

/** Forms whose items are objects elsewhere. */
export function holdsLinks(form: ListForm | undefined): boolean {
  return form === 'links' || form === 'itemRefs' || form === 'argumentRefs';
}

/** 2021.1: the music lists, markers and metadata stand in ObjectLists. */
const firstObjectListSchema = 103;

/** 2022.1: RTPCs moved into a list of the object. Before, each stood inside the Property it drives. */
const firstRtpcListSchema = 110;

type Steps = readonly (readonly [until: number, form: ListForm | undefined])[];

const inElements: Steps = [[firstObjectListSchema, 'element']];
const always: Steps = [[firstObjectListSchema, undefined]];
const linksOf2023: Steps = [
  [firstListsOfAllSchema, undefined],
  [firstSlotSchema, 'links'],
];

/** Oldest first; what no step covers is `local`. */
const formerForms: Readonly<Record<string, Steps>> = {
  RTPC: [[firstRtpcListSchema, 'inProperty']],
  Effects: [[firstListsOfAllSchema, 'fourReferences']],
  Playlist: [
    [firstListsOfAllSchema, 'itemRefs'],
    [firstSlotSchema, 'links'],
  ],
  Arguments: [
    [firstListsOfAllSchema, 'argumentRefs'],
    [firstSlotSchema, 'links'],
  ],
  EntryPath: linksOf2023,
  Entries: [[firstListsOfAllSchema, 'entries']],
  Metadata: [
    [firstObjectListSchema, undefined],
    [firstSlotSchema, 'links'],
  ],
  Clips: inElements,
  Cues: inElements,
  Sequences: inElements,
  Stingers: inElements,
};
