import { isObject, objectOf, textOf, type JsonObject } from '@sallyport/dialects';

/** What a mock upstream understands of a request, whichever API it came by. */
export interface MockRequest {
  readonly model: string;
  /** Text of the last thing that the user said. */
  readonly prompt: string;
  /** All texts of the request, for counting. */
  readonly texts: readonly string[];
  readonly stream: boolean;
  /** Whether the client asked for the usage of a stream (`stream_options.include_usage`). */
  readonly includeUsage: boolean;
  /** The tool that the client insists on. */
  readonly forcedTool: MockTool | undefined;
  /** Schema that the client wants the answer to have. */
  readonly answerSchema: JsonObject | undefined;
}

export interface MockTool {
  readonly name: string;
  readonly schema: JsonObject;
}

/** Reads a request of any API that the mock answers; what it does not know it passes over. */
export function readMockRequest(request: JsonObject): MockRequest {
  const turns = turnsOf(request);
  const said = turns.map((turn) => plainText(turn['content'] ?? turn['output']));
  const lastUser = turns.findLastIndex((turn) => turn['role'] === 'user');
  return {
    model: textOf(request['model']) ?? 'mock',
    prompt: said[lastUser] ?? '',
    texts: [plainText(request['system']), plainText(request['instructions']), ...said],
    stream: request['stream'] === true,
    includeUsage: objectOf(request['stream_options'])['include_usage'] === true,
    forcedTool: forcedToolOf(request),
    answerSchema: answerSchemaOf(request),
  };
}

/** `messages` of a conversation, `input` of a Responses call or of a list of texts, or a `prompt`. */
function turnsOf(request: JsonObject): JsonObject[] {
  const turns = request['messages'] ?? request['input'] ?? request['prompt'];
  if (!Array.isArray(turns)) return [{ role: 'user', content: turns }];
  if (turns.every(isObject)) return turns;
  return [{ role: 'user', content: turns.map((turn) => textOf(turn) ?? JSON.stringify(turn)).join(' ') }];
}

/** Text of a message's content: the string itself, or its text parts one after the other. */
function plainText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .filter(isObject)
    .map((part) => textOf(part['text']) ?? plainText(part['content']))
    .join('');
}

/** The three APIs wrap the same three facts differently: the choice, a tool's name and its schema. */
function forcedToolOf(request: JsonObject): MockTool | undefined {
  const choice = request['tool_choice'];
  const tools = (Array.isArray(request['tools']) ? request['tools'] : []).map(toolOf).filter(({ name }) => name !== '');
  if (choice === 'required' || objectOf(choice)['type'] === 'any') return tools[0];
  const wanted = objectOf(objectOf(choice)['function'])['name'] ?? objectOf(choice)['name'];
  return tools.find(({ name }) => name === wanted);
}

function toolOf(tool: unknown): MockTool {
  const outer = objectOf(tool);
  const inner = isObject(outer['function']) ? outer['function'] : outer;
  return { name: textOf(inner['name']) ?? '', schema: objectOf(inner['parameters'] ?? inner['input_schema']) };
}

function answerSchemaOf(request: JsonObject): JsonObject | undefined {
  const chat = objectOf(objectOf(request['response_format'])['json_schema'])['schema'];
  const responses = objectOf(objectOf(request['text'])['format'])['schema'];
  const messages = objectOf(objectOf(request['output_config'])['format'])['schema'];
  return [chat, responses, messages].find(isObject);
}
