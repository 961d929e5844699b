import { anyOf, anything, empty, listOf } from '../harmless-values';
import {
  FOREIGN_REASONING,
  HOSTED_TOOL,
  NO_COUNTERPART,
  SPEED_ONLY,
  UNKNOWN_CHOICE,
  UNKNOWN_CONTENT,
  UNKNOWN_FORMAT,
} from '../reasons';
import { carried, dropped, forbidden, refused, type RuleTable } from '../translation-rules';

const OF_AN_ANSWER = 'it belongs to an answer';

/** Fields of a chat request that no other API has a word for. */
export const CHAT_ONLY_FIELDS: RuleTable = {
  n: forbidden('it answers with one choice only', anyOf(1)),
  stream_options: dropped('the gateway obeys `include_usage`', anything),
  store: dropped('nothing is kept', anything),
  frequency_penalty: dropped(NO_COUNTERPART, anyOf(0)),
  presence_penalty: dropped(NO_COUNTERPART, anyOf(0)),
  logit_bias: dropped(NO_COUNTERPART, empty),
  logprobs: dropped('replies carry no probabilities', anyOf(false)),
  top_logprobs: dropped('replies carry no probabilities', anyOf(0)),
  seed: dropped(NO_COUNTERPART),
  prediction: dropped(SPEED_ONLY),
  modalities: dropped('the answer is text', listOf('text')),
  audio: dropped('the answer is text'),
  web_search_options: refused('searching the web is a tool of the upstream’s own that this dialect cannot show'),
};

/** Content of a chat request that becomes of the same at every other API. */
export const CHAT_ONLY_CONTENT: RuleTable = {
  'message.role': carried('`role`'),
  'message.content': carried('`content`'),
  'message.name': dropped(NO_COUNTERPART),
  'message.annotations': dropped(OF_AN_ANSWER, anything),
  'message.audio': dropped(OF_AN_ANSWER),
  'message.reasoning_content': dropped(FOREIGN_REASONING, anything),
  'message.reasoning': dropped(FOREIGN_REASONING, anything),
  'message.reasoning_details': dropped(FOREIGN_REASONING, anything),
  'part: other': refused(UNKNOWN_CONTENT),
  'tool call: other': forbidden('this kind of call is unknown'),
  'tool: other': refused(HOSTED_TOOL),
  'tool_choice: other': refused(UNKNOWN_CHOICE),
  'response_format: other': refused(UNKNOWN_FORMAT),
};
