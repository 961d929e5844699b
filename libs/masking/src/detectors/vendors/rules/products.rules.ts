import { alnum, behind, hex, MIXED, RANDOM, run, type TokenRule, UUID, vendor, word } from '../token-rule';

/** Personal access tokens of Asana: a version, one or two numbers and a secret. */
const NUMBERED = ['1/', '2/'].flatMap((version) => Array.from('123456789', (digit) => version + digit)).join(' ');

/** Observation, work management, content and other products. */
export const PRODUCTS_RULES: readonly TokenRule[] = [
  vendor('glsa_', '[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}(?![A-Za-z0-9])'),
  vendor('glc_', run('A-Za-z0-9+/', 32, 400) + '={0,3}', { minEntropy: 3 }),
  vendor('eyJrIjoi', alnum(60, 400) + '={0,3}', { minEntropy: 3 }),
  vendor('NRAK-', '[A-Za-z0-9]{27}(?![A-Za-z0-9])', { minEntropy: 2.8 }),
  vendor('NRJS-', '[a-fA-F0-9]{19}(?![A-Za-z0-9])'),
  vendor('NRII- NRIQ-', word(32)),
  vendor('NRRA-', hex(42)),
  vendor('NRAL', '(?![A-Za-z0-9])', { lead: behind('[a-zA-Z0-9]{36}') }),
  vendor('dt0c01. dt0s01. dt0s02. dt0s03. dt0s16.', String.raw`[A-Za-z0-9]{8,24}\.[A-Za-z0-9]{64}(?![A-Za-z0-9])`, {
    minEntropy: 3.5,
  }),
  vendor('pylf_v', String.raw`\d_[a-z]{2}_[A-Za-z0-9]{40,48}`),
  vendor('hcaik_ hcaic_ hcxik_ hcxlk_ hcamk_', '[a-z0-9]{50,70}(?![A-Za-z0-9])'),
  vendor('phx_ phs_', alnum(40, 64), RANDOM),
  vendor('sdk- mob- api-', UUID),
  vendor('configcat-sdk-1/', String.raw`[\w-]{22}\/[\w-]{22}(?![A-Za-z0-9])`),

  vendor('lin_api_ lin_oauth_ lin_wh_', alnum(32, 80), RANDOM),
  vendor('ntn_', alnum(40, 60), RANDOM),
  vendor('secret_', alnum(43), MIXED),
  vendor('secret-test- secret-live-', word(36, 50), RANDOM),
  vendor('figd_ figo_ figu_ figdr_ figor_ figur_', word(36, 64), RANDOM),
  vendor('fio-u-', run(String.raw`\w=-`, 64, 80)),
  vendor('pat', String.raw`[A-Za-z0-9]{14}\.[a-f0-9]{64}(?![A-Za-z0-9])`),
  vendor('pk_', String.raw`\d{6,9}_[A-Z0-9]{32}(?![A-Za-z0-9])`),
  vendor('tfp_', run(String.raw`\w=.-`, 40, 80)),
  vendor('CFPAT-', word(40, 50)),
  vendor('pk.eyJ1I sk.eyJ1I tk.eyJ1I', String.raw`[\w-]{20,300}\.[\w-]{22}(?![A-Za-z0-9])`),
  vendor('pk.', String.raw`[A-Za-z0-9]{60}\.[A-Za-z0-9]{22}(?![A-Za-z0-9])`, { minEntropy: 3.5 }),
  vendor('sl.', run(String.raw`\w=.-`, 125, 1500), { minEntropy: 3.5 }),
  vendor('cloudinary://', String.raw`\d{6,20}:([\w-]{20,40})(?=@)`),
  vendor('p8e-', '[A-Za-z0-9]{32}(?![A-Za-z0-9])', RANDOM),
  vendor(NUMBERED, String.raw`\d{11,18}(?:\/\d{12,18})?:[a-f0-9]{32}(?![A-Za-z0-9])`),
  vendor('1000.', String.raw`[a-f0-9]{32}\.[a-f0-9]{32}(?![A-Za-z0-9])`),
  vendor('3MVG9', String.raw`[A-Za-z0-9._]{60,110}`, MIXED),
  vendor('5Aep861', String.raw`[A-Za-z0-9._]{60,110}`, MIXED),
  vendor('00D', String.raw`[A-Za-z0-9]{12,15}![A-Za-z0-9._]{80,140}`),
  vendor('SSWS', String.raw` (00[\w-]{40})(?![A-Za-z0-9])`),
  vendor('WPL_AP', String.raw`\d\.[A-Za-z0-9]{12,20}\.[A-Za-z0-9+/=]{6,40}`),
  vendor('msh', '[a-z0-9]{15,20}p1[a-z0-9]{6}jsn[a-z0-9]{12}(?![A-Za-z0-9])', { lead: behind('[a-f0-9]{10}') }),
  vendor('samsara_api_', alnum(28, 40)),
  vendor('persona_production_ persona_sandbox_', UUID),
  vendor('xau_', alnum(30, 60), MIXED),
];
