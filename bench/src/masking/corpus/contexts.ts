/** Places in which a value is met, besides standing alone: what surrounds it must not decide whether it is found. */
export const CONTEXTS: Readonly<Record<string, (value: string) => string>> = {
  prose: (value) => `Please look at ${value} before noon, it matters.`,
  comma: (value) => `first, ${value}, and then the rest`,
  'full stop': (value) => `It was ${value}.`,
  parentheses: (value) => `the one we use (${value}) is fine`,
  bold: (value) => `it is **${value}** now`,
  backticks: (value) => `run it with \`${value}\` and wait`,
  HTML: (value) => `<td><b>${value}</b></td>`,
  table: (value) => `| name | ${value} | yes |`,
  brackets: (value) => `see [${value}] above`,
  quotes: (value) => `he wrote "${value}" there`,
  'log line': (value) => `2026-03-04T05:06:07Z INFO worker[12]: got ${value}\n2026-03-04T05:06:08Z INFO done`,
  'Hangul behind': (value) => `값은 ${value}입니다`,
  'Hangul before': (value) => `확인${value} 부탁`,
  'line ends': (value) => `a\r\n${value}\r\nb`,
  'escaped JSON': (value) => JSON.stringify({ log: `x\n${value}\n` }),
  underscore: (value) => `last_${value}`,
};
