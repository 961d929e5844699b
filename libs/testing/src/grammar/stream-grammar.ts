import type { SseFrame } from './sse-frames';

/** A JSON object of unknown shape. */
export type Json = Record<string, unknown>;

/** Checks one stream against the grammar of its dialect: frame by frame, then its end. */
export abstract class StreamGrammar {
  /** What is wrong, in words, in the order in which it was met. */
  readonly problems: string[] = [];
  /** What ended the stream; nothing may follow it. */
  protected ended: string | undefined;
  private count = 0;

  check(frames: readonly SseFrame[]): void {
    for (const frame of frames) {
      this.count += 1;
      if (this.ended === undefined) this.frame(frame);
      else if (!this.mayFollow(frame)) this.problem(`comes behind ${this.ended}`);
    }
    if (this.ended === undefined) this.problems.push('the stream just ends');
  }

  protected abstract frame(frame: SseFrame): void;

  /** Whether a frame may stand behind the one that ended the stream. */
  protected mayFollow(_frame: SseFrame): boolean {
    return false;
  }

  protected readonly problem = (words: string): void => {
    this.problems.push(`event ${this.count}: ${words}`);
  };

  /** Complains unless `holds`. */
  protected readonly expect = (holds: boolean, words: string): void => {
    if (!holds) this.problem(words);
  };

  /** The data of a frame whose name has to be its type; undefined, and a problem, when it is no JSON object. */
  protected typedData({ event, data }: SseFrame): (Json & { type: string }) | undefined {
    const json = this.json(data);
    if (json === undefined) return undefined;
    const { type } = json;
    if (typeof type !== 'string') {
      this.problem('its data has no type');
      return undefined;
    }
    this.expect(event === type, event === undefined ? 'has no `event:` line' : `is named ${event} but is a ${type}`);
    return { ...json, type };
  }

  protected json(data: string): Json | undefined {
    const json = parsed(data);
    if (!isJson(json)) this.problem('its data is no JSON object');
    return isJson(json) ? json : undefined;
  }
}

/** Tells a grammar of a problem unless `holds`. */
export type Expect = (holds: boolean, words: string) => void;

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function jsonOf(value: unknown): Json {
  return isJson(value) ? value : {};
}

export function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** Whether a value is a text with something in it. */
export function isFilled(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** Whether a value counts something. */
export function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0;
}

/** Whether a text is the JSON of an object. */
export function isObjectText(text: string): boolean {
  return isJson(parsed(text));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
