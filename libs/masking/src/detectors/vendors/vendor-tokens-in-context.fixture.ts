/** Secrets that need a name or an address in front of them; « and » stand around what is to be found; see `sampleOf`. */
export const TOKENS_IN_CONTEXT = {
  'npm-token': [
    '//registry.npmjs.org/:_authToken=«{uuid}»',
    '//registry.npmjs.org/:_auth=«dGVzdDp0ZXN0»',
    '_authToken = "«{alnum36}»"',
  ],
  'gitlab-token': ['Cookie: _gitlab_session=«{lower32}»; a=b'],
  'vendor-token': [
    'https://api.telegram.org/bot«{digits9}:AA{word33}»/getMe',
    'cloudinary://{digits15}:«{word27}»@acme',
    'Authorization: FlyV1 «fm2_{base64-120}»',
    'Authorization: SSWS «00{word40}»',
    'https://maker.ifttt.com/trigger/door/with/key/«{word43}»',
    'https://oapi.dingtalk.com/robot/send?access_token=«{hex64}»',
    'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=«{uuid}»',
    "'secret_key' => '«sk_1aB#{alnum20}@*xC$»',",
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;
