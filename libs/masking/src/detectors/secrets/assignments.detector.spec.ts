import { itFinds, itIgnores } from '../detectors.fixture';
import { assignments } from './assignments.detector';
import { koreanAssignments } from './korean-assignments.detector';

const KIND = 'generic-assignment';
const TOKEN = '«kY7tQ2mZx9Lr4WpB8sNd3VhC»';
const MARKED = '«q{{h}o)p$e]nob(ody[x>-_$#one}}»';

describe('generic-assignment of issued secrets', () => {
  itFinds(assignments, KIND, [
    'token="«/gNomAP0n5BolY2YoBDk7fzFfu1mYueHVqHqtIH1UJSlDPg8LN3Lk5wmMHviFn4SH0nhbsekcNxJkDoeGjqXqg+»"',
    'acmeToken,«1089dc3be05bf342ed5443a8cef93bad2927fb8c»,',
    `myToken="${TOKEN}" myToken = '${TOKEN}' myToken=${TOKEN} MY_TOKEN=${TOKEN};`,
    `{\n    "my_token": "${TOKEN}"\n}`,
    String.raw`{"config.ini": "MY_TOKEN=${TOKEN}\nBACKUP=true"} "{\"my_token\": \"${TOKEN}\"}"`,
    `<myToken>\n    ${TOKEN}\n</myToken> <myToken>${TOKEN}</myToken>`,
    `<entry name="myToken" value="${TOKEN}" /> <input name="api_key" value='${TOKEN}'>`,
    `my_token: ${TOKEN}`,
    `my_token: '${TOKEN}'\nother_token: |\n  ${TOKEN}\nsecret: >-\n  ${TOKEN}`,
    `string myToken = "${TOKEN}"; var myToken string = "${TOKEN}"; let myToken: string = "${TOKEN}"`,
    `myToken := \`${TOKEN}\` $myToken .= "${TOKEN}" $myToken ??= "${TOKEN}" TOKEN ::= "${TOKEN}" TOKEN ?= ${TOKEN}`,
    `https://h.test/?myToken=${TOKEN}&fooBar=baz&api_key=${TOKEN}`,
    `System.setProperty("MY_TOKEN", "${TOKEN}") env("api_token", '${TOKEN}')`,
    `env = {PATH=/usr/local/bin, MY_SECRET=${TOKEN}, LC_CTYPE=en_CA.UTF-8},`,
    `"myToken" => "${TOKEN}", :api_key => '${TOKEN}'`,
    `{"name": "MY_TOKEN", "value": "${TOKEN}"}\n- name: MY_TOKEN\n  value: ${TOKEN}`,
    `The API key is ${TOKEN}. The access key: ${TOKEN}, and the client secret for prod is "${TOKEN}"`,
    `**Token:** ${TOKEN}\ntoken: **${TOKEN}**\ntoken: \`${TOKEN}\`\ntoken: <b>${TOKEN}</b> [token: ${TOKEN}] (token=${TOKEN})`,
    `| api_token | ${TOKEN} |\n<tr><td>api key</td><td>x</td></tr><td>token</td><td>${TOKEN}</td>`,
    `cli --token ${TOKEN} --api-key=${TOKEN}, -Dapi.secret=${TOKEN}`,
    `if (apiKey == "${TOKEN}") if ("${TOKEN}" !== secret) new Secret("${TOKEN}")`,
    `토큰token=${TOKEN}입니다 _token=${TOKEN}을`,
    '"credentials" : "«0afae57f3ccfd9d7f5767067bc48b30f719e271b»" creds = «hG7fK2pQ9xW4zL1mN8vB3cR6»',
    '"user_auth": "«am9obmRvZTpkMDY5NGIxYi1j+TMy/MDJlMDlk»" stripe_key = "«aB3dE5gH7jK9mN1pQ3sT»"',
    `private-key: «q1W2e3R4t5Y6-_u7I8o9P0a1S2d3F4» todo_secret_do_not_commit = «hG7fK2pQ9xW4zL1mN8vB3cR6»`,
    `get("api_token", "«dafa7817-e246-48f3-91a7-e87653d587b8»") "API_TOKEN": "«Lj2^5O%xi214»"`,
    `apikey = @"${MARKED}" char secrete[25] = "${MARKED}"; some_dict["secret"] = "${MARKED}" myapikeyfoo "${MARKED}";`,
  ]);
});

