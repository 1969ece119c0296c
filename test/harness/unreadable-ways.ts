/** Every way in which a Work Unit stops being readable, made of one that is: what its bytes become, and what is said of it. */
export const unreadableWays: Readonly<
  Record<string, { readonly bytes: (sound: string) => string | Uint8Array; readonly says: RegExp }>
> = {
  'conflict markers': {
    bytes: (sound) => sound.replace('\t\t<WorkUnit', '<<<<<<< HEAD\n=======\n>>>>>>> theirs\n\t\t<WorkUnit'),
    says: /line 4, column 1: git conflict markers: a merge was not finished/,
  },
  'conflict markers with CRLF': {
    bytes: (sound) =>
      sound
        .replace('\t\t<WorkUnit', '<<<<<<< HEAD\n=======\n>>>>>>> theirs\n\t\t<WorkUnit')
        .replaceAll('\n', '\r\n'),
    says: /git conflict markers/,
  },
  'a marker that was left of a conflict': {
    bytes: (sound) => sound.replace('\t\t<WorkUnit', '=======\n\t\t<WorkUnit'),
    says: /git conflict markers/,
  },
  'a conflict inside plug-in data': {
    bytes: (sound) =>
      sound.replace(
        /(<WorkUnit [^>]*?)\/?>/,
        '$1><PluginData>\n<<<<<<< HEAD\n\t\t\t1\n=======\n\t\t\t2\n>>>>>>> theirs\n</PluginData></WorkUnit>',
      ),
    says: /git conflict markers/,
  },
  'no bytes': { bytes: () => '', says: /it is empty \(0 bytes\)/ },
  'blanks only': { bytes: () => '\n \n', says: /nothing but white space/ },
  'zero bytes only': { bytes: () => new Uint8Array(512), says: /nothing but 512 zero bytes/ },
  'zero bytes at the end': {
    bytes: (sound) => Buffer.concat([Buffer.from(sound.slice(0, 90)), Buffer.alloc(40)]),
    says: /zero bytes from byte 90 on/,
  },
  'its end cut off between tags': {
    bytes: (sound) => sound.slice(0, sound.indexOf('</WwiseDocument>')),
    says: /cut off/,
  },
  'its end cut off inside a tag': { bytes: (sound) => sound.slice(0, 120), says: /cut off/ },
  'its end cut off in the first line': { bytes: (sound) => sound.slice(0, 20), says: /cut off/ },
  'a Git LFS pointer': {
    bytes: () =>
      'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n',
    says: /it is a Git LFS pointer, not the file itself: fetch it with `git lfs pull`/,
  },
  'a git-annex pointer': {
    bytes: () => '/annex/objects/SHA256E-s31390--f50d7ac4c6b9.wwu\n',
    says: /git-annex pointer/,
  },
  'UTF-16': { bytes: (sound) => Buffer.from(`\uFEFF${sound}`, 'utf16le'), says: /the file is UTF-16/ },
  'Windows-1252': {
    bytes: (sound) => Buffer.from(sound.replace(/ Name="[^"]*"/, ' Name="Geräusch"'), 'latin1'),
    says: /not UTF-8 text: byte 0xE4/,
  },
  'a web page': { bytes: () => '<html><body>Sign in</body></html>\n', says: /root element is <html>/ },
  'an empty web page': { bytes: () => '<html/>', says: /root element is <html>/ },
  'plain text': { bytes: () => 'Not Found\n', says: /it has no XML element/ },
  'a project': {
    bytes: (sound) => sound.replace('Type="WorkUnit"', 'Type="Project"'),
    says: /of type Project, not of type WorkUnit/,
  },
  'an unknown hierarchy': {
    bytes: (sound) => sound.replaceAll('Containers>', 'Thingies>'),
    says: /<Thingies>, which is no hierarchy/,
  },
  'a hierarchy without Work Unit': {
    bytes: (sound) => sound.replace(/<WorkUnit [^>]*\/>/, '<Sound Name="a"/>'),
    says: /does not hold exactly one Work Unit/,
  },
  'a newer schema': {
    bytes: (sound) => sound.replace(/SchemaVersion="\d+"/, 'SchemaVersion="140"'),
    says: /written by a newer Wwise \(schema 140/,
  },
  'an older schema': {
    bytes: (sound) => sound.replace(/SchemaVersion="\d+"/, 'SchemaVersion="70"'),
    says: /written by a Wwise before 2017\.1 \(schema 70/,
  },
  'no schema': {
    bytes: (sound) => sound.replace(/ SchemaVersion="\d+"/, ''),
    says: /SchemaVersion is missing/,
  },
};

/** A Work Unit as Wwise saves one. */
export const soundWorkUnit = `<?xml version="1.0" encoding="utf-8"?>
<WwiseDocument Type="WorkUnit" ID="{7E1B0001-1111-4222-8333-444455556666}" SchemaVersion="133">
\t<Containers>
\t\t<WorkUnit Name="Theirs" ID="{7E1B0001-1111-4222-8333-444455556666}" PersistMode="Standalone"/>
\t</Containers>
</WwiseDocument>
`;
