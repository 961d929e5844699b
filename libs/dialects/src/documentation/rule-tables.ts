import { CHAT_TO_MESSAGES_RULES } from '../requests/chat-to-messages/chat-to-messages.rules';
import { CHAT_TO_RESPONSES_RULES } from '../requests/chat-to-responses/chat-to-responses.rules';
import { MESSAGES_TO_CHAT_RULES } from '../requests/messages-to-chat/messages-to-chat.rules';
import { MESSAGES_TO_RESPONSES_RULES } from '../requests/messages-to-responses/messages-to-responses.rules';
import { RESPONSES_TO_CHAT_RULES } from '../requests/responses-to-chat/responses-to-chat.rules';
import { RESPONSES_TO_MESSAGES_RULES } from '../requests/responses-to-messages/responses-to-messages.rules';
import type { PairRules, Rule, RuleTable } from '../requests/translation-rules';
import { code, markdownTable } from './markdown-table';

const PAIRS: Readonly<Record<string, PairRules>> = {
  'messages-to-chat': MESSAGES_TO_CHAT_RULES,
  'messages-to-responses': MESSAGES_TO_RESPONSES_RULES,
  'chat-to-messages': CHAT_TO_MESSAGES_RULES,
  'chat-to-responses': CHAT_TO_RESPONSES_RULES,
  'responses-to-chat': RESPONSES_TO_CHAT_RULES,
  'responses-to-messages': RESPONSES_TO_MESSAGES_RULES,
};
const FATES: readonly Rule['fate'][] = ['carried', 'dropped', 'refused', 'forbidden'];
/** One name of the wire or several, as opposed to words. */
const NAMES = /^[a-z_\d.]+(, [a-z_\d.]+)*$/;

/** What becomes of each field and kind of content, two tables for each pair of dialects, by name. */
export function ruleTables(): Record<string, string> {
  const tables = Object.entries(PAIRS).flatMap(([pair, { fields, content }]) => [
    [`${pair}-fields`, ruleTable('field', fields, code)],
    [`${pair}-content`, ruleTable('content', content, kindOfContent)],
  ]);
  return Object.fromEntries(tables) as Record<string, string>;
}

/** In the order of the fates, and of the table within each. */
function ruleTable(title: string, rules: RuleTable, write: (name: string) => string): string {
  const entries = Object.entries(rules);
  const rows = FATES.flatMap((fate) => {
    const those = entries.filter(([, rule]) => rule.fate === fate);
    return those.map(([name, rule]) => [write(name), fate, destination(rule), rule.note ?? '']);
  });
  return markdownTable([title, 'fate', 'becomes', 'note'], rows);
}

/** `part: input_text` is a group and a name in it; `part: other` stands for whatever has no line of its own. */
function kindOfContent(kind: string): string {
  const [group = '', name] = kind.split(': ');
  if (name === undefined) return code(group);
  return `${group} ${NAMES.test(name) && name !== 'other' ? code(name) : `(${name})`}`;
}

function destination({ to = '' }: Rule): string {
  return NAMES.test(to) && to !== 'nothing' ? to.split(', ').map(code).join(', ') : to;
}
