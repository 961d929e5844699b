import { itFinds, itIgnores } from '../detectors.fixture';
import { kubernetesSecrets } from './kubernetes-secrets.detector';

const yaml = (...lines: readonly string[]): string => lines.join('\n');

describe('k8s-secret', () => {
  itFinds(kubernetesSecrets, 'k8s-secret', [
    'Please apply **kind: Secret\ndata:\n  url: «YWRtaW46cGFzcw==»** before noon',
    '확인kind: Secret\nstringData:\n  dsn: «q4erjytcg0pp»\n부탁',
  ]);

  itFinds(kubernetesSecrets, 'k8s-secret', [
    yaml(
      'apiVersion: v1',
      'kind: Secret',
      'metadata:',
      '  name: x',
      'data:',
      '  # a comment',
      '  key: «bXlwYXNzd29yZA==»',
    ),
    yaml('apiVersion: v1', ' data:', ' \textra: «YWRtaW46cGFzcw==»', ' kind: secret', ' metadata:', '\t name: x'),
    yaml(
      "data:\r\n  password: '«UyFCXCpkJHpE»'\r\n  username: \"«YWRtaW4=»\" # who\r\nkind: 'Secret'\r\nmetadata:\r\n  name: y\r\n",
    ),
    yaml('> kind: Secret', '> data:', '>   user: «YWRtaW4tc3Zj»', '>   a.json: «eyJhIjogImIifQ==»', 'said Bob: x'),
    yaml('     1→kind: Secret', '     2→data:', '     3→  user: «YWRtaW4tc3Zj»', '     4→type: Opaque'),
    yaml('9\tstringData:', '10\t  user: «admin-user»', '11\tkind: Secret', '12:  - x: plain'),
    yaml('+kind: Secret', '+data:', '+  user: «YWRtaW4tc3Zj»', ' # kept'),
    yaml('  # kind: Secret', '  # data:', '  #   user: «YWRtaW4tc3Zj»'),
    yaml('data:', '  .dockercfg: |', '    «eyJhdXRocyI6eyJo»', 'metadata:', '  name: x', 'kind: Secret'),
    yaml(
      'kind: Secret',
      'stringData:',
      '  user: «admin-user»',
      '  app.yaml: |-',
      '    «url: https://x.test',
      '    name: foo»',
      'type: Opaque',
    ),
    yaml(
      'kind: ConfigMap',
      'data:',
      '  a: plain-1',
      '---',
      'kind: Secret',
      'data:',
      '  b: «c2VjcmV0»',
      '---',
      'kind: ConfigMap',
      'data:',
      '  c: plain-2',
    ),
    yaml(
      'kind: List',
      'items:',
      '- kind: ConfigMap',
      '  data:',
      '    a: plain-1',
      '- kind: Secret',
      '  data:',
      '    b: «c2VjcmV0»',
      '- data:',
      '    c: «c2VjcmV1»',
      '  kind: Secret',
      '- kind: ConfigMap',
      '  data:',
      '    d: plain-2',
    ),
    yaml('Apply this:', '```yaml', 'kind: Secret', 'data:', '  password: «cGFzc3dv»', '```', 'and so on: it works'),
    '{"apiVersion":"v1","kind":"Secret","metadata":{"name":"x"},"data":{"password":"«cGFzc3dvcmQx»","user":"«YWRtaW4=»"}}',
    '{"data":{"password":"«cGFzc3dvcmQx»"},"kind":"Secret","metadata":{"annotations":{"a":"b{"}}} {"data":{"a":"plain"}}',
    '{"items":[{"kind":"ConfigMap","data":{"a":"plain"}},{"kind":"Secret","stringData":{"a":"«plain-secret»"}}]}',
    yaml(
      'users:',
      '- user:',
      '    client-certificate-data: LS0tLS1CRUdJTiBDRVJU',
      '    client-key-data: «LS0tLS1CRUdJTiBSU0Eg»',
      '    token: «abcdef.0123456789abcdef»',
      'kind: Config',
    ),
    '{"auths":{"https://index.docker.io/v1/":{"auth":"«dXNlcjpwYXNzd29yZA==»"}}}',
    `kubectl create secret generic x --from-literal=password='«S3cret!x»' --from-literal user=«bob12345»`,
  ]);

  itIgnores([
    yaml(
      'kind: Secret',
      'metadata:',
      '  name: registry-auth-data',
      'type: Opaque',
      'data:',
      "  htpasswd: ''",
      '  other: ""',
    ),
    yaml('kind: Secret', 'data:', '  htpasswd: {{ .Values.htpasswd }}', '---', 'kind: ReplicationController'),
    yaml('kind: ExternalSecret', 'spec:', '  data:', '    - key: MySecretManagerKey', '      name: github_token'),
    yaml(
      'kind: SopsSecret',
      'spec:',
      '  secretTemplates:',
      '    - name: a',
      '      stringData:',
      '        data-name: data-value',
    ),
    yaml(
      'env:',
      '- name: DB_PASSWORD',
      '  valueFrom:',
      '    secretKeyRef:',
      '      name: db-secret',
      '      key: password',
    ),
    yaml('kind: ConfigMap', 'metadata:', '  name: about-secrets', 'data:', '  mode: production'),
    '{"kind":"Deployment","spec":{"data":{"a":"plain"}}}',
    'kubectl create secret generic x --from-literal=password=$PASSWORD --from-file=./key',
  ]);
});
