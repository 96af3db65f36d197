import { describe, expect, test } from 'vitest'
import { PROGRAMS } from '../../src/redact/commands/programs/index.ts'
import { cases, foundInCommands } from './commands-layer.ts'

const TOPICS: Record<string, string> = {
  'shells and remote sessions': String.raw`
    sshpass -p Trekker99 ssh root@srv1 uptime ⇒ Trekker99
    sshpass -ppannenkoek ssh root@srv1 uptime ⇒ pannenkoek
    sshpass -p "Trek ker!" scp a root@srv1:/tmp ⇒ Trek ker!
    plink.exe -ssh admin@192.0.2.1 -pw Sw1tchBeheer "show run" ⇒ Sw1tchBeheer
    pscp -P 2222 -pw pannenkoek a.txt ana@srv1:/tmp ⇒ pannenkoek
    psexec \\WS-0142 -u CONTOSO\helpdesk -p Zonnebloem5 -h cmd /c "gpupdate /force" ⇒ Zonnebloem5
    C:\Tools\PsExec64.exe \\PC1 -u ana -p "Zonne bloem" ipconfig ⇒ Zonne bloem
    paexec \\PC1 -u ana -p zonnebloem cmd ⇒ zonnebloem
    winexe -U CONTOSO/beheer%Kapstok3 //192.0.2.50 'cmd /c hostname' ⇒ Kapstok3
    xfreerdp /v:192.0.2.60 /u:beheer /p:Scherm0p /cert:ignore ⇒ Scherm0p
    rdesktop -u ana -p schermop 192.0.2.60 ⇒ schermop
    evil-winrm -i 192.0.2.5 -u ana -p 'Kaas&Brood' ⇒ Kaas&Brood
    nxc smb 192.0.2.0/24 -u ana -p Kaasbrood ⇒ Kaasbrood
    secretsdump.py contoso/ana:Kaas8rood@192.0.2.5 ⇒ Kaas8rood
    impacket-wmiexec 'contoso/ana:Kaas@8rood@192.0.2.5' ⇒ Kaas@8rood
    ssh-keygen -t ed25519 -N "Sleutel 7" -f id ⇒ Sleutel 7
    ssh-keygen -p -P oudwoord -N nieuwwoord -f id ⇒ oudwoord ⇒ nieuwwoord
    echo Herfst88 | sudo -S apt-get update ⇒ Herfst88
    sudo -S systemctl restart x <<< Herfst88 ⇒ Herfst88
    echo herfstblad | passwd --stdin jan ⇒ herfstblad
    echo -e "Herfst88\nHerfst88" | passwd jan ⇒ Herfst88 ⇒ Herfst88
    (echo Herfst88; echo Herfst88) | passwd jan ⇒ Herfst88 ⇒ Herfst88
    echo "jan:Herfst:88" | sudo chpasswd ⇒ Herfst:88
    printf '%s:%s\n' jan Herfst88 | chpasswd ⇒ Herfst88
    printf 'jan:%s\n' 'Herfst 88' | chpasswd ⇒ Herfst 88
    chpasswd <<< 'jan:herfstblad' ⇒ herfstblad
    usermod -p '$6$abcdefgh$FAKEHASHFAKE' jan ⇒ $6$abcdefgh$FAKEHASHFAKE
    useradd -m -p "$(openssl passwd -6 'Moestuin99')" stagiair ⇒ Moestuin99
    dscl . -passwd /Users/jan Appel!taart ⇒ Appel!taart
    sysadminctl -addUser jan -fullName "Jan" -password appeltaart ⇒ appeltaart
    security unlock-keychain -p appeltaart login.keychain ⇒ appeltaart
    security add-generic-password -a jan -s wifi -w Appel7 ⇒ Appel7
    networksetup -setairportnetwork en0 Kantoor gastvrij ⇒ gastvrij
    winrs -r:srv1 -u:ana -p:Zonnebloem5 ipconfig ⇒ Zonnebloem5
    vncpasswd -f <<< kijkglas > ~/.vnc/passwd ⇒ kijkglas
    x11vnc -storepasswd kijkglas /etc/vncpw ⇒ kijkglas
    echo Scherm5 | anydesk --set-password ⇒ Scherm5
    kinit ana@CONTOSO.EXAMPLE <<< Zegelring ⇒ Zegelring
    kadmin.local -q "addprinc -pw Zegelring ana" ⇒ Zegelring
    osascript -e 'do shell script "id" user name "jan" password "Appel7" with administrator privileges' ⇒ Appel7
`,
  'Windows and its directory': String.raw`
    net user tijdelijk Herfst!88 /add ⇒ Herfst!88
    net user tijdelijk pannenkoek /add ⇒ pannenkoek
    net.exe user /add tijdelijk Herfst!88 ⇒ Herfst!88
    C:\Windows\System32\net1 user "ana b" "Herfst 88" /domain ⇒ Herfst 88
    net use Z: \\fs01\data /user:CONTOSO\svc Kikker!Blauw7 /persistent:no ⇒ Kikker!Blauw7
    net use \\fs01\ipc$ kikkerdril /user:svc ⇒ kikkerdril
    cmdkey /add:fs02 /user:CONTOSO\backup /pass:Kl0kkentoren ⇒ Kl0kkentoren
    cmdkey /generic:TERMSRV/rds01 /user:jan /pass:"Klok toren" ⇒ Klok toren
    schtasks /create /tn Backup /tr C:\b.cmd /sc daily /ru CONTOSO\svc /rp Wekker!0630 ⇒ Wekker!0630
    schtasks /change /s srv01 /u contoso\adm /p Aanlog4 /tn X /ru contoso\svc /rp Uitlog4 ⇒ Aanlog4 ⇒ Uitlog4
    sc config Spooler obj= contoso\svc password= Dienst77 ⇒ Dienst77
    sc.exe create X binPath= C:\x.exe obj= .\svc password= "Dienst 77" ⇒ Dienst 77
    netdom join WS1 /domain:contoso /userd:adm /passwordd:Domein9 ⇒ Domein9
    netdom reset WS1 /d:contoso /ud:adm /pd:Domein9 ⇒ Domein9
    dsadd user "cn=jan,dc=contoso" -samid jan -pwd Welkom2026 -mustchpwd yes ⇒ Welkom2026
    dsmod user "cn=jan,dc=contoso" -pwd welkomterug ⇒ welkomterug
    ktpass /out x.keytab /princ HTTP/x@Y /mapuser svc /pass Sleutelbos1 /ptype KRB5_NT_PRINCIPAL ⇒ Sleutelbos1
    manage-bde -unlock D: -rp 111111-222222-333333-444444-555555-666666-011011-022022 ⇒ 111111-222222-333333-444444-555555-666666-011011-022022
    reg add "HKLM\Software\Microsoft\Windows NT\CurrentVersion\Winlogon" /v DefaultPassword /t REG_SZ /d kioskje /f ⇒ kioskje
    Set-ItemProperty -Path $p -Name DefaultPassword -Value 'kioskje' ⇒ kioskje
    New-ItemProperty "HKLM:\x" -Name "SvcPassword" -PropertyType String -Value Kiosk7 ⇒ Kiosk7
    wmic /node:PC1 /user:ana /password:Zonnebloem5 os get caption ⇒ Zonnebloem5
    rasdial Kantoor jan Tunnel!7 ⇒ Tunnel!7
    rasdial "Kantoor VPN" contoso\jan tunnelvisie ⇒ tunnelvisie
    netsh wlan set hostednetwork mode=allow ssid=Gast key=gastvrij ⇒ gastvrij
    netsh wlan set hostednetwork ssid=Gast key="gast vrij" ⇒ gast vrij
    certutil -f -p Certi5 -importpfx x.pfx ⇒ Certi5
    signtool sign /f c.pfx /p Handtekening /t http://ts.example x.exe ⇒ Handtekening
    autologon jan CONTOSO kioskje ⇒ kioskje
    cscript slmgr.vbs /ipk FAKE1-SYNTH-22222-33333-44444 ⇒ FAKE1-SYNTH-22222-33333-44444
    cscript ospp.vbs /inpkey:FAKE1-SYNTH-22222-33333-44444 ⇒ FAKE1-SYNTH-22222-33333-44444
    repadmin /replsummary /u:contoso\adm /pw:Domein9 ⇒ Domein9
    bitsadmin /setcredentials myjob server basic jan Bits!7 ⇒ Bits!7
    setx DB_PASSWORD kikkerdril /m ⇒ kikkerdril
    wbadmin start backup -backupTarget:\\nas\b -user:bck -password:Kelder9 -quiet ⇒ Kelder9
    appcmd set apppool X "/[name='Web'].processModel.password:Spinrag77" ⇒ Spinrag77
    msiexec /i agent.msi /qn SVCUSER=ana SVCPASSWORD=Installeer1 ⇒ Installeer1
    setup.exe /quiet /SAPWD="Data bank" /IACCEPTEULA ⇒ Data bank
    adfind -u ana -up Zoek7 -b dc=x ⇒ Zoek7
    ldifde -i -f x.ldf -b jan contoso Import7 ⇒ Import7
    runas /user:ana "net user jan Herfst!88 /add" ⇒ Herfst!88
    winget install X --override "/S /password=Kelder9" ⇒ Kelder9
    diskpart && net use * \\srv\x Kikker7 /user:ana ⇒ Kikker7
`,
  PowerShell: String.raw`
    $s = ConvertTo-SecureString 'Lampion#2041' -AsPlainText -Force ⇒ Lampion#2041
    ConvertTo-SecureString -AsPlainText "Welkom 2026" -Force ⇒ Welkom 2026
    ConvertTo-SecureString -String lampion -AsPlainText -Force ⇒ lampion
    'Lampion 7' | ConvertTo-SecureString -AsPlainText -Force ⇒ Lampion 7
    $p = "Lampion7" | ConvertTo-SecureString -AsPlainText -Force ⇒ Lampion7
    Set-ADAccountPassword j.devries -Reset -NewPassword (ConvertTo-SecureString -AsPlainText "it''s me" -Force) ⇒ it''s me
    New-LocalUser jan -Password (ConvertTo-SecureString 'O''Brien7' -AsPlainText -Force) ⇒ O''Brien7
    Connect-VIServer -Server vc -User adm -Password 'Vuurtoren-19' -Force ⇒ Vuurtoren-19
    Connect-Thing -Password:vuurtoren -Verbose ⇒ vuurtoren
    New-Object System.Management.Automation.PSCredential('ana','Zomer41') ⇒ Zomer41
    New-Object System.Net.NetworkCredential("ana", "Zomer 41", "contoso") ⇒ Zomer 41
    [System.Net.NetworkCredential]::new('ana','zomer') ⇒ zomer
    [PSCredential]::new('ana', (ConvertTo-SecureString 'zomer' -AsPlainText -Force)) ⇒ zomer
    [Environment]::SetEnvironmentVariable('API_TOKEN','t0ken-FAKE','Machine') ⇒ t0ken-FAKE
    Invoke-Sqlcmd -ServerInstance sql01 -Username sa -Password krokodil -Query "select 1" ⇒ krokodil
    Add-VpnConnection -Name K -ServerAddress v -TunnelType L2tp -L2tpPsk tunnelvisie -Force ⇒ tunnelvisie
    New-SmbMapping -LocalPath Z: -RemotePath \\fs\x -UserName ana -Password Kikker7 ⇒ Kikker7
    Set-Secret -Name x -Secret "Kluis 7" ⇒ Kluis 7
    Invoke-Command -ComputerName SRV1 -ScriptBlock { net user jan Herfst!88 /add } ⇒ Herfst!88
    Start-Process net -ArgumentList 'user','jan','Herfst!88','/add' ⇒ Herfst!88
    powershell -NoProfile -Command "net user jan 'Herfst 88' /add" ⇒ Herfst 88
    Register-ScheduledTask -TaskName X -User contoso\svc -Password "Wekker 7" ⇒ Wekker 7
    Unlock-BitLocker -MountPoint D: -RecoveryPassword 111111-222222-333333-444444 ⇒ 111111-222222-333333-444444
    Connect-Api -ClientSecret (Get-X) -ApiKey k3y-FAKE ⇒ k3y-FAKE
`,
  'databases and brokers': String.raw`
    mysql -h db1 -u root -pR0odeFiets88 -e "SHOW REPLICA STATUS\G" ⇒ R0odeFiets88
    mysqldump -uroot -p'rode fiets' crm > /tmp/x.sql ⇒ rode fiets
    mysqladmin -u root password Rodefiets ⇒ Rodefiets
    mariadb --password=rodefiets crm ⇒ rodefiets
    sqlcmd -S sql01 -U sa -P Kr0kodil -Q "select 1" ⇒ Kr0kodil
    sqlcmd -S sql01 -U sa -Pkrokodil ⇒ krokodil
    bcp crm.dbo.x out x.dat -c -S sql01 -U sa -P krokodil ⇒ krokodil
    osql -E -P Kr0kodil ⇒ Kr0kodil
    mongosh -u admin -p waterval --authenticationDatabase admin ⇒ waterval
    mongodump --uri x --password Waterval9 ⇒ Waterval9
    redis-cli -h r1 -a Sneeuwvlok ping ⇒ Sneeuwvlok
    redis-cli CONFIG SET requirepass sneeuwvlok ⇒ sneeuwvlok
    redis-cli auth sneeuwvlok ⇒ sneeuwvlok
    sqlplus system/manager44@//ora02:1521/XE @report.sql ⇒ manager44
    sqlplus -S scott/tijger@orcl ⇒ tijger
    expdp userid=system/manager44@orcl full=y ⇒ manager44
    rman target sys/Beheer9@orcl ⇒ Beheer9
    db2 connect to crm user ana using Zomer41 ⇒ Zomer41
    gbak -b -user SYSDBA -pas meesterwerk x.fdb x.fbk ⇒ meesterwerk
    isql ERP rapport Gr4fiek -b ⇒ Gr4fiek
    influx -username adm -password meetlat -execute "show databases" ⇒ meetlat
    cqlsh -u cassandra -p Kassandra9 c1 ⇒ Kassandra9
    cypher-shell -u neo4j -p grafiek "match (n) return n" ⇒ grafiek
    neo4j-admin dbms set-initial-password grafiek ⇒ grafiek
    rabbitmqctl add_user shop konijntje ⇒ konijntje
    rabbitmqctl change_password shop konijntje ⇒ konijntje
    mosquitto_pub -h m -u ana -P muggenbeet -t a -m b ⇒ muggenbeet
    mosquitto_passwd -b /etc/mosquitto/passwd ana muggenbeet ⇒ muggenbeet
    ldapsearch -x -D "cn=reader,dc=x" -w Le3sAlleen -b "dc=x" "(uid=jan)" ⇒ Le3sAlleen
    ldappasswd -x -D cn=adm -w Oud7 -s nieuwwoord uid=jan ⇒ Oud7 ⇒ nieuwwoord
    slappasswd -s leesalleen ⇒ leesalleen
    doveadm pw -s SHA512-CRYPT -p postvak ⇒ postvak
    sqlpackage /Action:Publish /tsn:sql01 /tu:sa /tp:Kr0kodil ⇒ Kr0kodil
    etcdctl --user root:Kaas8rood get / ⇒ Kaas8rood
    PGPASSWORD=olifant psql -h pg01 -U crm ⇒ olifant
`,
  SQL: `
    mysql -e "CREATE USER 'crm'@'%' IDENTIFIED BY 'Rode fiets'" ⇒ Rode fiets
    ALTER USER crm IDENTIFIED BY rodefiets; ⇒ rodefiets
    ALTER USER 'root'@'localhost' IDENTIFIED WITH mysql_native_password BY 'rodefiets'; ⇒ rodefiets
    GRANT ALL ON crm.* TO 'crm'@'%' IDENTIFIED BY 'rodefiets'; ⇒ rodefiets
    CREATE LOGIN erp WITH PASSWORD = N'Inkt''vis9', CHECK_POLICY = OFF; ⇒ Inkt''vis9
    psql -c "ALTER ROLE crm WITH LOGIN PASSWORD 'olifant'" ⇒ olifant
    SET PASSWORD FOR 'crm'@'%' = PASSWORD('rodefiets'); ⇒ rodefiets
    EXEC sp_addlogin 'ana', 'krokodil' ⇒ krokodil
    EXEC sp_addlinkedsrvlogin 'SRV2', 'false', NULL, 'sa', 'krokodil' ⇒ krokodil
    EXEC master.dbo.sp_addlinkedsrvlogin @rmtsrvname='S', @rmtpassword='krokodil' ⇒ krokodil
    CREATE CREDENTIAL c WITH IDENTITY = 'ana', SECRET = 'krokodil' ⇒ krokodil
    SELECT * FROM OPENROWSET('MSOLEDBSQL','sql02';'sa';'krokodil','select 1') ⇒ krokodil
    UPDATE users SET password = MD5('krokodil') WHERE id = 1 ⇒ krokodil
    UPDATE users SET user_pass='krokodil' WHERE id = 1 ⇒ krokodil
    INSERT INTO users (name, password, mail) VALUES ('ana', 'krokodil', 'a@x') ⇒ krokodil
    db.createUser({ user: "ana", pwd: "waterval", roles: [] }) ⇒ waterval
    db.changeUserPassword("ana", "Waterval9") ⇒ Waterval9
`,
  'network, VPN, telephony': String.raw`
    snmpwalk -v2c -c kantoorlezen 192.0.2.30 1.3.6.1.2.1.1 ⇒ kantoorlezen
    snmpget -v3 -u mon -l authPriv -a SHA -A authpraplu -x AES -X privpraplu 192.0.2.31 sysUpTime.0 ⇒ authpraplu ⇒ privpraplu
    check_snmp -H 192.0.2.36 -C p0lderjongen -o sysUpTime.0 ⇒ p0lderjongen
    nmcli dev wifi connect Kantoor password gastvrij ⇒ gastvrij
    nmcli con modify Kantoor wifi-sec.psk "gast vrij" ⇒ gast vrij
    nmcli con add type vpn ipv4.method auto vpn.secrets.password Tunnel7 ⇒ Tunnel7
    wpa_passphrase Kantoor gastvrij2041 ⇒ gastvrij2041
    wpa_cli -i wlan0 set_network 0 psk '"gast vrij"' ⇒ gast vrij
    iwctl --passphrase gastvrij station wlan0 connect Kantoor ⇒ gastvrij
    echo Tunnel7 | openconnect --passwd-on-stdin -u jan vpn.example ⇒ Tunnel7
    openfortivpn vpn.example:443 -u jan -p tunnelvisie ⇒ tunnelvisie
    forticlientsslvpn_cli --server v:443 --vpnuser jan --password tunnelvisie ⇒ tunnelvisie
    vpncmd /SERVER localhost /PASSWORD:Tunnel7 /CMD HubList ⇒ Tunnel7
    netextender -u jan -p Tunnel7 -d LocalDomain vpn.example ⇒ Tunnel7
    tailscale up --authkey tskey-FAKE-9 ⇒ tskey-FAKE-9
    radtest jan Straal7 192.0.2.4 0 gedeeldgeheim ⇒ Straal7 ⇒ gedeeldgeheim
    smbclient //nas01/data -U 'beheer%Zwaluw!9' -c ls ⇒ Zwaluw!9
    smbclient //nas01/data zwaluwnest -U beheer ⇒ zwaluwnest
    rpcclient -U "contoso/adm%kiezelsteen" dc01 -c enumdomusers ⇒ kiezelsteen
    wbinfo -a 'contoso\jan%sokophouder' ⇒ sokophouder
    samba-tool user create jan Welkom7 --given-name=Jan ⇒ Welkom7
    samba-tool user setpassword jan --newpassword=welkom ⇒ welkom
    net rpc password jan W1nterslaap -U admin%Bas1skamp -S dc01 ⇒ W1nterslaap ⇒ Bas1skamp
    (echo Welkom7; echo Welkom7) | smbpasswd -s -a jan ⇒ Welkom7 ⇒ Welkom7
    mount -t cifs //fs01/data /mnt -o username=svc,password=pannendak,vers=3.0 ⇒ pannendak
    mount_smbfs //jan:Strandst0el@nas01/data /Volumes/data ⇒ Strandst0el
    lftp -u bck,kelderluik sftp://nas01 ⇒ kelderluik
    ncftpput -u web -p webstek ftp.example /www index.html ⇒ webstek
    fs_cli -H 127.0.0.1 -p belletje -x status ⇒ belletje
    kamctl add 201 toestelletje ⇒ toestelletje
    pjsua --username 201 --password toestel sip:x ⇒ toestel
`,
  'virtual machines, storage, backup': `
    vmrun -gu adm -gp gastheer runProgramInGuest x.vmx cmd.exe ⇒ gastheer
    esxcli -s esx1 -u root -p gastheer vm process list ⇒ gastheer
    esxcli system account add -i bck -p Gast7 -c Gast7 ⇒ Gast7 ⇒ Gast7
    virsh set-user-password vm1 root gastheer ⇒ gastheer
    virt-customize -a x.qcow2 --root-password password:gastheer ⇒ gastheer
    qm set 100 --ciuser adm --cipassword gastheer ⇒ gastheer
    VBoxManage controlvm x setcredentials jan gastheer CONTOSO ⇒ gastheer
    rclone obscure sneeuwpop ⇒ sneeuwpop
    rclone config create nas smb host nas01 user bck pass Sneeuw7 ⇒ Sneeuw7
    duplicity --encrypt-key X --passphrase sneeuwpop / b2://x ⇒ sneeuwpop
    veracrypt /v x.hc /l x /p sneeuwpop /q ⇒ sneeuwpop
    echo -n sneeuwpop | cryptsetup luksOpen /dev/sdb1 data - ⇒ sneeuwpop
    cryptsetup luksAddKey /dev/sdb1 <<< sneeuwpop ⇒ sneeuwpop
    hdparm --user-master u --security-set-pass sneeuwpop /dev/sda ⇒ sneeuwpop
    iscsiadm -m node -T iqn.x -o update -n node.session.auth.password -v Opslag7 ⇒ Opslag7
    mc alias set nas https://s3.example beheer opslagruimte ⇒ opslagruimte
    b2 authorize-account 0012ab K002FAKEKEY ⇒ K002FAKEKEY
    s3cmd --access_key=A --secret_key=geheimpje ls ⇒ geheimpje
    synouser --add jan welkom "Jan" 0 "" 0 ⇒ welkom
    naviseccli -User adm -Password opslag -Scope 0 -h 192.0.2.9 getagent ⇒ opslag
    govc vm.info -u root:Gast7@esx01 vm01 ⇒ Gast7
`,
  'archives, certificates, stores of passwords': String.raw`
    7z a -mhe=on -pB3veiligd export.7z C:\export\* ⇒ B3veiligd
    7z x x.7z "-pbe veiligd" ⇒ be veiligd
    rar a -hpbeveiligd x.rar d ⇒ beveiligd
    zip -r -P beveiligd x.zip d ⇒ beveiligd
    unzip -P Bev3iligd x.zip ⇒ Bev3iligd
    openssl enc -aes-256-cbc -k beveiligd -in a -out b ⇒ beveiligd
    openssl pkcs12 -in x.pfx -passin pass:beveiligd -passout pass:Bev3 -out y.pem ⇒ beveiligd ⇒ Bev3
    openssl rsa -in key.pem -passin stdin <<< 'Zegelring' ⇒ Zegelring
    gpg --batch --passphrase beveiligd -c x ⇒ beveiligd
    echo beveiligd | gpg --batch --passphrase-fd 0 -d x.gpg ⇒ beveiligd
    keytool -list -keystore x.jks -storepass beveiligd ⇒ beveiligd
    keytool -importkeystore -srckeystore a -srcstorepass Een1 -deststorepass Twee2 ⇒ Een1 ⇒ Twee2
    qpdf --encrypt gebruiker eigenaar 256 -- in.pdf out.pdf ⇒ gebruiker ⇒ eigenaar
    pdftk in.pdf output out.pdf user_pw beveiligd ⇒ beveiligd
    ansible-vault encrypt_string 'beveiligd' --name db_password ⇒ beveiligd
    htpasswd -bc /etc/nginx/.htpasswd ana beveiligd ⇒ beveiligd
    htpasswd -nb ana beveiligd ⇒ beveiligd
    mkpasswd -m sha-512 beveiligd ⇒ beveiligd
    openssl passwd -6 beveiligd ⇒ beveiligd
    steghide embed -cf a.jpg -ef b -p beveiligd ⇒ beveiligd
    bw unlock meesterwerk --raw ⇒ meesterwerk
    bw login ana@x.nl meesterwerk ⇒ meesterwerk
    vault login s.FAKEtoken9 ⇒ s.FAKEtoken9
    vault write auth/userpass/users/ana password=kluisje ⇒ kluisje
    vault operator unseal FAKEunseal9key ⇒ FAKEunseal9key
    echo kluisje | keepassxc-cli show db.kdbx x ⇒ kluisje
    pkcs11-tool --login --pin 482911 --list-objects ⇒ 482911
`,
  'clouds, containers, source hosts': `
    az login --service-principal -u 000-fake -p Syn8FAKE --tenant contoso ⇒ Syn8FAKE
    az keyvault secret set --vault-name kv --name db --value kluisje ⇒ kluisje
    az vm create -n x --admin-username ana --admin-password Wolk2026 ⇒ Wolk2026
    docker login -u ana -p havenkraan registry.example ⇒ havenkraan
    echo havenkraan | docker login -u ana --password-stdin ⇒ havenkraan
    docker run -d -p 80:80 -e DB_PASSWORD=havenkraan -e TZ=x nginx ⇒ havenkraan
    docker build --build-arg NPM_TOKEN=t0kenFAKE . ⇒ t0kenFAKE
    printf havenkraan | docker secret create db - ⇒ havenkraan
    docker exec db1 mysql -uroot -pRode7 -e "select 1" ⇒ Rode7
    kubectl create secret generic db --from-literal=password=havenkraan ⇒ havenkraan
    kubectl exec pod -- sh -c 'mysql -pRode7 crm' ⇒ Rode7
    kubectl create secret docker-registry r --docker-username=a --docker-password=havenkraan ⇒ havenkraan
    helm registry login -u ana -p havenkraan r.example ⇒ havenkraan
    helm install x c --set auth.rootPassword=havenkraan,auth.database=crm ⇒ havenkraan
    skopeo copy --src-creds ana:Haven7 docker://a docker://b ⇒ Haven7
    aws configure set aws_secret_access_key geheimeFAKEsleutel ⇒ geheimeFAKEsleutel
    aws iam create-login-profile --user-name ana --password wolkje ⇒ wolkje
    aws secretsmanager put-secret-value --secret-id db --secret-string wolkje ⇒ wolkje
    aws ssm put-parameter --name /db/pw --type SecureString --value wolkje ⇒ wolkje
    gcloud sql users set-password ana --instance x --password wolkje ⇒ wolkje
    printf wolkje | gcloud secrets create db --data-file=- ⇒ wolkje
    gh secret set API_KEY -b wolkje ⇒ wolkje
    echo tokenFAKE7 | gh auth login --with-token ⇒ tokenFAKE7
    glab variable set API_KEY wolkje ⇒ wolkje
    heroku config:set API_SECRET=wolkje ⇒ wolkje
    npm config set //registry.example/:_authToken tokenFAKE7 ⇒ tokenFAKE7
    twine upload -u ana -p wolkje dist/x ⇒ wolkje
    dotnet user-secrets set "Db:Password" wolkje ⇒ wolkje
    terraform apply -var 'db_password=wolkje' ⇒ wolkje
    cf auth ana wolkje ⇒ wolkje
    linode-cli linodes create --root_pass wolkje ⇒ wolkje
    mvn deploy -Drepo.password=wolkje ⇒ wolkje
    svn co http://svn.example --username ana --password wolkje ⇒ wolkje
`,
  'web, mail, agents': String.raw`
    curl -sk -u admin:boterham https://192.0.2.40/api ⇒ boterham
    curl -sku admin:Boterham:77 https://x ⇒ Boterham:77
    curl --user "ana:Boter ham" https://x ⇒ Boter ham
    curl -uadmin:Boterham77 https://x ⇒ Boterham77
    curl -x http://p:8080 --proxy-user ana:boterham https://x ⇒ boterham
    curl -H Authorization:\ Bearer\ FAKEbearer99 https://x ⇒ FAKEbearer99
    wget --user=ana --password=boterham https://x ⇒ boterham
    http -a beheer:kaasplank GET https://192.0.2.44/ ⇒ kaasplank
    ab -n 10 -A ana:boterham https://x/ ⇒ boterham
    wp user create jan jan@x.nl --user_pass=welkom ⇒ welkom
    drush upwd admin welkom ⇒ welkom
    swaks --to a@x -au ana -ap postzegel -s mail ⇒ postzegel
    sendEmail -f a@x -t b@x -xu ana -xp postzegel ⇒ postzegel
    imapsync --user1 a --password1 Oud7 --user2 b --password2 Nieuw8 ⇒ Oud7 ⇒ Nieuw8
    zmprov sp jan@x.nl postzegel ⇒ postzegel
    v-change-user-password admin paneeltje ⇒ paneeltje
    smc -p Wachter7 -stop ⇒ Wachter7
    sentinelctl unload -a -k "stille wachter" ⇒ stille wachter
    avp.com exit /login=KLAdmin /password=wachter ⇒ wachter
    uninstall.exe /password=wachter /S ⇒ wachter
    CsUninstallTool.exe MAINTENANCE_TOKEN=fake77fake /quiet ⇒ fake77fake
    tool --user ana:Boterham77 ⇒ Boterham77
    foo.exe --wachtwoord kikkerdril --server x ⇒ kikkerdril
    foo.exe --kennwort Frosch -v ⇒ Frosch
    foo --mot-de-passe grenouille ⇒ grenouille
    foo --install-key FAKE99KEY --otp 123456 ⇒ FAKE99KEY ⇒ 123456
    foo /vaultkey:kikkerdril ⇒ kikkerdril
    foo --pwrd kikkerdril ⇒ kikkerdril
    erl -sname a -setcookie kikkerdril -remsh b@c ⇒ kikkerdril
    expect "word:" {send "kikkerdril\r"} ⇒ kikkerdril
    ssh-thing -hostkey kikkerdril
    foo /AdminPw:kikkerdril /v ⇒ kikkerdril
`,
  'management of hardware': `
    ipmitool -I lanplus -H 192.0.2.8 -U root -P calvados chassis status ⇒ calvados
    ipmitool user set password 2 calvados ⇒ calvados
    ipmipower -h 192.0.2.8 -u root -p Calvados7 --stat ⇒ Calvados7
    racadm -r 192.0.2.8 -u root -p calvados getsysinfo ⇒ calvados
    racadm set iDRAC.Users.2.Password calvados ⇒ calvados
    racadm config -g cfgUserAdmin -o cfgUserAdminPassword -i 2 calvados ⇒ calvados
    ilorest login 192.0.2.8 -u adm -p Calvados7 ⇒ Calvados7
    storcli /c0 set securitykey=schijfslot keyid=1 ⇒ schijfslot
    cctk --setuppwd=biosslot ⇒ biosslot
    BiosConfigUtility64.exe /nspwd:biosslot /set:x ⇒ biosslot
    SMCIPMITool 192.0.2.8 ADMIN calvados ipmi power status ⇒ calvados
    onecli config set IMM.Password calvados ⇒ calvados
`,
}

describe.each(Object.keys(TOPICS))('%s', (topic) => {
  test.each(cases(TOPICS[topic] ?? ''))('%s', (command, ...secrets) => {
    expect(foundInCommands(command, 'command')).toEqual(secrets)
    expect(foundInCommands(`output of before\n$ ${command}\n`)).toEqual(secrets)
  })
})

test('every line of the tables has names, and items that are no flag without a value', () => {
  for (const line of PROGRAMS.join('').split('\n').filter(Boolean))
    expect(line).toMatch(/^(?:[a-z-]+\|)?[a-z0-9][\w.+-]*\*?(?: [a-z0-9][\w.+-]*\*?)*: \S/i)
})
