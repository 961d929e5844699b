import { isObject, objectOf, textOf, type JsonObject } from '@sallyport/dialects';
import { limitDepth } from '../content/map-texts';

/** Told of everything in a request that a model reads. */
export interface InputVisitor {
  text(text: string): void;
  /** What has a known price whatever is in it. */
  tokens(count: number): void;
  /** @param base64 a PDF file */
  pdf(base64: string): void;
}

/** What a picture of common size costs, however long its base64 is. */
const IMAGE_TOKENS = 1_600;
/** A page is read as about 700 tokens of text and as a picture. */
export const PAGE_TOKENS = 2_300;
/** What marks the beginning, the end and the role of a message. */
const MESSAGE_TOKENS = 4;
/** Speech at the bit rate of a common MP3 file, of which a model hears ten tokens a second. */
const BASE64_PER_AUDIO_TOKEN = 2_100;

/** Members of blocks that are not read by the model, and may be long. */
const UNREAD = new Set(['data', 'file_data', 'image_url', 'signature', 'encrypted_content', 'cache_control']);

/**
 * Goes through a request of any conversation dialect, of which nothing has to be right. Sources:
 * https://docs.anthropic.com/en/api/messages-count-tokens, https://platform.openai.com/docs/api-reference/chat/create
 */
export function visitInput(given: JsonObject, visitor: InputVisitor): void {
  const request = objectOf(limitDepth(given));
  content(request['system'], visitor);
  content(request['instructions'], visitor);
  for (const turn of [request['messages'], request['input']]) {
    if (Array.isArray(turn)) turn.forEach((item) => message(objectOf(item), visitor));
    else content(turn, visitor);
  }
  if (Array.isArray(request['tools'])) request['tools'].forEach((tool) => structure(tool, visitor));
  structure(objectOf(request['output_config'])['format'], visitor);
  structure(objectOf(request['text'])['format'], visitor);
  structure(request['response_format'], visitor);
}

function message(item: JsonObject, visitor: InputVisitor): void {
  visitor.tokens(MESSAGE_TOKENS);
  if (item['role'] === undefined) return block(item, visitor);
  content(item['content'], visitor);
  text(item['reasoning_content'], visitor);
  if (Array.isArray(item['tool_calls'])) item['tool_calls'].forEach((call) => toolCall(objectOf(call), visitor));
}

/** A function call of a chat message. */
function toolCall(call: JsonObject, visitor: InputVisitor): void {
  const called = objectOf(call['function'] ?? call['custom']);
  text(called['name'], visitor);
  text(called['arguments'] ?? called['input'], visitor);
}

function content(value: unknown, visitor: InputVisitor): void {
  if (Array.isArray(value)) value.forEach((item) => (isObject(item) ? block(item, visitor) : text(item, visitor)));
  else if (isObject(value)) block(value, visitor);
  else text(value, visitor);
}

function block(item: JsonObject, visitor: InputVisitor): void {
  switch (item['type']) {
    case 'text':
    case 'input_text':
    case 'output_text':
    case 'summary_text':
    case 'reasoning_text':
      return text(item['text'], visitor);
    case 'refusal':
      return text(item['refusal'], visitor);
    case 'thinking':
      return text(item['thinking'], visitor);
    case 'redacted_thinking':
      return;
    case 'image':
    case 'image_url':
    case 'input_image':
      return visitor.tokens(IMAGE_TOKENS);
    case 'input_audio':
      return audio(objectOf(item['input_audio']), visitor);
    case 'document':
      return document(item, visitor);
    case 'file':
      return file(objectOf(item['file']), visitor);
    case 'input_file':
      return file(item, visitor);
    case 'tool_result':
      return content(item['content'], visitor);
    case 'function_call_output':
    case 'custom_tool_call_output':
      return content(item['output'], visitor);
    case 'reasoning':
      content(item['summary'], visitor);
      return content(item['content'], visitor);
    case 'tool_use':
    case 'server_tool_use':
      text(item['name'], visitor);
      return structure(item['input'], visitor);
    default:
      return structure(item, visitor);
  }
}

function document(item: JsonObject, visitor: InputVisitor): void {
  text(item['title'], visitor);
  text(item['context'], visitor);
  const source = objectOf(item['source']);
  if (source['type'] === 'text') text(source['data'], visitor);
  else if (source['type'] === 'content') content(source['content'], visitor);
  else pages(textOf(source['data']), visitor);
}

function file(item: JsonObject, visitor: InputVisitor): void {
  text(item['filename'], visitor);
  pages(textOf(item['file_data'])?.replace(/^data:[^,]{0,200},/, ''), visitor);
}

/** A file that is only pointed at counts as a page. */
function pages(base64: string | undefined, visitor: InputVisitor): void {
  if (base64 === undefined) visitor.tokens(PAGE_TOKENS);
  else visitor.pdf(base64);
}

function audio(input: JsonObject, visitor: InputVisitor): void {
  visitor.tokens(Math.ceil((textOf(input['data']) ?? '').length / BASE64_PER_AUDIO_TOKEN));
}

/** What a model reads as JSON: schemas, the input of tools, and blocks that are not known. */
function structure(value: unknown, visitor: InputVisitor): void {
  if (value === undefined || value === null) return;
  visitor.text(JSON.stringify(value, (key, member: unknown) => (UNREAD.has(key) ? undefined : member)));
}

function text(value: unknown, visitor: InputVisitor): void {
  if (typeof value === 'string' && value !== '') visitor.text(value);
}