describe('generic-assignment of passwords', () => {
  itFinds(assignments, KIND, [
    'password = "«hunter2»" password: "«letmein»" "password": "«correct-horse-battery»" \'passwd\': \'«tr0ub4dor&3»\'',
    'DB_PASSWORD=«hunter2»\nexport DB_PASS=«letmein»\nPOSTGRES_PASSWORD: «mysecretpassword»\nspring.datasource.password=«Sup3rS3cret!»',
    '-e MYSQL_ROOT_PASSWORD=«my-secret-pw» -d mysql',
    'The password is «hunter2». My password for bob is "«hunter2»", the password: «S3cr3t!pw»',
    '{"password":"«p@ss,w0rd;1»"} password=«hunter2», password=«hunter2». (password: «hunter2») password=«hunter2»&user=x',
    `CREATE USER app IDENTIFIED BY '«Tiger#2026»'; ALTER USER x WITH PASSWORD '«s3cr3tpw»';`,
    `CREATE USER 'j'@'%' IDENTIFIED WITH caching_sha2_password BY '«new_passw0rd»'`,
    'ENV ADMIN_PASSWORD=«rootpasswd1» root password is «dbpass2024», Password for bob: «Winter2026!»',
    `echo 'root:«Docker!»' | chpasswd; ConvertTo-SecureString "«Winter2026!»" -AsPlainText -Force`,
    'password=‘«hunter2»’, the password is “«hunter2 99»”',
    '&quot;password=«S3cur3Pass9»&quot; %22password=«S3cur3Pass9»%22 &lt;password=«S3cur3Pass9»&gt;',
    'ENV DB_PASSWORD «hunter22»\nrequirepass «foobared12»\nmachine h login u password «s3cr3t99»',
    '<input type="password" name="password" value="«hunter2!»"> password="«hunter2»"',
    `cli --password='«hunter2»' --password «hunter2» --db-password=«hunter2»`,
    'administrator_login_password = "«thisIsDog11»" <add key="ClearTextPassword" value="«33f!!lloppa»" />',
    'setPassword("«hunter2»").password("«hunter2»") data.put("password", "«hunter2»")',
    'password_super_secure = "«V4lue-with_Sym»" passphrase: "«4 correct horse battery staples»"',
  ]);

  itFinds(koreanAssignments, KIND, [
    '비밀번호는 «hunter2»입니다',
    '비밀번호: ‘«hunter2»’를, 토큰은 「«Zf3D0LXCM3EIMbgJpUNnkRtOfOueHznB»」입니다',
    '패스워드 «P4ssw0rd-x», 비밀번호를 «Winter2026!»로 바꿔, 비밀번호: «dbpass2024»',
    '시크릿 키는 «wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY»입니다',
    '비밀번호: «P@ssw0rd!» 비번=«qwer1234», 암호 = "«qwer1234»" 패스워드:«abc!1234»을',
    `토큰은 ${TOKEN}입니다. API 키: ${TOKEN}를 **시크릿**: ${TOKEN}`,
  ]);
});

describe('no assignment of a secret', () => {
  itIgnores([
    'const token = await getToken(); token: string; tokens: 4096; max_tokens=512; secret: true; token = "string"',
    'apiKey: process.env.OPENAI_API_KEY, apiKey: config.get("apiKey"), apiKey: this.apiKey, secret: options.secret1',
    'password?: string; password: string; --password <password>; password: hashedPassword, password1 = password2',
    'my_password = foo(hey)you my_password = request.json_body["hey"] password=os.environ["DB_PASSWORD"]',
    'const secret = crypto.randomBytes(32).toString("hex"); password = getpass.getpass(); token = sign(payload1)',
    `login(username=username, password=password) open(self, password = ""): my_password = True`,
    '| password | string | The password of the user |\n| token | The token |',
    '"password": "Passwort", "password": "Password", "password": "비밀번호", "newPassword": "Mot de passe"',
    '"passwordHint": "At least 8 characters, 1 digit", "password": "Your password must have 8 characters and 1 digit"',
    '--token-color: #ff00ff; token: "keyword.operator" "token": "blue.500" secretName: my-app-tls-2026',
    'password: changeme DB_PASSWORD=${DB_PASSWORD:-changeme} api_key: YOUR_API_KEY api_key="<your-api-key>"',
    'token: xxxxxxxxxxxx password: "********" token=${{ secrets.GITHUB_TOKEN }} password = "{{ vault_password }}"',
    'password = var.db_password password = "${aws_db_instance.default.password}" %TestSourcePassword%',
    'private_key "some/dir/aint/a/secret"; password_file: /run/secrets/db_pass1 secret/data/app1 IceSSL.KeyFile=s_rsa1024_priv.pem',
    'my_password = "fakesecret" theapikey := "somefakekey" some_key = "real_secret"',
    '"accessor":"rA1wk0Y45YCufyfq" clientId = "73082700-1f09-405b-80d0-3131bfd6272d" "key_name": "prod5zyxlmy-cmk"',
    'public_key = "9Cnzj4p4WGeKLs1Pt8QuKUpRKfFLfRYC9AIKjbJTWit" publicKeyToken="31bf3856ad364e35" primaryKey=hG7fK2pQ9xW4zL1mN8vB3cR6',
    'csrf-token=Mj2qykJO5rELyHgezQ69nzUX0i3OH67V nextPageToken: "CAUQAA1234abcd" "next_token": "AAAB1234XYZabcd"',
    `credentialsId: '29f63271-dc2f-4734-8221-5b31b5169bac' "credentialId": "B9mTcFSck2LzJO2S3ols63"`,
    'const validKeyChars = "0123456789abcdefghijklmnopqrstuvwxyz_-." cacheKey = "user:12345:profile" key_length = XSalsa20.key_length',
    'LLM_SECRET_NAME = "NEXUS-GPT4-API-KEY" <UserSecretsId>79a3edd0-2092-40a2-a04d-dcb46d5ca9ed</UserSecretsId>',
    'GITHUB_API_KEY=\nOTHER_API_KEY=\nsnowflake.password=\njdbc.url=',
    'password: *default_password\ntoken: *shared_token1\n',
    'PWD=/home/user/app1 author: "a1b2c3d4e5f6" keyboard: "us-intl-101" token_type: "Bearer" auth: oauth2',
    'The password is required. The token is invalid. Your password is too short. pass "initial-response" along',
    `valid ? 'pass' : 'quarantine' version: found ? 'pass' : 'quarantine'`,
    '비밀번호 PBKDF2WithHmacSHA256 해시, 비밀번호 8자 이상, 비밀번호 reset2password 링크, 토큰 갱신',
    '비밀번호를 입력하세요. 비밀번호는 8자 이상이어야 합니다. 암호화 알고리즘: AES-256-GCM 비밀번호: ********',
    '"token_endpoint": "https://x.test/oauth2/v1" password_reset_timeout=259200 PuttyPassword=0 passwordless: true1234',
  ]);
});
