import { alnum, hex, MIXED, RANDOM, rulesOf, type TokenRule, UUID, vendor, word } from '../token-rule';

const openai = rulesOf('openai-key');
const anthropic = rulesOf('anthropic-key');

/** Other vendors whose keys begin with `sk-` too. */
const NOT_ANOTHER_VENDOR = '(?!ant-|or-v1-|lf-|proj-|svcacct-|admin-)';

/** Keys of many vendors begin so, and names in style sheets too: those are words of lower case between dashes. */
const LONG_OR_MIXED = /(?=.*[0-9])(?:[a-z0-9]{32}|(?=.*[A-Z])(?:.{32}|.*[a-z]))/;

/** Vendors of models and what is built around them. */
export const AI_RULES: readonly TokenRule[] = [
  openai('sk-proj- sk-svcacct- sk-admin- sk-service- sk-None-', word(32, 240), RANDOM),
  openai('sk-', NOT_ANOTHER_VENDOR + word(20, 240), { minEntropy: 3.2, needs: LONG_OR_MIXED }),

  anthropic('sk-ant-', String.raw`(?:api|admin)\d\d-[\w-]{80,120}AA(?![A-Za-z0-9])`),
  anthropic('sk-ant-', String.raw`(?!api|admin)[a-z]{2,6}\d{2}-[\w-]{40,200}`),

  vendor('sk-or-v1-', hex(64)),
  vendor('sk-lf- pk-lf-', UUID),
  vendor('hf_', alnum(30, 40), { minEntropy: 3.3, needs: /[a-z].*[A-Z]|[A-Z].*[a-z]/ }),
  vendor('api_org_', alnum(30, 40), { minEntropy: 3.3 }),
  vendor('gsk_', alnum(48, 64), MIXED),
  vendor('pplx-', alnum(40, 64), RANDOM),
  vendor('xai-', alnum(60, 100), RANDOM),
  vendor('r8_', alnum(37, 40), RANDOM),
  vendor('lsv2_pt_ lsv2_sk_', '[a-f0-9]{32}_[a-f0-9]{10}(?![A-Za-z0-9])'),
  vendor('ls__', hex(32)),
  vendor('fw_', alnum(22, 26), MIXED),
  vendor('tgp_v1_', word(40, 50)),
  vendor('nvapi-', word(56, 80)),
  vendor('csk-', '[a-z0-9]{48}(?![A-Za-z0-9])'),
  vendor('sk_', hex(48)),
  vendor('pa-', word(43), MIXED),
  vendor('jina_', word(60, 64)),
  vendor('tvly-', '(?:dev-|prod-)?[A-Za-z0-9]{28,64}', RANDOM),
  vendor('fc-', hex(32)),
  vendor('pcsk_', '[A-Za-z0-9]{5,6}_[A-Za-z0-9]{58,70}'),
  vendor('e2b_', hex(40)),
  vendor('esecret_', alnum(26, 60)),
  vendor('rpa_', '[A-Z0-9]{40,50}[a-z0-9]{0,6}(?![A-Za-z0-9])'),
  vendor('llx-', alnum(40, 60), RANDOM),
  vendor('apify_api_', alnum(34, 40)),
  vendor('BSA', word(28), MIXED),
  vendor('wandb_v1_', word(40, 90)),
];
