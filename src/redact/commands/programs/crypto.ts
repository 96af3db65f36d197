/** Archives, certificates, password stores. */
export const CRYPTO = `
7z 7za 7zr 7zz 7zzs p7zip 7zg 7z.exe nanazip nanazipc: -p+
rar unrar winrar: -p+; -hp+
zip unzip zipcloak zipinfo zipnote: -P!
arj: -g+
bandizip bz msoffcrypto-tool steghide aescrypt: -p
peazip: .. pw $
dar: -K~:; -J~:
openssl: pass:; stdin <; -k; -K; passwd $; -in.; -out.; -S.; -iv.; -salt.; -inkey.; -key.
gpg gpg2: --passphrase-fd <
keytool jarsigner: -new
pk12util: -W; -K
qpdf: --encrypt $; --encrypt _ $
pdftk: .. @ $; .. input_pw $
ansible-vault: encrypt_string $; encrypt_string <
htpasswd: -n -b _ $; -b _ _ $; -i <; -C.; -n -i <
htpasswd2: -b _ _ $
caddy: hash-password --plaintext; hash-password -p
argon2 bcrypt-cli scrypt bcrypt: <; $
grub-mkpasswd-pbkdf2 grub2-mkpasswd-pbkdf2 grub2-setpassword lpass systemd-creds: <
ccrypt ccencrypt ccdecrypt: -K
mcrypt outguess: -k
pass gopass: insert <
keepassxc-cli kpcli kpscript keepass: -pw; <; --pw-stdin <
bw: unlock $; login _ $
bws: -t; --access-token
op: --session; signin _ _ _ $
vault bao openbao: login $; token=; secret_id=; password=; passphrase=; operator unseal $; unseal $; -address.
gpg-preset-passphrase: -P; --preset <
pkcs11-tool pkcs15-tool pkcs15-init yubico-piv-tool ykman yubihsm-shell softhsm2-util piv-tool opensc-tool: --pin; --so-pin; --puk; --new-pin; --new-puk; -P; -N; -p; -m; -a.
ykman: piv access change-pin -P; access -n; access -p; .. add _ $
qmicli: --uim-verify-pin~,; --uim-change-pin~,; --dms-uim-verify-pin~,
mbimcli: --enter-pin; --disable-pin
oathtool: $; -b.
tpm2_nvwrite tpm2_create tpm2_load tpm2_changeauth tpm2_unseal: -p; -P; -w
easyrsa: --passin~:; --passout~:
apksigner: --ks-pass~:; --key-pass~:
`
