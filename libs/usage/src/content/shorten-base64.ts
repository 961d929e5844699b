import type { TextMap } from './map-texts';

const MARK = ';base64,';
/** Longest `data:` and media type before {@link MARK}, with parameters. */
const LONGEST_HEAD = 256;
/** Members that hold nothing but base64: of Anthropic, OpenAI and Gemini. */
const BASE64_MEMBERS: ReadonlySet<string> = new Set([
  'b64_json',
  'bytes',
  'bytesBase64Encoded',
  'data',
  'file_data',
  'partial_image_b64',
]);
const KIB = 1024;

/**
 * Makes a text map that puts a note of its size in the place of long base64, in LiteLLM's form
 * `[base64_data truncated: 1.25MB]`; the media type of a `data:` URI stays. Takes time in proportion to the text.
 *
 * @param maxLength characters that may stay; 0 keeps all, as LiteLLM has it
 */
export function base64Shortener(maxLength: number): TextMap {
  if (maxLength <= 0) return (text) => text;
  return (text, name, owner) => {
    if (text.length <= maxLength) return text;
    if (text.includes(MARK)) return shortenUris(text, maxLength);
    const isBlob = BASE64_MEMBERS.has(name) || (name === 'result' && owner?.['type'] === 'image_generation_call');
    return isBlob && endOfBase64(text, 0, WRAPPED) === text.length ? noteOf(text.length) : text;
  };
}

function shortenUris(text: string, maxLength: number): string {
  let [done, out] = [0, ''];
  for (let mark = text.indexOf(MARK); mark !== -1; mark = text.indexOf(MARK, mark + MARK.length)) {
    const start = mark + MARK.length;
    const end = endOfBase64(text, start, PLAIN);
    if (end - start <= maxLength || !hasHead(text, mark)) continue;
    out += text.slice(done, start) + noteOf(end - start);
    done = end;
  }
  return done === 0 ? text : out + text.slice(done);
}

/** Whether `data:` and a media type stand before the mark. */
function hasHead(text: string, mark: number): boolean {
  const before = text.slice(Math.max(0, mark - LONGEST_HEAD), mark);
  const at = before.lastIndexOf('data:');
  return at !== -1 && !/[\s,]/.test(before.slice(at));
}

/** Anything that is not base64, in its usual alphabet or that of URLs. */
const PLAIN = /[^A-Za-z0-9+/=_-]/g;
/** Files may break their base64 into lines. */
const WRAPPED = /[^A-Za-z0-9+/=_\r\n-]/g;

function endOfBase64(text: string, start: number, other: RegExp): number {
  other.lastIndex = start;
  return other.exec(text)?.index ?? text.length;
}

function noteOf(characters: number): string {
  const bytes = (characters * 3) / 4;
  if (bytes >= KIB * KIB) return `[base64_data truncated: ${(bytes / KIB / KIB).toFixed(2)}MB]`;
  if (bytes >= KIB) return `[base64_data truncated: ${(bytes / KIB).toFixed(1)}KB]`;
  return `[base64_data truncated: ${Math.floor(bytes)}B]`;
}
