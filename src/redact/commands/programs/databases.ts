/** Databases, message brokers, directories. */
export const DATABASES = `
mysql mysqldump mysqladmin mysqlcheck mysqlimport mysqlshow mysqlpump mysqlslap mysqlbinlog mysql_upgrade mysqlrepair mysqloptimize mysqlsh mariadb mariadb-dump mariadb-admin mariadb-check mariadb-import mariadb-show mariadb-binlog mariadb-upgrade mariadb-slap mariabackup mariadb-backup xtrabackup innobackupex mysqlhotcopy automysqlbackup mydumper myloader mytop innotop pt-table-checksum pt-online-schema-change: -p+
mysqladmin mariadb-admin: password $; -u.; -h.; -P.; -S.
mycli mydumper myloader mysqltuner: -p
sqlcmd bcp osql isql sqsh tsql go-sqlcmd sqlcmd-go rsconfig iusql: -P!; -U.; -S.; -d.; -Q.
mongo mongosh mongodump mongorestore mongoexport mongoimport mongostat mongotop mongofiles: -p; -u.
redis-cli keydb-cli valkey-cli: -a; auth $; .. requirepass $; .. masterauth $; -h.; -p.; -n.
redis-benchmark: -a
sqlplus sqlldr exp imp expdp impdp rman sqlcl sqlplusw tkprof wrap oradim orapwd: $~/; .. target|catalog|connect|conn $~/; userid=~/; password=
db2 db2cmd db2look: .. using $; -w; -i.
isql-fb gbak gfix gsec gstat nbackup fbsvcmgr fb_lock_print: -pas; -pa; -pw; -user.
influx influxd: -p; -t; -u.
cqlsh nodetool sstableloader: -p; -pw; -u.
couchbase-cli cbbackup cbbackupmgr cbrestore cbq cbimport cbexport cbc: -p; -P; -u.
cypher-shell neo4j neo4j-admin neo4j-shell: -p; .. set-initial-password $; -u.
beeline hive impala-shell trino presto: -p; -n.
elasticsearch-users: -p; useradd _ -p
elasticsearch-setup-passwords elasticsearch-keystore kibana-keystore logstash-keystore: <; -x <; --stdin <
rabbitmqctl: add_user _ $; change_password _ $; authenticate_user _ $; set_parameter _ _ $
rabbitmqadmin: -p; .. password=; -u.
mosquitto_pub mosquitto_sub mosquitto_rr mqttx mqttcli: -P; --pw; -u.; -h.; -p.; -t.; -m.
mosquitto_passwd: -b _ _ $
kafka-console-producer kafka-configs: .. @ $
ldapsearch ldapmodify ldapadd ldapdelete ldapwhoami ldapcompare ldapmodrdn ldapexop: -w!
ldappasswd: -w; -s; -a
ldapvi: -w; -D.
slappasswd: -s
dsconf dsidm dsctl ldclt: -w
doveadm: -p; -u.; pw -p
psql pg_dump pg_dumpall pg_restore pg_basebackup createuser createdb pgcli usql: -w.
pgbouncer: -p
tdsdump freebcp defncopy: -P; -U.
vertica vsql: -w
hdbsql hdbuserstore: -p; set _ _ _ $
mdb-sql isqlw odbcping: -p
sqlpackage: /sp; /tp
proxysql-admin: -p
zabbix_get zabbix_sender: --tls-psk-file.
arangosh arangodump arangorestore arangoimport: --server.password
orientdb console.sh: connect _ _ $
isql iusql: _ _ $
etcdctl consul: --user~:
`
