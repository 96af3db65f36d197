/** Shells, signing on elsewhere, users of Unix. */
export const REMOTE = `
echo printf write-output msiexec export: -n.
sshpass: -p!
rdesktop evil-winrm cpau lsrunas lsrunase cmdow remcom: -p
plink pscp psftp putty kitty klink kscp winscp: -pw
psexec psexec64 psexesvc paexec xexec psservice pslist psloggedon psinfo pskill pssuspend psshutdown psfile psloglist psgetsid: -p
winexe pth-winexe wmic-linux: -U~%
xfreerdp xfreerdp3 wlfreerdp wlfreerdp3 sdl-freerdp sfreerdp freerdp wfreerdp: /p; /gp; -p
crackmapexec cme nxc netexec bloodhound-python: -p; -H; -u.
secretsdump wmiexec smbexec atexec dcomexec gettgt getst getadusers getuserspns getnpusers psexec.py lookupsid samrdump mssqlclient reg.py impacket-secretsdump impacket-psexec impacket-wmiexec impacket-smbexec: $~@; -hashes~:
gpp-decrypt: $
kerbrute enum4linux enum4linux-ng hydra medusa ncrack patator: -p
ssh-keygen: -N; -P; -f.; -C.; -t.; -b.
ssh-add: <
sudo doas: -S <; --stdin <; -kS <; -Sk <
passwd: <; --stdin <
chpasswd newusers chgpasswd: <:
pw: usermod <; useradd <
useradd usermod adduser groupadd groupmod: -p
mkpasswd: $; -m.; -S.; -R.; -s <; --stdin <
dscl: -passwd _ _ $; -create _ _ password $
security: -w; -p; -P; -a.; -s.; -l.; -k.
networksetup: -setairportnetwork _ _ $; -addpreferredwirelessnetworkatindex _ _ _ _ $
firmwarepasswd fdesetup: <
winrs winrm: -p; /p; -r.; -u.
vncpasswd tigervncpasswd: -f <; <; $
vncdo vncdotool tvnserver: -p
xpra: --password-file.
anydesk: --set-password <; --set-password.
rustdesk teamviewer: passwd $; -P; --PasswordB64
screenconnect.clientservice splashtop streamer srstreamer: -p; --code
expect: .. -c.
pppd chat: .. password $
ftp: .. quote|literal pass $
secret-tool: <
kinit kpasswd klogin: <; --password-file.
kadmin kadmin.local kadmind: -w; -pw
ktutil: .. -w $
ipa: <
realm adcli: <; --stdin-password <; -U.
runuser: -u.
newgrp: -c.
winpty script: -c.
autossh: -i.
guacd: .. password $
puttygen: -O.
`
