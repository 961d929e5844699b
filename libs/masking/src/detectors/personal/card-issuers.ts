/** Digits with which the numbers of one issuer begin, and how many digits they have (ISO/IEC 7812). */
interface Issuer {
  readonly beginning: RegExp;
  readonly lengths: readonly number[];
}

const ISSUERS: readonly Issuer[] = [
  /* Visa */
  { beginning: /^4/, lengths: [13, 16, 19] },
  /* Mastercard */
  { beginning: /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16] },
  /* American Express */
  { beginning: /^3[47]/, lengths: [15] },
  /* Diners Club */
  { beginning: /^3(?:0[0-5]|095|[689])/, lengths: [14, 16] },
  /* JCB */
  { beginning: /^35(?:2[89]|[3-8])/, lengths: [16, 17, 18, 19] },
  { beginning: /^3(?:088|096|112|158|337)/, lengths: [16] },
  { beginning: /^(?:2131|1800)/, lengths: [15] },
  /* Discover, RuPay */
  { beginning: /^(?:6011|64[4-9]|65)/, lengths: [16, 17, 18, 19] },
  /* UnionPay */
  { beginning: /^(?:62|81[0-7])/, lengths: [16, 17, 18, 19] },
  /* Maestro, Dankort, RuPay */
  { beginning: /^(?:50|5[6-9]|6)/, lengths: [16, 18, 19] },
  /* Mir */
  { beginning: /^220[0-4]/, lengths: [16, 17, 18, 19] },
  /* Troy */
  { beginning: /^9792/, lengths: [16] },
  /* UATP, Lufthansa AirPlus */
  { beginning: /^1(?:220|225|920)/, lengths: [15] },
];

/** The beginnings of all issuers whose cards have so many digits, as one pattern. */
const BEGINNINGS = new Map(
  [...new Set(ISSUERS.flatMap(({ lengths }) => lengths))].map((length) => {
    const issuers = ISSUERS.filter(({ lengths }) => lengths.includes(length));
    return [length, new RegExp(issuers.map(({ beginning }) => beginning.source).join('|'))];
  }),
);

/**
 * Whether cards of a known issuer begin with these digits and have so many.
 *
 * @param beginning the first four digits of a number, or more
 * @param count of all its digits
 */
export function isOfIssuer(beginning: string, count: number): boolean {
  return BEGINNINGS.get(count)?.test(beginning) ?? false;
}
