import type { JsonObject } from '../../json/json-value';
import { optionalObject } from '../fields';
import type { RequestTranslation } from '../request-translation';
import type { PairRules } from '../translation-rules';

/** A group of rows in the table of a pair; each has a row `any other`. */
export type ContentGroup =
  | 'content'
  | 'content of the assistant'
  | 'image source'
  | 'document source'
  | 'tool'
  | 'tool choice'
  | 'thinking'
  | 'output format';

/** One Messages request being read for another dialect, by the rules of the pair. */
export class MessagesReading {
  constructor(
    private readonly rules: PairRules,
    readonly translation: RequestTranslation,
  ) {}

  /**
   * @returns whether something of that kind is carried; a kind without a rule has that of `any other` in its group
   * @throws SallyportError `dialect_unsupported`
   */
  takes(group: ContentGroup, kind: string, value: unknown, path: string): boolean {
    const { content } = this.rules;
    // The assistant says what a user says, but for what nobody knows.
    const named = `${group === 'content of the assistant' ? 'content' : group}: ${kind}`;
    const row = Object.hasOwn(content, named) ? named : `${group}: any other`;
    return this.translation.checkContent(content, row, value, path);
  }

  /**
   * The members of a field that is an object, after the rules for them (rows such as `metadata.user_id`).
   *
   * @throws SallyportError `invalid_request` when it is none
   */
  membersOf(request: JsonObject, field: string): JsonObject {
    const members = optionalObject(request, field) ?? {};
    for (const [name, value] of Object.entries(members)) {
      const path = `${field}.${name}`;
      if (value !== null && value !== undefined) this.translation.checkContent(this.rules.fields, path, value, path);
    }
    return members;
  }
}
