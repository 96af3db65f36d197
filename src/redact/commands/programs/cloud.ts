/** Clouds, containers, registries, source hosts. */
export const CLOUD = `
az: login|sql|mysql|postgres|vm|acr -p; secret --value
docker podman nerdctl oc buildah skopeo crane oras: login -p; login <; --creds~:; --src-creds~:; --dest-creds~:
docker podman nerdctl: secret create <
helm: login|repo -p
kubectl k3s oc: --from-literal~=
kubeseal sops: <
heroku flyctl fly railway: secrets set $~=; secrets:set $~=
gh: secret set -b; secret set <; auth login <; auth refresh <
glab: variable set _ $; -t; auth login <
gcloud gsutil: secrets <; --data-file=- <
aws: .. @ $; --secret-string; put-parameter --value
doctl hcloud scw linode-cli vultr-cli exo upctl civo: auth -t; --access-token; .. @ $
ibmcloud bluemix cf: login -p; auth _ $; --apikey
oci aliyun openstack cloudmonkey cmk: .. @ $
wrangler vercel netlify firebase supabase: secret put <; -t; --token; --auth; env add <
npm pnpm yarn: .. @ $; --otp; config set _authtoken $
twine spo: -p
poetry: http-basic $; config _ _ $
composer: .. http-basic.* _ $; .. @ $
dotnet: user-secrets set _ $; nuget -k; -p.
nuget: push -k; setapikey $; -ApiKey
pulumi: --secret _ $; config set --secret _ $
cargo gem snap: login $
ansible ansible-playbook: -e.
terraform tofu terragrunt packer mvn gradle sbt: -n.
chef knife svn git-svn p4 hg mssql-cli: -P
consul nomad: -token; acl -token
p4: login <
jenkins-cli: -auth~:
jf jfrog: -p; --apikey
pac m365: --clientSecret; -p
vcd: login _ _ $; -p
rancher: login -t; -t
tsh: --otp
erl iex: -setcookie; --cookie
databricks: --token
gitlab-runner act_runner drone: --registration-token; --token; -r
config.sh config.cmd: --token; --pat
git-credential-store git: credential <
`
