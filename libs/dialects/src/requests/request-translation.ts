import { SallyportError } from '../errors/sallyport-error';
import { isObject, type JsonObject } from '../json/json-value';
import type { Rule, RuleTable } from './translation-rules';
import type { UpstreamTraits } from './upstream-traits';

/** A request in the upstream's dialect. */
export interface TranslatedRequest {
  readonly body: JsonObject;
  /** Name of a tool that was added to make the model answer in JSON: its call is turned back into text. */
  readonly jsonTool?: string | undefined;
}

/** Pure: turns a client's request into the upstream's dialect, following the rules of the pair. */
export type RequestTranslator = (request: JsonObject, translation: RequestTranslation) => TranslatedRequest;

/** The rules at work on one request: keeps count of what was left out. */
export class RequestTranslation {
  private readonly left = new Set<string>();

  /** @param model the upstream's own name of the model */
  constructor(
    readonly model: string,
    readonly traits: UpstreamTraits,
  ) {}

  /** Paths of what was left out, such as `top_k` or `messages.0.content.1`, without repetition. */
  get dropped(): string[] {
    return [...this.left];
  }

  /** Notes that something is left out. */
  drop(path: string): void {
    this.left.add(path);
  }

  /** Leaves out all members of an object but the known ones. Null counts as absent. */
  dropOthers(object: JsonObject, known: readonly string[], path: string): void {
    for (const [name, value] of Object.entries(object)) {
      if (value !== null && value !== undefined && !known.includes(name)) this.drop(join(path, name));
    }
  }

  /**
   * Leaves something out when the upstream is set to `drop_params`.
   *
   * @throws SallyportError `dialect_unsupported` that names the field, otherwise
   */
  refuse(path: string, why: string): void {
    if (!this.traits.dropParams) throw unsupported(path, why);
    this.drop(path);
  }

  /** @throws SallyportError `dialect_unsupported` that names the field */
  forbid(path: string, why: string): never {
    throw unsupported(path, why);
  }

  /**
   * Applies a table to the members of an object. Null counts as absent.
   *
   * @param path of the object, empty for the request itself
   * @throws SallyportError `dialect_unsupported` for the first field that is refused
   */
  checkFields(table: RuleTable, object: JsonObject, path = ''): void {
    for (const [name, value] of Object.entries(object)) {
      if (value !== null && value !== undefined) this.check(ruleOf(table, name), value, join(path, name));
    }
  }

  /**
   * Applies the rule of one kind of content.
   *
   * @returns whether it is carried
   * @throws SallyportError `dialect_unsupported`
   */
  checkContent(table: RuleTable, kind: string, value: unknown, path: string): boolean {
    const rule = ruleOf(table, kind);
    this.check(rule, value, path);
    return rule.fate === 'carried';
  }

  private check(rule: Rule, value: unknown, path: string): void {
    if (rule.fate === 'carried' || rule.harmless?.(value)) return;
    const why = rule.note ?? 'the upstream of this model has nothing like it';
    if (rule.fate === 'dropped' || (rule.fate === 'refused' && this.traits.dropParams)) this.drop(path);
    else throw unsupported(path, why, value);
  }
}

const UNKNOWN: Rule = { fate: 'dropped' };
/** What an API calls a kind of content: nothing else of a request is told in an error. */
const KIND = /^[a-z][a-z\d_]{0,63}$/;

function ruleOf(table: RuleTable, name: string): Rule {
  return Object.hasOwn(table, name) ? (table[name] ?? UNKNOWN) : UNKNOWN;
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

function unsupported(param: string, why: string, value?: unknown): SallyportError {
  const kind = isObject(value) && typeof value.type === 'string' && KIND.test(value.type) ? ` (${value.type})` : '';
  return new SallyportError('dialect_unsupported', `This model’s upstream cannot take ${param}${kind}: ${why}`, {
    param,
  });
}
