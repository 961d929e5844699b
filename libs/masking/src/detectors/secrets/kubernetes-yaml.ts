import type { Span } from '../span';

interface YamlObject {
  readonly column: number;
  secret: boolean;
  readonly values: Span[];
}

/** Where the values of a `data:` member are read: deeper than its own column. */
interface DataMember {
  readonly owner: YamlObject;
  readonly column: number;
  /** Whether its values are base64. */
  readonly encoded: boolean;
  /** Column of its keys, known from the first one on. */
  keys: number | undefined;
  /** Set below a key with `|` or `>`: its lines are one value. */
  block: Span | undefined;
}

const LINE = /[^\n]*\n?/y;
const KEY = /^((?:[ \t]|- )*)(["']?)([\w.-]{1,253})\2[ \t]*:(?=\s|$)[ \t]*([^\r\n]*)/;
/** The first line of a manifest in the middle of a sentence. */
const KIND_IN_TEXT = /(?<![A-Za-z0-9-])kind:[ \t]{0,8}["']?secret["']?[ \t\r\n]*$/i;
const KIND_OF_SECRET = /^["']?secret["']?(?:\s+#.*)?$/i;
const ENCODED = /^["']?([A-Za-z0-9+/]{4,}={0,2})(?![A-Za-z0-9+/=])/;
const BLOCK = /^[|>][-+0-9]{0,2}(?:\s+#.*)?$/;
const LONGEST_LINE = 262144;

/**
 * Values of the `data` and `stringData` of Secrets in YAML: one document or several, lists, the kind named before the
 * data or after it. One pass over the lines, as manifests may be long.
 *
 * @param prefix what stands before every line and is no part of the manifest
 */
export function yamlSecretValues(text: string, prefix?: RegExp): Span[] {
  const reader = new YamlSecretReader();
  for (LINE.lastIndex = 0; LINE.lastIndex < text.length;) {
    const start = LINE.lastIndex;
    const line = (LINE.exec(text) as RegExpExecArray)[0];
    const skipped = prefix?.exec(line)?.[0].length ?? 0;
    if (line.length <= LONGEST_LINE) reader.read(line.slice(skipped), start + skipped);
  }
  return reader.finish();
}

class YamlSecretReader {
  private readonly found: Span[] = [];
  private objects: YamlObject[] = [];
  private data: DataMember | undefined;

  read(line: string, at: number): void {
    if (/^(?:---|```|~~~)/.test(line)) this.close(-1);
    else if (line.trim() !== '') this.readLine(line, at);
  }

  finish(): Span[] {
    this.close(-1);
    return this.found;
  }

  private readLine(line: string, at: number): void {
    const indent = line.search(/\S/);
    if (this.data !== undefined && indent > this.data.column) {
      this.readData(this.data, line, at, indent);
      return;
    }
    this.endData();
    const key = keyOf(line);
    if (key === null) return;
    const [, lead, , name, value] = key as unknown as [string, string, string, string, string];
    const column = lead.length;
    const dash = lead.includes('-');
    this.close(dash ? indent : column);
    this.open(column, name, value.trimEnd());
  }

  /** Ends the objects whose keys stand further right than a column. */
  private close(column: number): void {
    this.endData();
    for (let last = this.objects.at(-1); last !== undefined && last.column > column; last = this.objects.at(-1)) {
      if (last.secret) for (const value of last.values) this.found.push(value);
      this.objects.pop();
    }
  }

  private open(column: number, name: string, value: string): void {
    let owner = this.objects.at(-1);
    if (owner === undefined || owner.column < column) {
      owner = { column, secret: false, values: [] };
      this.objects.push(owner);
    }
    if (name === 'kind') owner.secret = KIND_OF_SECRET.test(value);
    else if ((name === 'data' || name === 'stringData') && /^(?:#.*)?$/.test(value)) {
      this.data = { owner, column, encoded: name === 'data', keys: undefined, block: undefined };
    }
  }

  private readData(data: DataMember, line: string, at: number, indent: number): void {
    if (data.block !== undefined && data.keys !== undefined && indent > data.keys) {
      const start = data.block.start === -1 ? at + indent : data.block.start;
      data.block = { start, end: at + line.trimEnd().length };
      return;
    }
    this.endBlock(data);
    const key = KEY.exec(line);
    if (key === null || (data.keys !== undefined && indent !== data.keys)) return;
    data.keys = indent;
    const value = (key[4] as string).trimEnd();
    if (BLOCK.test(value)) data.block = { start: -1, end: -1 };
    else data.owner.values.push(data.encoded ? encodedValue(line, value, at) : plainValue(line, value, at));
  }

  private endData(): void {
    if (this.data !== undefined) this.endBlock(this.data);
    this.data = undefined;
  }

  private endBlock(data: DataMember): void {
    if (data.block !== undefined && data.block.start !== -1) data.owner.values.push(data.block);
    data.block = undefined;
  }
}

function keyOf(line: string): RegExpExecArray | null {
  const key = KEY.exec(line);
  if (key?.[3] === 'kind' || !line.includes(':')) return key;
  return KIND_IN_TEXT.test(line) ? KEY.exec('kind: Secret') : key;
}

/** The base64 a value begins with: what follows is of the text around the manifest. */
function encodedValue(line: string, value: string, at: number): Span {
  const encoded = ENCODED.exec(value)?.[1];
  if (encoded === undefined) return plainValue(line, value, at);
  const start = at + line.lastIndexOf(value) + value.indexOf(encoded);
  return { start, end: start + encoded.length };
}

/** The value of a line without its quotes or the comment behind it. */
function plainValue(line: string, value: string, at: number): Span {
  const start = at + line.lastIndexOf(value);
  const quote = /^(["'])(.*?)\1(?:\s+#.*)?$/.exec(value);
  if (quote !== null) return { start: start + 1, end: start + 1 + (quote[2] as string).length };
  return { start, end: start + value.replace(/\s#.*$/, '').trimEnd().length };
}
