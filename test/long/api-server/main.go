// Holds manifests against the API server's own code: the decoding, the defaults and the validation that a create goes
// through, without a server. It reads YAML or JSON documents and prints one line of JSON for each.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"k8s.io/apimachinery/pkg/util/version"
	"k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/apiserver/pkg/util/feature"
	"k8s.io/component-base/featuregate"
	"k8s.io/kubernetes/pkg/capabilities"
)

func main() {
	emulated := flag.String("emulate", "", "an older Kubernetes version whose features are switched on, such as 1.33")
	flag.Parse()
	if err := emulate(*emulated); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	// As servers of clusters are started, whose own pods are privileged; what a namespace allows is another matter.
	capabilities.Setup(true, 0)
	if err := judgeAll(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// Does what `--emulated-version` does to the features of a server.
func emulate(text string) error {
	if text == "" {
		return nil
	}
	emulated, err := version.ParseMajorMinor(text)
	if err != nil {
		return err
	}
	gate, isVersioned := feature.DefaultMutableFeatureGate.(featuregate.MutableVersionedFeatureGate)
	if !isVersioned {
		return errors.New("the features of this server have no versions")
	}
	return gate.SetEmulationVersion(emulated)
}

func judgeAll(input io.Reader, output io.Writer) error {
	documents := yaml.NewYAMLReader(bufio.NewReader(input))
	lines := bufio.NewWriter(output)
	encoder := json.NewEncoder(lines)
	for {
		document, err := documents.Read()
		if errors.Is(err, io.EOF) {
			return lines.Flush()
		}
		if err != nil {
			return fmt.Errorf("the input cannot be read: %w", err)
		}
		if result := judge(document); result != nil {
			if err := encoder.Encode(result); err != nil {
				return err
			}
		}
	}
}
