package main

import (
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/vmware/govmomi/vim25/types"
)

// faultBody names a fault of the vSphere API in a control request.
type faultBody struct {
	// Fault is the type's name, NoPermission for example.
	Fault string `json:"fault"`
	// Message is the localized text; the type's name when absent.
	Message string `json:"message"`
	// Properties are the fault's own fields by their names in the API reference.
	Properties json.RawMessage `json:"properties"`
}

var faultTypes = types.TypeFunc()

func (b faultBody) build() (types.BaseMethodFault, error) {
	kind, ok := faultTypes(b.Fault)
	if !ok {
		return nil, badRequest(fmt.Sprintf("the vSphere API has no type %q", b.Fault))
	}
	value := reflect.New(kind).Interface()
	if len(b.Properties) > 0 {
		if err := json.Unmarshal(b.Properties, value); err != nil {
			return nil, badRequest(fmt.Sprintf("properties of %s: %v", b.Fault, err))
		}
	}
	fault, ok := value.(types.BaseMethodFault)
	if !ok {
		return nil, badRequest(b.Fault + " is not a fault")
	}
	return fault, nil
}

func (b faultBody) localized() (types.LocalizedMethodFault, error) {
	fault, err := b.build()
	if err != nil {
		return types.LocalizedMethodFault{}, err
	}
	return types.LocalizedMethodFault{Fault: fault, LocalizedMessage: messageOr(b.Message, fault)}, nil
}

// messageOr is the given text, or the fault's type name where there is none.
func messageOr(message string, fault types.BaseMethodFault) string {
	if message != "" {
		return message
	}
	return reflect.TypeOf(fault).Elem().Name()
}
