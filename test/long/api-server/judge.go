package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/apiserver/pkg/warning"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/apis/core"
	"sigs.k8s.io/yaml"
)

// What the server says of one document.
type judgement struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	Name       string `json:"name"`
	// The document as the server's parser reads it.
	Object json.RawMessage `json:"object,omitempty"`
	// Whether the server has no code for the kind: it is a custom resource, or none that the library writes.
	Skipped  bool     `json:"skipped"`
	Errors   []string `json:"errors"`
	Warnings []string `json:"warnings"`
}

// What every object says of itself, whatever its kind.
type header struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	Metadata   struct {
		Name string `json:"name"`
	} `json:"metadata"`
}

// Says nothing of a document that holds nothing but comments.
func judge(document []byte) *judgement {
	result := &judgement{Errors: []string{}, Warnings: []string{}}
	object, err := toJSON(document)
	if err != nil {
		return result.refused(err)
	}
	if string(object) == "null" {
		return nil
	}
	result.Object = object
	var head header
	if err := json.Unmarshal(object, &head); err != nil {
		return result.refused(err)
	}
	result.APIVersion, result.Kind, result.Name = head.APIVersion, head.Kind, head.Metadata.Name
	kind := schema.FromAPIVersionAndKind(head.APIVersion, head.Kind)
	if strategy, known := strategies[kind.GroupKind()]; known {
		return result.refused(create(document, kind, strategy, result))
	}
	result.Skipped = true
	return result
}

// JSON is not quite YAML: to YAML, some characters in a text are line breaks.
func isJSON(document []byte) bool {
	return bytes.HasPrefix(bytes.TrimSpace(document), []byte("{")) && json.Valid(document)
}

func toJSON(document []byte) ([]byte, error) {
	if isJSON(document) {
		return document, nil
	}
	return yaml.YAMLToJSON(document)
}

func (result *judgement) refused(err error) *judgement {
	result.Errors = append(result.Errors, messages(err)...)
	return result
}

// Decodes as a request with `fieldValidation=Strict` is, which is what kubectl asks for, into the server's own types.
func decode(document []byte) (runtime.Object, error) {
	codecs := legacyscheme.Codecs
	mediaType := runtime.ContentTypeYAML
	if isJSON(document) {
		mediaType = runtime.ContentTypeJSON
	}
	info, found := runtime.SerializerInfoForMediaType(codecs.SupportedMediaTypes(), mediaType)
	if !found {
		return nil, errors.New("the scheme has no serializer for " + mediaType)
	}
	object, _, err := codecs.DecoderToVersion(info.StrictSerializer, runtime.InternalGroupVersioner).Decode(document, nil, nil)
	return object, err
}

// Does what the server does before it stores an object.
func create(document []byte, kind schema.GroupVersionKind, strategy rest.RESTCreateStrategy, result *judgement) error {
	object, err := decode(document)
	if err != nil {
		return err
	}
	metadata, err := meta.Accessor(object)
	if err != nil {
		return err
	}
	if metadata.GetNamespace() == "" {
		// As kubectl does.
		metadata.SetNamespace(metav1.NamespaceDefault)
	}
	rest.FillObjectMetaSystemFields(metadata)
	fillClusterIPs(object)
	ctx := request.WithNamespace(context.Background(), metadata.GetNamespace())
	ctx = request.WithRequestInfo(ctx, &request.RequestInfo{APIGroup: kind.Group, APIVersion: kind.Version})
	ctx = warning.WithWarningRecorder(ctx, recorder{result})
	return rest.BeforeCreate(strategy, ctx, object)
}

// The storage of services does so, which is not to be had without a server.
func fillClusterIPs(object runtime.Object) {
	if service, isService := object.(*core.Service); isService && service.Spec.ClusterIP != "" && len(service.Spec.ClusterIPs) == 0 {
		service.Spec.ClusterIPs = []string{service.Spec.ClusterIP}
	}
}

// Keeps what the server would warn of.
type recorder struct{ result *judgement }

func (r recorder) AddWarning(_, text string) {
	r.result.Warnings = append(r.result.Warnings, text)
}

// One message for each cause.
func messages(err error) []string {
	if err == nil {
		return nil
	}
	found := []string{}
	if strict, isStrict := runtime.AsStrictDecodingError(err); isStrict {
		for _, each := range strict.Errors() {
			found = append(found, each.Error())
		}
		return found
	}
	var status apierrors.APIStatus
	if errors.As(err, &status) && status.Status().Details != nil {
		for _, cause := range status.Status().Details.Causes {
			found = append(found, cause.Field+": "+cause.Message)
		}
	}
	if len(found) == 0 {
		found = append(found, err.Error())
	}
	return found
}
