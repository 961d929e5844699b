import type { JsonObject } from '../json/json-value';

/** The form that the answer has to have, in no API's words. */
export type AnswerFormat = { readonly type: 'json_object' } | JsonSchemaFormat;

export interface JsonSchemaFormat {
  readonly type: 'json_schema';
  readonly name: string;
  readonly description: string | undefined;
  readonly schema: JsonObject;
  readonly strict: boolean | undefined;
}
