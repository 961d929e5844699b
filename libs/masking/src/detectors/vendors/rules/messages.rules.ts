import { alnum, behind, MIXED, RANDOM, rulesOf, type TokenRule, vendor, word } from '../token-rule';

const slack = rulesOf('slack-token');
const slackWebhook = rulesOf('slack-webhook');

/** The scheme of a URL that is a secret as a whole. */
const SCHEME = behind(String.raw`(?:https?:\/\/)?`);
const HEX_DIGITS = '0123456789abcdef';
const beginningWithHex = (prefix: string): string => Array.from(HEX_DIGITS, (digit) => prefix + digit).join(' ');
const TWILIO_REST = '[0-9a-fA-F]{31}(?![A-Za-z0-9])';

/** Chats, mail and telephony. A webhook's URL is the secret: whoever has it can post. */
export const MESSAGES_RULES: readonly TokenRule[] = [
  slack(
    'xoxb- xoxp- xoxa- xoxr- xoxs- xoxo- xoxc- xoxe-',
    String.raw`(?:\d-)?(?:\d{6,14}-){1,4}[A-Za-z0-9]{10,90}(?:-[A-Za-z0-9]{1,40})?`,
    { minEntropy: 2, needs: /[A-Za-z]/ },
  ),
  slack('xoxa- xoxr-', String.raw`(?:\d-)?[0-9A-Za-z]{12,48}(?![A-Za-z0-9-])`, { ...RANDOM, minEntropy: 2.5 }),
  slack('xoxb- xoxp- xoxs-', String.raw`(?!\d{1,5}-\d{1,5}-|\d-)[A-Za-z0-9-]{24,120}`, MIXED),
  slack('xoxd-', String.raw`[\w%+/=-]{40,400}`),
  slack('xoxe.xoxb- xoxe.xoxp-', String.raw`\d-[A-Za-z0-9]{100,240}`, { minEntropy: 2 }),
  slack('xoxe-', String.raw`\d-[A-Za-z0-9]{100,240}`, { minEntropy: 2 }),
  slack('xapp-', String.raw`\d-[A-Z0-9]{6,16}-\d{6,16}-[a-zA-Z0-9]{20,90}`),
  slackWebhook(
    'hooks.slack.com hooks.slack-gov.com',
    String.raw`\/(?:services|workflows|triggers)\/[A-Za-z0-9+/]{24,90}(?<!\/)`,
    { lead: SCHEME },
  ),

  vendor('discord.com/api/ discordapp.com/api/', String.raw`(?:v\d{1,2}\/)?webhooks\/\d{17,20}\/[\w-]{60,80}`, {
    lead: behind(String.raw`(?:https?:\/\/)?(?:canary\.|ptb\.)?`),
  }),
  vendor(
    '.webhook.office.com/webhookb2/',
    String.raw`[\w-]{36}@[\w-]{36}\/IncomingWebhook\/[A-Za-z0-9]{32}\/[\w-]{36}(?:\/[\w-]{20,80})?`,
    { lead: behind(String.raw`(?:https?:\/\/)?[a-z0-9-]{1,60}`) },
  ),
  vendor('hooks.zapier.com/hooks/catch/', String.raw`\d{3,12}\/(?:[a-z]\/)?[A-Za-z0-9]{5,40}\/?`, {
    lead: SCHEME,
    minEntropy: 2,
  }),
  vendor(
    'open.feishu.cn/open-apis/bot/v2/hook/ open.larksuite.com/open-apis/bot/v2/hook/',
    '[0-9a-f-]{36}(?![A-Za-z0-9])',
    { lead: SCHEME },
  ),
  vendor('oapi.dingtalk.com/robot/send?access_token=', '([0-9a-f]{64})(?![A-Za-z0-9])'),
  vendor('qyapi.weixin.qq.com/cgi-bin/webhook/send?key=', '([0-9a-f-]{36})(?![A-Za-z0-9])'),
  vendor('maker.ifttt.com/trigger/', String.raw`[\w-]{1,80}\/(?:json\/)?with\/key\/([\w-]{20,64})`),

  vendor(':AA', word(33, 34) + '(?![A-Za-z0-9_-])', {
    lead: String.raw`(?<!\d)\d{8,10}`,
    needs: /[a-z].*[A-Z]|[A-Z].*[a-z]/,
  }),
  vendor(beginningWithHex('SK'), TWILIO_REST, { minEntropy: 2.8 }),
  vendor(beginningWithHex('AC'), TWILIO_REST, { minEntropy: 2.8 }),
  vendor('SG.', String.raw`(?![\w-]{22}\.\.)(?:[\w-]{16,32}\.[\w-]{16,64}(?![A-Za-z0-9])|[\w=.-]{65}[\w=-])`, {
    minEntropy: 3.5,
    needs: /[0-9]/,
  }),
  vendor('key- pubkey-', '[0-9a-z]{32}(?![A-Za-z0-9-])', { minEntropy: 3, needs: /[0-9]/ }),
  vendor('-us', String.raw`\d{1,2}(?![A-Za-z0-9])`, { lead: behind('[0-9a-f]{32}') }),
  vendor('md-', word(22), MIXED),
  vendor('xkeysib- xsmtpsib-', '[a-f0-9]{64}-[A-Za-z0-9]{16}(?![A-Za-z0-9])'),
  vendor('re_', '[A-Za-z0-9]{7,9}_[A-Za-z0-9]{20,28}', MIXED),
  vendor('KEY0', '[0-9A-F]{31}_[A-Za-z0-9]{22}(?![A-Za-z0-9])'),
  vendor('os_v2_app_ os_v2_org_', '[a-z0-9]{60,110}'),
  vendor('sec-c-', String.raw`[\w-]{36}(?![A-Za-z0-9])`),
  vendor(
    'pat-na1- pat-eu1- pat-na2- pat-ap1-',
    String.raw`[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}(?![A-Za-z0-9])`,
  ),
  vendor('dG9rO', String.raw`[A-Za-z0-9+/]{50,60}={0,2}(?![A-Za-z0-9])`, { outsideBase64: true }),
  vendor('EAAM EAAC EAAG EAAB', alnum(100, 400), { minEntropy: 4, outsideBase64: true }),
  vendor('IGQV IGQW', word(100, 400), { minEntropy: 4 }),
  vendor('nyk_v0_', alnum(40, 80)),
];
