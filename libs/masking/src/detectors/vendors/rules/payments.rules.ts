import { alnum, hex, MIXED, RANDOM, rulesOf, run, type TokenRule, UUID, vendor, word } from '../token-rule';

const stripe = rulesOf('stripe-key');

/** Payments, shops and deliveries. Publishable keys, such as `pk_live_…` of Stripe, are no secrets. */
export const PAYMENTS_RULES: readonly TokenRule[] = [
  stripe('sk_live_ sk_test_ sk_prod_ rk_live_ rk_test_ rk_prod_', alnum(10, 200), { minEntropy: 2.2 }),
  stripe('whsec_', run('A-Za-z0-9+/=', 24, 100), RANDOM),

  vendor('sq0atp- sq0csp-', word(20, 64)),
  vendor('EAAA', word(56, 64) + '(?![A-Za-z0-9_-])', { ...MIXED, outsideBase64: true }),
  vendor('shpat_ shpca_ shppa_ shpss_ shptka_ shpua_', '[a-fA-F0-9]{32}(?![A-Za-z0-9])'),
  vendor('EZAK EZTK', alnum(54)),
  vendor('shippo_live_ shippo_test_', '[a-fA-F0-9]{40}(?![A-Za-z0-9])'),
  vendor(
    'FLWSECK_TEST- FLWSECK- FLWPUBK_TEST- FLWPUBK-',
    '(?:[a-h0-9]{32}(?:-[a-z0-9]{12})?-X|[a-h0-9]{12})(?![A-Za-z0-9])',
  ),
  vendor('live_ test_', '(?:pub_[a-f0-9]{31}|[a-f0-9]{35})(?![A-Za-z0-9])'),
  vendor('live_ test_ sandbox_', word(40, 44) + '(?![A-Za-z0-9_-])', MIXED),
  vendor('live_ test_', alnum(30), MIXED),
  vendor('live_sk_ test_sk_ live_gsk_ test_gsk_', alnum(20, 60), MIXED),
  vendor('access-sandbox- access-development- access-production-', UUID),
  vendor('duffel_test_ duffel_live_', run(String.raw`\w=-`, 40, 64)),
  vendor('access_token$production$ access_token$sandbox$', String.raw`[0-9a-z]{16}\$[0-9a-f]{32}(?![A-Za-z0-9])`),
  vendor('rzp_live_ rzp_test_', alnum(14)),
  vendor('pdl_live_apikey_ pdl_sdbx_apikey_', '[a-z0-9]{26}_[A-Za-z0-9]{22}_[A-Za-z0-9]{3}(?![A-Za-z0-9])'),
  vendor('polar_oat_ polar_pat_', alnum(30, 60)),
  vendor('ck_ cs_', hex(40)),
  vendor('sk_', String.raw`[^\s'"]{29}(?=['"])`, { minEntropy: 3.5, needs: MIXED.needs }),
  vendor('scp-live- scp-test-', hex(32)),
];
