import { isObject, textOf, type JsonObject } from '../../json/json-value';
import { at, malformed, requiredText } from '../fields';
import type { RequestTranslation } from '../request-translation';
import type { RuleTable } from '../translation-rules';

/** One part of a message or of a tool's output, checked. `path` says where it stood in the request. */
export type InputPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image'; readonly path: string; readonly url: string; readonly detail: string | undefined }
  | { readonly type: 'file'; readonly path: string; readonly file: InputFile }
  | { readonly type: 'audio'; readonly audio: JsonObject };

/** Exactly one of `data` (a data URL or bare base64) and `url` is there. */
export interface InputFile {
  readonly filename: string | undefined;
  readonly data: string | undefined;
  readonly url: string | undefined;
}

const OTHER = 'part: other';
const MISPLACED = 'part of a system or assistant message: other';

/** Reads the parts of Responses messages and tool outputs, following one pair's rules for each kind. */
export class PartReader {
  constructor(
    private readonly rules: RuleTable,
    private readonly translation: RequestTranslation,
  ) {}

  /**
   * @param content a text or a list of parts
   * @returns what is carried
   * @throws SallyportError `invalid_request` for what is malformed, `dialect_unsupported` for what is refused
   */
  parts(content: unknown, path: string): InputPart[] {
    if (typeof content === 'string') return [{ type: 'text', text: content }];
    if (!Array.isArray(content)) throw malformed(path, 'a string or a list of parts');
    return content.flatMap((part: unknown, index) => this.part(part, `${path}.${index}`) ?? []);
  }

  /** As `parts`, for a place that holds nothing but text. */
  texts(content: unknown, path: string): string[] {
    if (typeof content === 'string') return [content];
    if (!Array.isArray(content)) throw malformed(path, 'a string or a list of parts');
    return content.flatMap((part: unknown, index) => this.textPart(part, `${path}.${index}`) ?? []);
  }

  private part(part: unknown, path: string): InputPart | undefined {
    if (!isObject(part)) throw malformed(path, 'an object');
    switch (part.type) {
      case 'input_image':
        return this.image(part, path);
      case 'input_file':
        return this.file(part, path);
      case 'input_audio':
        return this.audio(part, path);
      default: {
        const text = this.text(part, path);
        return text === undefined ? undefined : { type: 'text', text };
      }
    }
  }

  private textPart(part: unknown, path: string): string | undefined {
    if (!isObject(part)) throw malformed(path, 'an object');
    if (part.type !== 'input_image' && part.type !== 'input_file' && part.type !== 'input_audio') {
      return this.text(part, path);
    }
    this.carries(MISPLACED, part, path);
    return undefined;
  }

  private text(part: JsonObject, path: string): string | undefined {
    const { type } = part;
    if (type === 'input_text' || type === 'output_text' || type === 'text') {
      const text = requiredText(part, 'text', path);
      return this.carries(type === 'text' ? 'part: input_text' : `part: ${type}`, part, path) ? text : undefined;
    }
    if (type === 'refusal') {
      const refusal = requiredText(part, 'refusal', path);
      return this.carries('part: refusal', part, path) ? refusal : undefined;
    }
    this.carries(OTHER, part, path);
    return undefined;
  }

  private image(part: JsonObject, path: string): InputPart | undefined {
    const url = part.image_url ?? undefined;
    if (url === undefined && textOf(part.file_id) !== undefined) {
      this.carries('part: input_image.file_id', part, path);
      return undefined;
    }
    if (typeof url !== 'string' || !/^(https?|data):/i.test(url)) {
      throw malformed(`${path}.image_url`, 'an http, https or data URL');
    }
    if (!this.carries('part: input_image', part, path)) return undefined;
    return { type: 'image', path, url, detail: textOf(part.detail) };
  }

  private file(part: JsonObject, path: string): InputPart | undefined {
    const given = (['file_data', 'file_url', 'file_id'] as const).find((name) => (part[name] ?? '') !== '');
    if (given === undefined) throw malformed(path, 'a file with file_data, file_url or file_id');
    const value = requiredText(part, given, path);
    if (given === 'file_url' && !/^https?:/i.test(value)) throw malformed(at(path, given), 'an http or https address');
    if (!this.carries(`part: input_file.${given}`, part, path)) return undefined;
    const data = given === 'file_data' ? value : undefined;
    const url = given === 'file_url' ? value : undefined;
    return { type: 'file', path, file: { filename: textOf(part.filename), data, url } };
  }

  private audio(part: JsonObject, path: string): InputPart | undefined {
    if (!this.carries('part: input_audio', part, path)) return undefined;
    if (!isObject(part.input_audio)) throw malformed(`${path}.input_audio`, 'an object');
    return { type: 'audio', audio: part.input_audio };
  }

  private carries(kind: string, part: JsonObject, path: string): boolean {
    return this.translation.checkContent(this.rules, kind, part, path);
  }
}
