/** Shells, signing on elsewhere, users of Unix. */
export const REMOTE = `
echo printf write-output msiexec export: -n.
sshpass: -p!
rdesktop evil-winrm cpau lsrunas lsrunase cmdow remcom psexec psexec64 psexesvc paexec xexec psservice pslist psloggedon psinfo pskill psshutdown psfile psloglist psgetsid kerbrute enum4linux enum4linux-ng hydra medusa ncrack patator useradd usermod adduser groupadd groupmod vncdo vncdotool tvnserver: -p
plink pscp psftp putty kitty klink kscp winscp: -pw
winexe pth-winexe wmic-linux: -U~%
xfreerdp xfreerdp3 wlfreerdp wlfreerdp3 sdl-freerdp sfreerdp freerdp wfreerdp: /p; /gp; -p
crackmapexec cme nxc netexec bloodhound-python: -p; -H
impacket-* secretsdump wmiexec smbexec atexec dcomexec gettgt getst getadusers getuserspns getnpusers psexec.py lookupsid mssqlclient reg.py: $~@; -hashes~:
gpp-decrypt: $
ssh-keygen: -N; -P
ssh-add firmwarepasswd fdesetup secret-tool kinit kpasswd klogin ipa: <
sudo doas: -S <; --stdin <; -kS <; -Sk <
passwd: <; --stdin <
chpasswd newusers chgpasswd: <:
pw: usermod <; useradd <
mkpasswd: $; -m.; -S.; -R.; -s <; --stdin <
dscl: -passwd _ _ $; -create _ _ password $
security: -w; -p; -P
networksetup: -setairportnetwork _ _ $; -addpreferredwirelessnetworkatindex _ _ _ _ $
winrs winrm: -p; /p
vncpasswd tigervncpasswd: -f <; <; $
anydesk: --set-password <; --set-password.
rustdesk teamviewer: passwd $; -P; --PasswordB64
splashtop streamer srstreamer: -p; --code
pppd chat guacd: .. password $
ftp: .. quote|literal pass $
kadmin kadmin.local: -w; -pw
ktutil: .. -w $
realm adcli: <; --stdin-password <
expect: .. -c.
`
