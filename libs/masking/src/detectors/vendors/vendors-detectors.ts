import type { Detector } from '../detector';
import { discordBots } from './discord-bots.detector';
import { namedVendorSecrets } from './named-vendors.detector';
import { AI_RULES } from './rules/ai.rules';
import { INFRASTRUCTURE_RULES } from './rules/infrastructure.rules';
import { MESSAGES_RULES } from './rules/messages.rules';
import { PAYMENTS_RULES } from './rules/payments.rules';
import { PRODUCTS_RULES } from './rules/products.rules';
import { SOURCE_CODE_RULES } from './rules/source-code.rules';
import { tokenDetector } from './token-detector';
import type { TokenRule } from './token-rule';

export const VENDOR_RULES: readonly TokenRule[] = [
  ...SOURCE_CODE_RULES,
  ...AI_RULES,
  ...MESSAGES_RULES,
  ...PAYMENTS_RULES,
  ...INFRASTRUCTURE_RULES,
  ...PRODUCTS_RULES,
];

/** Tokens that their own form gives away. */
export const vendorTokens: Detector = tokenDetector(VENDOR_RULES);

/** Keys and tokens of vendors, by their published form. In the order of their precedence. */
export const VENDOR_DETECTORS: readonly Detector[] = [vendorTokens, discordBots, namedVendorSecrets];
