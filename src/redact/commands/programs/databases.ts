/** Databases, message brokers, directories. */
export const DATABASES = `
mysql* mariadb* mariabackup xtrabackup innobackupex automysqlbackup mydumper myloader mytop innotop pt-table-checksum pt-online-schema-change: -p+
mysqladmin mariadb-admin: -p+; password $; -u.; -h.; -P.; -S.
mycli mydumper myloader mysqltuner mongo mongosh mongodump mongorestore mongoexport mongoimport mongostat mongotop mongofiles beeline hive impala-shell trino presto rabbitmqadmin pgbouncer proxysql-admin: -p
sqlcmd bcp osql isql sqsh tsql go-sqlcmd iusql: -P!; -U.; -S.; -d.; -Q.
isql iusql: _ _ $
redis-cli keydb-cli valkey-cli: -a; auth $; .. requirepass $; .. masterauth $; -h.; -p.; -n.
redis-benchmark: -a
sqlplus sqlldr exp imp expdp impdp rman sqlcl sqlplusw orapwd: $~/; .. target|catalog|connect|conn $~/; userid=~/; password=
db2 db2cmd db2look: .. using $; -w; -i.
isql-fb gbak gfix gsec gstat nbackup fbsvcmgr: -pas; -pa; -pw
influx: -p; -t
cqlsh nodetool sstableloader: -p; -pw
couchbase-cli cbbackup cbbackupmgr cbrestore cbq cbimport cbexport cbc: -p; -P
cypher-shell neo4j neo4j-admin: -p; .. set-initial-password $; -u.
elasticsearch-users: -p; useradd _ -p
elasticsearch-setup-passwords elasticsearch-keystore kibana-keystore logstash-keystore: <; -x <; --stdin <
rabbitmqctl: add_user _ $; change_password _ $; authenticate_user _ $; set_parameter _ _ $
rabbitmqadmin: password=
mosquitto_pub mosquitto_sub mosquitto_rr mqttx: -P; --pw
mosquitto_passwd: -b _ _ $
kafka-configs: .. @ $
ldapsearch ldapmodify ldapadd ldapdelete ldapwhoami ldapcompare ldapmodrdn ldapexop: -w!
ldappasswd: -w; -s; -a
ldapvi dsconf dsidm dsctl vsql: -w
slappasswd: -s
doveadm: -p; pw -p
psql pg_dump pg_dumpall pg_restore pg_basebackup createuser createdb: -w.
freebcp defncopy: -P
hdbsql hdbuserstore: -p; set _ _ _ $
sqlpackage: /sp; /tp
arangosh arangodump arangorestore arangoimport: --server.password
etcdctl consul: --user~:
`
