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

/** Whether a row of digits has the beginning and the length of the cards of a known issuer. */
export function isOfIssuer(digits: string): boolean {
  return ISSUERS.some(({ beginning, lengths }) => lengths.includes(digits.length) && beginning.test(digits));
}
