import { listed } from '../word-list';

/** What a program or an operator puts a value in place of: shell, template engines, formats, aliases of YAML, stores. */
const TEMPLATES: readonly RegExp[] = [
  /\$\{{1,2}[\w\s.,:;?/|+@'"()![\]-]{1,120}\}/,
  /\$\{[^{}]{0,120}$/,
  /\{\{[^{}]{0,120}\}\}/,
  /^\{[A-Za-z][A-Za-z_ .:-]{0,60}\d{0,2}\}$/,
  /^\$(?:[A-Z_][A-Z0-9_]*|[a-z_][A-Za-z_]*\d?|\d)(?:(?:->|\.|:)\w+)*$/,
  /^\$?\(/,
  /^<|<%|^\[[A-Za-z_ -]{2,60}\]$/,
  /^%[A-Za-z_]\w*%$|%s|%\(\w{1,60}\)s|^%[dv@]$/,
  /#\{[^{}]{1,120}\}/,
  /^@@?[A-Za-z_]+@@?$|^__?[A-Za-z_]+__?$|^:[a-z_]+$/,
  /^\*[A-Za-z][\w-]*$/,
  /^(?:ENC\[|\{cipher\}|!vault)/,
  /^(?:arn|vault|op|ssm|env|file|keychain|secretref|sm|gcpsm|awssm|kms|data|refs?\+[a-z]+):/i,
];

/** Without one of these no template is one. */
const TEMPLATE_MARK = /[$<>%#{[(@_:!*]/;

/** Something that was taken out already, or was never in. */
const BLANKED = /^(.)\1*$|\*{3,}|#{4,}|•{3,}|●{3,}|\.{3}|…|x{5,}|\[redacted|<redacted/i;

const PLACEHOLDER_WORDS = new RegExp(
  [
    '^(?:your|insert|enter|replace|put|add|some|the|this|any|fill)[-_ ]?[a-z]+(?:[-_ ][a-z]+)*$',
    '^my[-_ ]?(?:secret|token|key|api[-_ ]?key)$',
    '(?:^|[^a-z])your[-_ ][a-z]',
    'replace[-_ ]?(?:me|with|this)',
    'change[-_ ]?(?:me|it|this|in)',
    'placeholder|redacted|masked|dummy|fake',
    '(?:^|[^a-z])(?:todo|fixme|tbd|not[-_ ]?(?:set|real|used)|example[-_ ]?(?:key|token|secret|password)|xxx+|n/a)(?![a-z])',
  ].join('|'),
  'i',
);

/**
 * Words that documentation writes in the place of a password. They may be real passwords of careless people, so where
 * a password is certain only some places make them placeholders.
 */
const STOCK_WORDS: ReadonlySet<string> = new Set(
  listed(`
    password passwd pass passw pwd pw pass123 yourpassword
    secret mysecret token mytoken key apikey api_key
    credential credentials auth bearer basic
    user username login admin root guest
    foo bar baz abc xyz string value
    example sample demo test testing
  `),
);

/** NUL is what the search puts in the place of tokens. */
const TOKEN_BLANK = '\0';

/** Whether what stands in the place of a value is a template, a masked value or an instruction: it may have any shape. */
export function isPlaceholder(value: string): boolean {
  if (value.includes(TOKEN_BLANK)) return true;
  if (value.length > 512) return BLANKED.test(value.slice(0, 512));
  if (BLANKED.test(value) || PLACEHOLDER_WORDS.test(value)) return true;
  return TEMPLATE_MARK.test(value) && TEMPLATES.some((pattern) => pattern.test(value));
}

/** Whether a value is nothing but one of the words that documentation writes for a secret. */
export function isStockWord(value: string): boolean {
  return STOCK_WORDS.has(value.toLowerCase()) || isNaivePassword(value);
}

/** `mypassword`: a word of documentation that also is the password of many a database. */
export function isNaivePassword(value: string): boolean {
  return /^my[-_ ]?pass(?:word|wd)?$/i.test(value);
}
