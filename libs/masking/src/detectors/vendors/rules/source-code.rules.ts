import { alnum, hex, MIXED, RANDOM, rulesOf, run, type TokenRule, UUID, vendor, word } from '../token-rule';

const github = rulesOf('github-token');
const gitlab = rulesOf('gitlab-token');
const npm = rulesOf('npm-token');

/** The tail of tokens that tell a cluster of GitLab which cell they belong to. */
const GITLAB_ROUTE = String.raw`(?:\.[0-9a-z]{2}\.?[0-9a-z]{7,9}(?![A-Za-z0-9]))?`;

/** Forges, package registries, builds and the quality of code. */
export const SOURCE_CODE_RULES: readonly TokenRule[] = [
  github('ghp_ gho_ ghu_ ghs_ ghr_', alnum(36, 255), { minEntropy: 3 }),
  github('ghs_', String.raw`\d{1,12}_eyJ[\w-]{10,400}\.[\w-]{10,600}\.[\w-]{10,600}`),
  github('github_pat_', String.raw`\w{50,255}`, { minEntropy: 3 }),

  gitlab(
    'glpat- gldt- glrt- glrtr- glft- glimt- glagent- gloas- glsoat- glffct- glwt-',
    run(String.raw`\w-`, 20, 300) + GITLAB_ROUTE,
    { minEntropy: 2.8 },
  ),
  gitlab('glptt-', '[a-f0-9]{40}(?![A-Za-z0-9])'),
  gitlab('glcbt-', String.raw`[0-9a-zA-Z]{1,5}_[\w-]{20,64}`),
  gitlab('GR1348941', word(20, 64), { minEntropy: 2.8 }),
  gitlab('_gitlab_session=', '([0-9a-z]{32})(?![A-Za-z0-9])'),

  npm('npm_', alnum(36, 64), { minEntropy: 3 }),
  npm('_authToken', String.raw`["']?\s{0,4}[=:]\s{0,4}["']?([\w+/=.-]{16,400})`, { needs: /[0-9]/ }),
  npm('/:_authToken /:_auth', String.raw`\s{0,4}=\s{0,4}["']?([\w+/=.-]{6,400})`, { minEntropy: 1.5 }),

  vendor('pypi-AgEIcHlwaS5vcmc pypi-AgENdGVzdC5weXBpLm9yZw', word(40, 1000)),
  vendor('rubygems_', hex(48)),
  vendor('oy2', '[a-z0-9]{43}(?![A-Za-z0-9])', { minEntropy: 3.5, outsideBase64: true }),
  vendor('cio', alnum(32), MIXED),
  vendor('CLOJARS_ clojars_', alnum(60)),
  vendor('dckr_pat_ dckr_oat_', word(24, 64)),
  vendor('AKCp', alnum(60, 80), { ...MIXED, outsideBase64: true }),
  vendor('cmVmd', alnum(59), { ...MIXED, outsideBase64: true }),

  vendor('ATATT3 ATCTT3 ATSTT3', run(String.raw`\w=-`, 50, 400)),
  vendor('ATBB', alnum(32), MIXED),
  vendor('ATTA', '[a-f0-9]{64}[A-Fa-f0-9]{8}(?![A-Za-z0-9])'),
  vendor('sgp_', '(?:(?:[a-fA-F0-9]{16}|local)_)?[a-fA-F0-9]{40}(?![A-Za-z0-9])'),
  vendor('sqp_ squ_ sqa_', hex(40)),
  vendor('sntrys_', String.raw`eyJ[A-Za-z0-9+/]{20,600}={0,2}_[A-Za-z0-9+/]{43}(?![A-Za-z0-9])`),
  vendor('sntryu_ sntrya_ sntryi_', '[a-f0-9]{64}(?![A-Za-z0-9])'),
  vendor('bkua_ bkaj_ bkct_ bkpt_', hex(40)),
  vendor('CCIPAT_ CCIPRJ_', '[A-Za-z0-9]{22}_[a-f0-9]{40}(?![A-Za-z0-9])'),
  vendor('API-', '[A-Z0-9]{25,26}(?![A-Za-z0-9])', { minEntropy: 3, needs: RANDOM.needs }),
  vendor('pat. sat.', String.raw`[A-Za-z0-9_-]{22}\.[A-Za-z0-9]{24}\.[A-Za-z0-9]{20}(?![A-Za-z0-9])`),
  vendor('snyk_uat. snyk_sat.', String.raw`[a-z0-9]{8}\.[\w-]{10,800}\.[\w-]{10,800}`),
  vendor('PMAK-', '[a-fA-F0-9]{24}-[a-fA-F0-9]{34}(?![A-Za-z0-9])'),
  vendor('PMAT-', '[A-Z0-9]{26}(?![A-Za-z0-9])'),
  vendor('ico-', alnum(32), RANDOM),
  vendor('rdme_', '[a-z0-9]{70}(?![A-Za-z0-9])'),
  vendor('waka_', UUID),
  vendor('ctp_', alnum(36), MIXED),
  vendor('ddp_ ddo_ ddw_', alnum(36), RANDOM),
  vendor('s-s4t2ud- s-s4t2af-', '[a-fA-F0-9]{64}(?![A-Za-z0-9])'),
];
