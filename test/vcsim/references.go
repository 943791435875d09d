package main

import (
	"reflect"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"
)

// danglingReference looks for an argument that names an object which is not there. A real vCenter
// answers such a call with ManagedObjectNotFound; the simulator's tasks would panic on it, and a panic
// in a task ends the whole process.
func danglingReference(ctx *simulator.Context, method *simulator.Method) types.BaseMethodFault {
	switch method.This.Type {
	case "PropertyCollector", "PropertyFilter", "ListView", "ViewManager", "SessionManager":
		// They answer themselves for objects that are gone, some without a fault.
		return nil
	}
	var dangling *types.ManagedObjectReference
	eachReference(reflect.ValueOf(method.Body), func(reference types.ManagedObjectReference) {
		if dangling == nil && reference != method.This && ctx.Session.Get(reference) == nil {
			dangling = &reference
		}
	})
	if dangling == nil {
		return nil
	}
	return &types.ManagedObjectNotFound{Obj: *dangling}
}

var referenceType = reflect.TypeFor[types.ManagedObjectReference]()

// eachReference visits every object reference within a request.
func eachReference(value reflect.Value, visit func(types.ManagedObjectReference)) {
	switch value.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !value.IsNil() {
			eachReference(value.Elem(), visit)
		}
	case reflect.Slice:
		for i := range value.Len() {
			eachReference(value.Index(i), visit)
		}
	case reflect.Struct:
		if value.Type() == referenceType {
			visit(value.Interface().(types.ManagedObjectReference))
			return
		}
		for i := range value.NumField() {
			if value.Type().Field(i).IsExported() {
				eachReference(value.Field(i), visit)
			}
		}
	}
}
