#!/usr/bin/env bash
# Builds Pulumi's command line, a host for programs of Node.js, and the provider for Kubernetes, from their Go modules.
# Usage: build.sh TARGET
#   TARGET/bin                      pulumi, pulumi-language-nodejs
#   TARGET/home/plugins/…           pulumi-resource-kubernetes
# Use with PATH=TARGET/bin:$PATH PULUMI_HOME=TARGET/home.
set -euo pipefail
target=$(mkdir -p "$1" && cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
version=3.248.0
plugin=$target/home/plugins/resource-kubernetes-v4.34.2

src=$target/src
rm -rf "$src" && mkdir -p "$src" "$target/bin" "$plugin"
cp -r "$here"/{go.mod,go.sum,tools.go,pulumi-*} "$src" && cd "$src"
export GOFLAGS=-buildvcs=false GOWORK=off
nice go mod vendor
pulumi=vendor/github.com/pulumi/pulumi/pkg/v3
kube=vendor/github.com/pulumi/pulumi-kubernetes/provider/v4/pkg

# The provider's module is older than the command line's: a field is a pointer by now.
sed -i 's/^\t\tProvider: pschema.ResourceSpec{/\t\tProvider: \&pschema.ResourceSpec{/' $kube/gen/schema.go
# Its component resources (yaml/v2, helm/v4, kustomize/v2) would need all of the typed Go SDK.
sed -i -E '/provider(helmv4|kustomizev2|yamlv2)[ .]/d' $kube/provider/provider_construct.go

# Left out is what state in a file with a passphrase never runs: clouds' state and key stores, `pulumi logs` of clouds, `pulumi api`
# and `pulumi neo`. To compile them takes longer than all the rest.
sed -i -E '/"gocloud.dev\/secrets\/|cloudkms\/v1"|pkg\/v3\/authhelpers"/d; /case gcpkms.Scheme:/,/opener.OpenKeeperURL/d' $pulumi/secrets/cloud/manager.go
sed -i -E '/gocloud.dev\/blob\/(azureblob|gcsblob|s3blob)"|pkg\/v3\/authhelpers"|backend\/diy\/postgres"/d; /if p.Scheme == gcsblob.Scheme/,/^\t}$/d' $pulumi/backend/diy/backend.go
sed -i -E '/aws-sdk-go-v2\/service\/s3"|^\t"net\/url"$/d; /var input \*awss3/,/^\t\t}$/d; /^func fixupS3CopySource/,/^}$/d' $pulumi/backend/diy/bucket.go
rm $pulumi/operations/operations_{aws,gcp,cloud_aws}.go
sed -i -E '/^\tcase "(cloud|aws|gcp)":$/,+1d' $pulumi/operations/resources.go
sed -i -E '/"github.com\/pulumi\/pulumi\/pkg\/v3\/cmd\/pulumi\/(neo|cloud)"|neo.NewNeoCmd|cloud.NewAPICmd/d' $pulumi/cmd/pulumi/pulumi.go
find $pulumi/cmd/pulumi/cloud -name '*.go' ! -name resolve.go -delete
printf 'package cloud\n\n// APIError is what the commands left in look for.\ntype APIError struct {\n\tExitCode int\n\tSilent   bool\n}\n\nfunc (e *APIError) Error() string { return "api error" }\n' > $pulumi/cmd/pulumi/cloud/apierror.go

GOGC=${GOGC:-400} nice go build -mod=vendor -p "${JOBS:-2}" -trimpath \
  -ldflags "-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v$version" \
  -o "$target/bin/" github.com/pulumi/pulumi/pkg/v3/cmd/pulumi ./pulumi-language-nodejs ./pulumi-resource-kubernetes
mv "$target/bin/pulumi-resource-kubernetes" "$plugin/"
rm -rf "$src"
