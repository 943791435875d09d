package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

// arrive puts a machine where its move ends, keeps the lists of hosts, pools and datastores true
// (the simulator's own move forgets them), and tells every property collector.
func arrive(ctx *simulator.Context, vm *simulator.VirtualMachine, to destination) {
	ctx.WithLock(vm, func() {
		var changes []types.PropertyChange
		from := *vm.Runtime.Host
		if from != to.host.Self {
			leave(ctx, from, vm.Self)
			enter(ctx, to.host.Self, vm.Self)
			changes = append(changes,
				types.PropertyChange{Name: "runtime.host", Val: to.host.Self},
				types.PropertyChange{Name: "summary.runtime.host", Val: to.host.Self})
		}
		if *vm.ResourcePool != to.pool {
			leave(ctx, *vm.ResourcePool, vm.Self)
			enter(ctx, to.pool, vm.Self)
			changes = append(changes, types.PropertyChange{Name: "resourcePool", Val: to.pool})
			changes = append(changes, parentApp(vm, to.pool)...)
		}
		if to.datastore != nil && !slices.Equal(vm.Datastore, []types.ManagedObjectReference{*to.datastore}) {
			changes = append(changes, moveFiles(ctx, vm, *to.datastore)...)
		}
		if to.folder != nil && *vm.Parent != *to.folder {
			moveIntoFolder(ctx, vm, *to.folder)
		}
		if len(changes) > 0 {
			ctx.Update(vm, changes)
		}
		if from != to.host.Self {
			postMigrated(ctx, vm, from)
		}
	})
	if len(to.devices) > 0 {
		changeDevices(ctx, vm, to.devices)
	}
}

// changeDevices lets the simulator change the devices, and waits until it has.
func changeDevices(ctx *simulator.Context, vm *simulator.VirtualMachine, changes []types.BaseVirtualDeviceConfigSpec) {
	body := vm.ReconfigVMTask(ctx, &types.ReconfigVM_Task{
		This: vm.Self,
		Spec: types.VirtualMachineConfigSpec{DeviceChange: changes},
	}).(*methods.ReconfigVM_TaskBody)
	ctx.Map.Get(body.Res.Returnval).(*simulator.Task).Wait()
}

// parentApp says of which vApp the machine is a part in its new pool: none, where it is a plain pool.
// The parent stays, but whether it is shown changes with the vApp (see machine.Get).
func parentApp(vm *simulator.VirtualMachine, pool types.ManagedObjectReference) []types.PropertyChange {
	parent := types.PropertyChange{Name: "parent", Val: *vm.Parent}
	if pool.Type == "VirtualApp" {
		return []types.PropertyChange{{Name: "parentVApp", Val: pool}, parent}
	}
	if vm.ParentVApp != nil {
		return []types.PropertyChange{{Name: "parentVApp", Val: nil}, parent}
	}
	return nil
}

func leave(ctx *simulator.Context, place, vm types.ManagedObjectReference) {
	changeMachines(ctx, place, func(machines []types.ManagedObjectReference) []types.ManagedObjectReference {
		return slices.DeleteFunc(machines, func(other types.ManagedObjectReference) bool { return other == vm })
	})
}

func enter(ctx *simulator.Context, place, vm types.ManagedObjectReference) {
	changeMachines(ctx, place, func(machines []types.ManagedObjectReference) []types.ManagedObjectReference {
		return append(machines, vm)
	})
}

// changeMachines replaces the list of machines of a host, pool, vApp or datastore.
func changeMachines(ctx *simulator.Context, place types.ManagedObjectReference, change func([]types.ManagedObjectReference) []types.ManagedObjectReference) {
	object := ctx.Map.Get(place)
	if object == nil {
		return
	}
	ctx.WithLock(object, func() {
		var machines []types.ManagedObjectReference
		switch object := object.(type) {
		case *simulator.HostSystem:
			machines = object.Vm
		case *simulator.ResourcePool:
			machines = object.Vm
		case *simulator.VirtualApp:
			machines = object.Vm
		case *simulator.Datastore:
			machines = object.Vm
		}
		ctx.Update(object, []types.PropertyChange{{Name: "vm", Val: change(slices.Clone(machines))}})
	})
}

