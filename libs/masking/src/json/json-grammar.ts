/** What may come next between two strings. */
type Expected = 'value' | 'first-value' | 'key' | 'first-key' | 'colon' | 'separator' | 'end';

const LITERAL_UNIT = /[-+.0-9A-Za-z]/;
/** Beginnings of numbers, `true`, `false` and `null`. */
const LITERAL_START = /^(?:-?(?:\d[\d.eE+-]*)?|t|tr|tru|true|f|fa|fal|fals|false|n|nu|nul|null)$/;
const LONGEST_LITERAL = 64;

/** Checks the parts of a JSON text that stand outside its strings, as they arrive. JSON may follow JSON, as in logs. */
export class JsonGrammar {
  private expected: Expected | undefined = 'value';
  private readonly open: ('{' | '[')[] = [];
  private literal = '';

  /** Whether all parts so far may stand where they stand. */
  get valid(): boolean {
    return this.expected !== undefined;
  }

  /** A string stands here. */
  string(): void {
    this.endLiteral();
    if (this.expected === 'key' || this.expected === 'first-key') this.expected = 'colon';
    else this.value();
  }

  /** A character stands here, outside of all strings. */
  take(unit: string): void {
    if (LITERAL_UNIT.test(unit)) return this.takeLiteral(unit);
    this.endLiteral();
    if (unit === '{' || unit === '[') this.enter(unit);
    else if (unit === '}') this.leave('{', 'first-key');
    else if (unit === ']') this.leave('[', 'first-value');
    else if (unit === ',') this.expect('separator', this.open.at(-1) === '{' ? 'key' : 'value');
    else if (unit === ':') this.expect('colon', 'value');
    else if (!' \n\r\t'.includes(unit)) this.expected = undefined;
  }

  private takeLiteral(unit: string): void {
    if (this.literal === '') this.value();
    this.literal += unit;
    if (this.literal.length > LONGEST_LITERAL || !LITERAL_START.test(this.literal)) this.expected = undefined;
  }

  private endLiteral(): void {
    this.literal = '';
  }

  private enter(bracket: '{' | '['): void {
    if (this.expected === 'end') this.expected = 'value';
    this.value();
    this.open.push(bracket);
    if (this.expected !== undefined) this.expected = bracket === '{' ? 'first-key' : 'first-value';
  }

  private leave(bracket: '{' | '[', empty: Expected): void {
    const fits = this.open.pop() === bracket && (this.expected === 'separator' || this.expected === empty);
    if (!fits) this.expected = undefined;
    else this.expected = this.open.length === 0 ? 'end' : 'separator';
  }

  /** A value stands here. */
  private value(): void {
    if (this.expected !== 'value' && this.expected !== 'first-value') this.expected = undefined;
    else this.expected = this.open.length === 0 ? 'end' : 'separator';
  }

  private expect(now: Expected, next: Expected): void {
    this.expected = this.expected === now ? next : undefined;
  }
}
