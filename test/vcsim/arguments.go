package main

import (
	"reflect"
	"strings"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"
)

// impossibleArgument looks for an argument that names something which is not there: an object, a
// datastore, a network. A real vCenter answers such a call with a fault; the simulator's tasks would
// panic on it, and a panic in a task ends the whole process.
func impossibleArgument(ctx *simulator.Context, method *simulator.Method) types.BaseMethodFault {
	switch method.This.Type {
	case "HttpNfcLease", "PropertyCollector", "PropertyFilter", "ListView", "ViewManager", "SessionManager":
		// They answer themselves for objects that are gone, some without a fault.
		return nil
	}
	var fault types.BaseMethodFault
	eachStruct(reflect.ValueOf(method.Body), func(value reflect.Value) {
		if fault != nil {
			return
		}
		switch argument := value.Interface().(type) {
		case types.ManagedObjectReference:
			if argument != method.This && ctx.Session.Get(argument) == nil {
				fault = &types.ManagedObjectNotFound{Obj: argument}
			}
		case types.VirtualEthernetCardNetworkBackingInfo:
			if !isNetwork(ctx.Map, argument.DeviceName) {
				fault = new(types.InvalidDeviceBacking)
			}
		case types.VirtualDeviceFileBackingInfo:
			fault = datastoreFault(ctx.Map, argument.FileName)
		case types.VirtualMachineFileInfo:
			fault = datastoreFault(ctx.Map, argument.VmPathName)
		}
	})
	return fault
}

// eachStruct visits every struct within a request, an object reference being one.
func eachStruct(value reflect.Value, visit func(reflect.Value)) {
	switch value.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !value.IsNil() {
			eachStruct(value.Elem(), visit)
		}
	case reflect.Slice:
		for i := range value.Len() {
			eachStruct(value.Index(i), visit)
		}
	case reflect.Struct:
		visit(value)
		for i := range value.NumField() {
			if value.Type().Field(i).IsExported() {
				eachStruct(value.Field(i), visit)
			}
		}
	}
}

func isNetwork(registry *simulator.Registry, name string) bool {
	for _, kind := range []string{"Network", "DistributedVirtualPortgroup", "OpaqueNetwork"} {
		for _, network := range registry.All(kind) {
			if network.Entity().Name == name {
				return true
			}
		}
	}
	return false
}

// datastoreFault is the fault of a path like "[datastore-1] vm/disk.vmdk" when there is no such datastore.
func datastoreFault(registry *simulator.Registry, file string) types.BaseMethodFault {
	name, _, ok := strings.Cut(strings.TrimPrefix(file, "["), "]")
	if !ok || name == "" || !strings.HasPrefix(file, "[") {
		return nil
	}
	for _, datastore := range registry.All("Datastore") {
		if datastore.Entity().Name == name {
			return nil
		}
	}
	return &types.InvalidDatastorePath{InvalidDatastore: types.InvalidDatastore{Name: name}, DatastorePath: file}
}
