import { UNKNOWN_EFFORT } from '../reasons';
import { carried, dropped, type RuleTable } from '../translation-rules';

/** Efforts in OpenAI's words: the budget of thinking, or the effort of newer models. */
export const EFFORT_RULES: RuleTable = {
  'effort: none': carried(
    'no `thinking`',
    '`disabled` where a model thinks unasked, the least effort where it always does',
  ),
  'effort: minimal': carried('1024 tokens, or `low`'),
  'effort: low': carried('1024 tokens, or `low`'),
  'effort: medium': carried('2048 tokens, or `medium`'),
  'effort: high': carried('4096 tokens, or `high`'),
  'effort: xhigh': carried('8192 tokens, or `xhigh`', '`high` where there is no `xhigh`'),
  'effort: max': carried('16384 tokens, or `max`'),
  'effort: other': dropped(UNKNOWN_EFFORT),
};