// moveFiles takes the machine's directory to another datastore and renames what points into it.
func moveFiles(ctx *simulator.Context, vm *simulator.VirtualMachine, target types.ManagedObjectReference) []types.PropertyChange {
	to := ctx.Map.Get(target).(*simulator.Datastore)
	for _, reference := range vm.Datastore {
		from := ctx.Map.Get(reference).(*simulator.Datastore)
		directory := strings.TrimPrefix(vm.Config.Files.LogDirectory, "["+from.Name+"] ")
		source := filepath.Join(from.Info.GetDatastoreInfo().Url, directory)
		_ = os.Rename(source, filepath.Join(to.Info.GetDatastoreInfo().Url, directory))
		leave(ctx, reference, vm.Self)
	}
	enter(ctx, target, vm.Self)

	there := func(file string) string {
		_, path, _ := strings.Cut(file, "] ")
		return "[" + to.Name + "] " + path
	}
	files := vm.Config.Files
	files.VmPathName = there(files.VmPathName)
	files.SnapshotDirectory = there(files.SnapshotDirectory)
	files.SuspendDirectory = there(files.SuspendDirectory)
	files.LogDirectory = there(files.LogDirectory)
	devices := slices.Clone(vm.Config.Hardware.Device)
	for i, device := range devices {
		if disk, ok := device.(*types.VirtualDisk); ok {
			devices[i] = diskOn(disk, target, there)
		}
	}
	return []types.PropertyChange{
		{Name: "datastore", Val: []types.ManagedObjectReference{target}},
		{Name: "config.files", Val: files},
		{Name: "summary.config.vmPathName", Val: files.VmPathName},
		{Name: "config.hardware.device", Val: devices},
	}
}

func diskOn(disk *types.VirtualDisk, datastore types.ManagedObjectReference, there func(string) string) types.BaseVirtualDevice {
	moved := *disk
	if flat, ok := disk.Backing.(*types.VirtualDiskFlatVer2BackingInfo); ok {
		backing := *flat
		backing.FileName = there(flat.FileName)
		backing.Datastore = &datastore
		moved.Backing = &backing
	}
	return &moved
}

func moveIntoFolder(ctx *simulator.Context, vm *simulator.VirtualMachine, reference types.ManagedObjectReference) {
	folder := ctx.Map.Get(reference).(*simulator.Folder)
	ctx.WithLock(folder, func() {
		body := folder.MoveIntoFolderTask(ctx, &types.MoveIntoFolder_Task{
			This: reference,
			List: []types.ManagedObjectReference{vm.Self},
		}).(*methods.MoveIntoFolder_TaskBody)
		ctx.Map.Get(body.Res.Returnval).(*simulator.Task).Wait()
	})
}

// postMigrated writes the event people look for in the log of a vCenter.
func postMigrated(ctx *simulator.Context, vm *simulator.VirtualMachine, from types.ManagedObjectReference) {
	argument := func(host types.ManagedObjectReference) *types.HostEventArgument {
		return &types.HostEventArgument{EntityEventArgument: types.EntityEventArgument{Name: nameOf(ctx.Map, host)}, Host: host}
	}
	compute := *ctx.Map.Get(*vm.Runtime.Host).(mo.Entity).Entity().Parent
	event := &types.VmMigratedEvent{
		VmEvent: types.VmEvent{Event: types.Event{
			Host: argument(*vm.Runtime.Host),
			Vm: &types.VmEventArgument{
				EntityEventArgument: types.EntityEventArgument{Name: vm.Name},
				Vm:                  vm.Self,
			},
			ComputeResource: &types.ComputeResourceEventArgument{
				EntityEventArgument: types.EntityEventArgument{Name: nameOf(ctx.Map, compute)},
				ComputeResource:     compute,
			},
		}},
		SourceHost: *argument(from),
	}
	manager := ctx.Map.EventManager()
	ctx.WithLock(manager, func() { manager.PostEvent(ctx, &types.PostEvent{EventToPost: event}) })
}
