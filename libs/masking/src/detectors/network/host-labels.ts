/** Words of which services and machines in a network are named. */
const ROLE = new RegExp(
  '^(?:db|database|sql|mysql|mariadb|postgres|postgresql|pg|pgbouncer|oracle|mssql|mongo|mongodb|redis|memcached|cassandra' +
    '|elastic|elasticsearch|opensearch|kibana|logstash|kafka|zookeeper|rabbitmq|rabbit|activemq|nats|mq|vault|consul|nomad|etcd' +
    '|jenkins|gitlab|gitea|github|git|svn|nexus|artifactory|sonar|sonarqube|registry|harbor|argocd|grafana|prometheus|loki' +
    '|graylog|splunk|sentry|zabbix|nagios|minio|ceph|nfs|smb|ftp|sftp|nas|storage|backup|files?|fileserver|mail|smtp|imap|pop|exchange' +
    '|ldap|ad|dc|dns|ns|ntp|dhcp|radius|kdc|sso|keycloak|idp|www|web|api|apps?|gateway|gw|proxy|squid|nginx|haproxy|lb|vpn|wiki' +
    '|jira|confluence|intranet|portal|erp|crm|hr|billing|payments?|orders|prod|staging|stage|dev|qa|test|uat|build|ci|runner' +
    '|bastion|jump|jumpbox|jumphost|master|primary|replica|worker|controlplane|k8s|rancher|esxi?|vcenter|vsphere|hypervisor' +
    '|printer|router|switch|firewall|pfsense|camera|cam|desktop|laptop|workstation|pc|raspberrypi|homeassistant|pihole|octopi' +
    '|server|srv|host|auth|cache|metrics|monitoring|logs?)\\d{0,4}$',
);

/** A label that no identifier of a programming language can be, or a word with a number as machines have. */
const TELLING_LABEL = /-|^\d|^[a-z]+\d+$|^[A-Z]+\d+$/;

/** Whether one label reads like the name of a machine or a service. */
export function isTellingLabel(label: string): boolean {
  return TELLING_LABEL.test(label) || ROLE.test(label);
}
