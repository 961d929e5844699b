/** What a client is told to ask, in words that belong to no dialect. */
export interface Question {
  readonly text: string;
  readonly stream: boolean;
  readonly system?: string;
  /** A picture beside the text, as base64 of a PNG. */
  readonly png?: string;
  readonly tools?: readonly QuestionTool[];
  /** The model must call one of the tools. */
  readonly mustCall?: boolean;
  readonly stop?: readonly string[];
  /** Shape of the answer, as a JSON schema of an object. */
  readonly schema?: JsonSchema;
  /** Asks for reasoning that can be seen. */
  readonly think?: boolean;
  readonly signal?: AbortSignal;
}

export interface QuestionTool {
  readonly name: string;
  readonly description: string;
  readonly schema: JsonSchema;
}

/** Schema of an object. */
export interface JsonSchema {
  readonly type: 'object';
  readonly [keyword: string]: unknown;
}
