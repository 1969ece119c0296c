import { describe, expect, it } from 'vitest';
import { inProjectWords, tidyDesignator } from '../../../../src/wwise/objects/finding/object-designator.ts';

describe('a designator', () => {
  it.each([
    ['{5ea7bbf8-64c0-4a50-8821-a07e8be21d68}', '{5EA7BBF8-64C0-4A50-8821-A07E8BE21D68}'],
    ['id:{5EA7BBF8-64C0-4A50-8821-A07E8BE21D68}', '{5EA7BBF8-64C0-4A50-8821-A07E8BE21D68}'],
    ['5EA7BBF8-64C0-4A50-8821-A07E8BE21D68', '{5EA7BBF8-64C0-4A50-8821-A07E8BE21D68}'],
    ['/Containers/Default Work Unit/', '\\Containers\\Default Work Unit\\'],
    ['/Containers//Default Work Unit', '\\Containers\\Default Work Unit'],
    ['/', '\\'],
    ['Containers/Default Work Unit', '\\Containers\\Default Work Unit'],
    ['\\\\Containers\\\\Default Work Unit', '\\Containers\\Default Work Unit'],
    ['\\\\Containers\\\\Default Work Unit\\\\', '\\Containers\\Default Work Unit\\'],
    ['\\Events\\Play_X\\', '\\Events\\Play_X\\'],
    ['/Events/Play_X/[RTPC: Dry/Wet, RPM]', '\\Events\\Play_X\\[RTPC: Dry/Wet, RPM]'],
    ['\\', '\\'],
    ['Event:Play_Boom', 'Event:Play_Boom'],
    ['Bus:Main Audio Bus', 'Bus:Main Audio Bus'],
  ])('has one spelling: %s', (text, tidy) => {
    expect(tidyDesignator(text)).toBe(tidy);
  });

  it.each([
    ['\\Actor-Mixer Hierarchy\\A', 2025, '\\Containers\\A'],
    ['\\containers\\A', 2024, '\\Actor-Mixer Hierarchy\\A'],
    ['\\Containers', 2025, '\\Containers'],
    ['\\Busses\\Default Work Unit', 2022, '\\Master-Mixer Hierarchy\\Default Work Unit'],
    ['\\Audio Devices', 2025, '\\Devices'],
    ['\\Interactive Music Hierarchy\\A', 2024, '\\Interactive Music Hierarchy\\A'],
    ['\\Events\\Containers', 2024, '\\Events\\Containers'],
    ['Bus:Containers', 2024, 'Bus:Containers'],
  ])('is said in the words of the project: %s in %i', (designator, year, words) => {
    expect(inProjectWords(designator, year)).toBe(words);
  });
});
