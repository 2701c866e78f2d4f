// Asks Argo Rollouts' own code how it judges results of a metric, and text/template, by which Flagger reads queries, what it makes
// of a query. It reads one JSON object a line and prints one for each.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
	"text/template"

	"github.com/argoproj/argo-rollouts/pkg/apis/rollouts/v1alpha1"
	"github.com/argoproj/argo-rollouts/utils/evaluate"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch/types"
	"github.com/sirupsen/logrus"
)

type question struct {
	// The source of the values, or "template".
	Kind             string   `json:"kind"`
	Values           []string `json:"values"`
	SuccessCondition string   `json:"successCondition"`
	FailureCondition string   `json:"failureCondition"`
	Query            string   `json:"query"`
}

func main() {
	logrus.SetOutput(os.Stderr)
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<24)
	encoder := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		var asked question
		answer, err := "", json.Unmarshal(lines.Bytes(), &asked)
		if err == nil {
			answer, err = judge(asked)
		}
		if err != nil {
			answer = "Error: " + err.Error()
		}
		if err := encoder.Encode(answer); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

func judge(asked question) (string, error) {
	if asked.Kind == "template" {
		return render(asked.Query)
	}
	values, err := numbers(asked.Values)
	if err != nil {
		return "", err
	}
	metric := v1alpha1.Metric{SuccessCondition: asked.SuccessCondition, FailureCondition: asked.FailureCondition}
	phase, err := evaluate.EvaluateResult(resultOf(asked.Kind, values), metric, *logrus.NewEntry(logrus.StandardLogger()))
	return string(phase), err
}

// Gives values the form in which the provider of this kind hands them over.
func resultOf(kind string, values []float64) interface{} {
	switch kind {
	case "cloudWatch":
		return []types.MetricDataResult{{Values: values}}
	case "datadog":
		if len(values) == 0 {
			var none *float64
			return none
		}
		return values[len(values)-1]
	default:
		return values
	}
}

func numbers(texts []string) ([]float64, error) {
	values := make([]float64, 0, len(texts))
	for _, text := range texts {
		value, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return nil, err
		}
		values = append(values, value)
	}
	return values, nil
}

func render(query string) (string, error) {
	parsed, err := template.New("query").Parse(query)
	if err != nil {
		return "", err
	}
	var text strings.Builder
	err = parsed.Execute(&text, nil)
	return text.String(), err
}
