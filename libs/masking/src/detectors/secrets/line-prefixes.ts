/** What is put in front of all lines of a quoted file: numbers by tools that read files, marks by diffs and mails. */
const PREFIXES: readonly RegExp[] = [
  /^[ \t]{0,8}\d{1,6}(?:→|\t|[:|] ?)/,
  /^[ \t]{0,8}(?:> ?){1,4}/,
  /^\+/,
  /^[ \t]{0,8}# ?/,
  /^[ \t]{0,8}\/\/ ?/,
];

const KIND_LINE = /^([^\r\n]{0,12}[^\s"'])[ \t]{0,32}["']?kind["']?:[ \t]{0,8}["']?secret["']?[ \t]*\r?$/gim;

/** The kinds of prefixes that stand before the line of a manifest that names its kind. */
export function linePrefixesOf(text: string): readonly RegExp[] {
  const heads = new Set(Array.from(text.matchAll(KIND_LINE), (match) => match[1] as string));
  return PREFIXES.filter((prefix) => [...heads].some((head) => prefix.exec(`${head}\t`)?.[0].trim() === head.trim()));
}
