const svg =
  "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'><path d='M3 12h3l2-6 4 13 4-10 2 3h3' fill='none' stroke='#28f' stroke-width='2'/></svg>";

/** A waveform, for lists that people choose from. Tools and resources go without: agents read those lists, and pay for each byte. */
export const icons = [
  { src: `data:image/svg+xml,${encodeURIComponent(svg)}`, mimeType: 'image/svg+xml', sizes: ['any'] },
];
