/**
 * From a word in a name to the value, as in `datadog_api_key = "…"`, `<datadogToken>…`, `--datadog-token …` or
 * `Datadog API key: …`. The value may stand on the next line.
 */
const TO_VALUE =
  /([\w \t.가-힣-]{0,32}?)\\{0,3}["'`\])*]{0,4}[ \t]{0,5}(?:[<>?+.:]{0,4}=|:{1,3}|=>|->|>|\(|,|\||(?<=[ \t])is(?=[ \t])|(?<=--[\w-]{3,40}(?:token|key|secret))[ \t])(?:\\{0,3}["'`]|[\s=|>*[]){0,8}/iy;

/** Where a name ends and its value begins. */
interface NamedValue {
  readonly nameEnd: number;
  readonly valueStart: number;
}

/**
 * Finds what a name is given as value.
 *
 * @param from offset in the name, behind the word that was recognized
 * @returns undefined when no sign such as `=` or `:` follows the name within a few words
 */
export function valueBehindName(text: string, from: number): NamedValue | undefined {
  TO_VALUE.lastIndex = from;
  const match = TO_VALUE.exec(text);
  if (match === null) return undefined;
  return { nameEnd: from + (match[1] as string).length, valueStart: TO_VALUE.lastIndex };
}
