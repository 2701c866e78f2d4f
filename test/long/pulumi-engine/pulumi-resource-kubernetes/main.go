// The Kubernetes provider's own server, without its schema: only `pulumi package`
// commands and refresh from a cluster read that.
package main

import "github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/provider"

func main() {
	// The version that the npm package @pulumi/kubernetes asks for: the engine warns of a lower one.
	provider.Serve("kubernetes", "4.34.2", []byte("{}"), []byte("{}"))
}
