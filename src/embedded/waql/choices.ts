/**
 * What no public source decides about WAQL, each decided here and nowhere else. Change one when Wwise is seen to do otherwise.
 *
 * Decided by the shape of the grammar, so not switches: `and` binds tighter than `or`, and `!` takes the whole comparison,
 * as in most languages; keywords ignore case, as names do; line breaks are blanks; a regular expression takes no flags and
 * counts are whole numbers, since no source shows others; one missing object fails the query, as a single one does.
 * `!=` is the exact opposite of `=`, so it is true where there is nothing. An empty list in a row is `[]`, for there is one.
 */
export const choices = {
  /** `= /re/` ignores case: the older JSON form `name:matches` is documented to. */
  regexFlags: 'i',
  /** Numbers that are not whole compare as 32-bit floats: that is what many properties hold, and -0.1 must equal -0.1. */
  comparesAsFloat32: true,
  /** `isLoopingEnabled = 1` compares as a truth value: refusing it would break a query whose meaning is clear. */
  numberEqualsTruth: true,
  /** `reference : "text"` and `reference = /re/` look at the target's name: the tutorial puts `outputbus` in place of `name`. */
  objectReadsAsName: true,
  /** A plain object as a condition is true when there is one, as comparing it with null would say. */
  objectIsCondition: true,
  /** A list the object does not have is not an empty one: `effects.count() = 0` does not keep an Event. */
  missingMemberIsEmptyList: false,
  /** Nothing (an unset reference) sorts before everything else: ascending order starts with the least. */
  nothingSortsFirst: true,
  /** An empty search text finds everything, like an empty search field. */
  emptySearchMatches: true,
  /** An unset reference is left out of the row, like a member that does not apply. */
  unsetInRow: undefined,
  /** object.get refuses a return name that no type, accessor or custom property has: a typing error must not pass for "no value". */
  unknownReturnName: 'refuse',
  /**
   * `select maxDurationSource` and `select maxRadiusAttenuation`, which yield facts since 2023.1, still give the object: the
   * reference of 2025.1 has them as examples, and factory Queries of that year select by them.
   */
  selectOfFactsIsObject: true,
  /** `select` of something that is no object fails, so that a query that means something else does not pass for an empty one. */
  selectRefusesValues: true,
  /** A Query object that runs another and so on may go this deep; one that runs itself is refused by the same limit. */
  deepestQueryNesting: 16,
  /** `from type` also takes these names of inner things, seen in examples; no project file holds an object of them. */
  typesWithoutObjects: ['ConversionPlugin', 'PluginInnerObject'],
  /** Types the Transport can play: the list is not published, these have a play button. */
  playableTypes: [
    'AudioFileSource',
    'BlendContainer',
    'DialogueEvent',
    'Event',
    'MusicPlaylistContainer',
    'MusicSegment',
    'MusicSwitchContainer',
    'RandomSequenceContainer',
    'Sound',
    'SourcePlugin',
    'SwitchContainer',
  ],
  /** The old `range: [a, b]` skips a and takes b, like its successor `skip a take b`. */
  rangeIsSkipAndTake: true,
  /** `Type:123` is the object named "123" first, then the one with that short id: a name is what people see. */
  numericNameFirst: true,
} as const;
