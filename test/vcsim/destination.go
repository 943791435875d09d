package main

import (
	"slices"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// destination is where a move ends. What the caller left out is filled in as the API reference of
// VirtualMachineRelocateSpec says.
type destination struct {
	host      *simulator.HostSystem
	pool      types.ManagedObjectReference
	datastore *types.ManagedObjectReference
	folder    *types.ManagedObjectReference
	// devices change on arrival: network adapters that are put on other networks.
	devices []types.BaseVirtualDeviceConfigSpec
}

// resolveDestination refuses what cannot be meant: a host outside of the pool's cluster, a cluster
// that does not choose hosts by itself and no host named, another vCenter.
func resolveDestination(ctx *simulator.Context, vm *simulator.VirtualMachine, spec types.VirtualMachineRelocateSpec) (destination, *soap.Fault) {
	if spec.Service != nil {
		return destination{}, simulator.Fault("Moves to another vCenter are not simulated.", &types.NotSupported{})
	}
	if vm.ResourcePool == nil {
		return destination{}, simulator.Fault("Moves of templates are not simulated.", &types.NotSupported{})
	}
	result := destination{pool: *vm.ResourcePool, datastore: spec.Datastore, folder: spec.Folder, devices: spec.DeviceChange}
	if spec.Pool != nil {
		result.pool = *spec.Pool
	}
	owner, ok := poolOwner(ctx, result.pool)
	if !ok {
		return destination{}, invalidArgument("spec.pool")
	}
	if spec.Datastore != nil {
		if _, ok := ctx.Map.Get(*spec.Datastore).(*simulator.Datastore); !ok {
			return destination{}, invalidArgument("spec.datastore")
		}
	}
	if spec.Folder != nil {
		if _, ok := ctx.Map.Get(*spec.Folder).(*simulator.Folder); !ok {
			return destination{}, invalidArgument("spec.folder")
		}
	}

	if spec.Host != nil {
		host, ok := ctx.Map.Get(*spec.Host).(*simulator.HostSystem)
		if !ok {
			return destination{}, invalidArgument("spec.host")
		}
		if *host.Parent != owner {
			return destination{}, invalidArgument("spec.pool")
		}
		result.host = host
		return result, nil
	}
	if spec.Pool != nil && owner.Type == "ClusterComputeResource" && !drsEnabled(ctx, owner) {
		return destination{}, invalidArgument("spec.host")
	}
	if result.host = chooseHost(ctx, vm, owner); result.host == nil {
		return destination{}, simulator.Fault("No host is compatible with the virtual machine.", &types.NoCompatibleHost{})
	}
	return result, nil
}

// poolOwner is the cluster or host a pool or vApp belongs to.
func poolOwner(ctx *simulator.Context, pool types.ManagedObjectReference) (types.ManagedObjectReference, bool) {
	switch object := ctx.Map.Get(pool).(type) {
	case *simulator.ResourcePool:
		return object.Owner, true
	case *simulator.VirtualApp:
		return object.Owner, true
	}
	return types.ManagedObjectReference{}, false
}

// chooseHost leaves the machine on its host where it can, and else takes the first usable one.
func chooseHost(ctx *simulator.Context, vm *simulator.VirtualMachine, owner types.ManagedObjectReference) *simulator.HostSystem {
	current := ctx.Map.Get(*vm.Runtime.Host).(*simulator.HostSystem)
	if *current.Parent == owner {
		return current
	}
	for _, reference := range hostsOf(ctx, owner) {
		host := ctx.Map.Get(reference).(*simulator.HostSystem)
		if unusableHost(host) == nil {
			return host
		}
	}
	return nil
}

func hostsOf(ctx *simulator.Context, owner types.ManagedObjectReference) []types.ManagedObjectReference {
	switch object := ctx.Map.Get(owner).(type) {
	case *simulator.ClusterComputeResource:
		return object.Host
	case *mo.ComputeResource:
		return object.Host
	}
	return nil
}

func drsEnabled(ctx *simulator.Context, cluster types.ManagedObjectReference) bool {
	object := ctx.Map.Get(cluster).(*simulator.ClusterComputeResource)
	enabled := object.ConfigurationEx.(*types.ClusterConfigInfoEx).DrsConfig.Enabled
	return enabled != nil && *enabled
}

// obstacle is what stands in the way now, though the arguments are right; nil when nothing does.
func (d destination) obstacle(ctx *simulator.Context, vm *simulator.VirtualMachine) types.BaseMethodFault {
	if ctx.Map.Get(vm.Self) == nil {
		return &types.ManagedObjectNotFound{Obj: vm.Self}
	}
	if ctx.Map.Get(d.pool) == nil {
		return &types.ManagedObjectNotFound{Obj: d.pool}
	}
	if fault := unusableHost(d.host); fault != nil {
		return fault
	}
	needed := vm.Datastore
	if d.datastore != nil {
		needed = []types.ManagedObjectReference{*d.datastore}
	}
	for _, reference := range needed {
		if !slices.Contains(d.host.Datastore, reference) {
			return &types.InvalidDatastore{Datastore: &reference, Name: nameOf(ctx.Map, reference)}
		}
	}
	return nil
}

func unusableHost(host *simulator.HostSystem) types.BaseMethodFault {
	switch {
	case host.Runtime.ConnectionState != types.HostSystemConnectionStateConnected:
		return &types.HostNotConnected{}
	case host.Runtime.InMaintenanceMode:
		return &types.InvalidHostState{Host: &host.Self}
	}
	return nil
}

func invalidArgument(property string) *soap.Fault {
	return simulator.Fault("A specified parameter was not correct: "+property, &types.InvalidArgument{InvalidProperty: property})
}
