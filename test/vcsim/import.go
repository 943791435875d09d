package main

import (
	"fmt"
	"path"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

func (p *pool) ImportVApp(ctx *simulator.Context, request *types.ImportVApp) soap.HasFault {
	if request.Folder == nil {
		return &methods.ImportVAppBody{Fault_: simulator.Fault("A folder is needed.", &types.NotSupported{})}
	}
	return p.extension.importMachine(ctx, p.Self, *request.Folder, request)
}

func (a *app) ImportVApp(ctx *simulator.Context, request *types.ImportVApp) soap.HasFault {
	if request.Folder != nil {
		return &methods.ImportVAppBody{Fault_: invalidArgument("folder")}
	}
	return a.extension.importMachine(ctx, a.Self, *a.ParentFolder, request)
}

// importMachine begins an import: the machine appears at once and is locked; its disks are uploaded
// through the lease. When the lease fails, the machine goes.
func (e *extension) importMachine(ctx *simulator.Context, target, folderReference types.ManagedObjectReference, request *types.ImportVApp) soap.HasFault {
	body := new(methods.ImportVAppBody)
	spec, ok := request.Spec.(*types.VirtualMachineImportSpec)
	if !ok {
		body.Fault_ = invalidArgument("spec")
		return body
	}
	folder, ok := ctx.Map.Get(folderReference).(*simulator.Folder)
	if !ok {
		body.Fault_ = invalidArgument("folder")
		return body
	}
	if existing := ctx.Map.FindByName(spec.ConfigSpec.Name, folder.ChildEntity); existing != nil {
		body.Fault_ = simulator.Fault(fmt.Sprintf("The name '%s' already exists.", spec.ConfigSpec.Name),
			&types.DuplicateName{Name: spec.ConfigSpec.Name, Object: existing.Reference()})
		return body
	}
	host, fault := importHost(ctx, target, request.Host)
	if fault != nil {
		body.Fault_ = fault
		return body
	}
	l := e.transfers.newLease(ctx, ctx.Map.Get(target), nameOf(ctx.Map, target), "ImportVAppLRO")
	go e.createImported(l, folder, &types.CreateVM_Task{
		This:   folder.Self,
		Config: spec.ConfigSpec,
		Pool:   target,
		Host:   &host,
	})
	body.Res = &types.ImportVAppResponse{Returnval: l.Self}
	return body
}

// importHost is the host named, or one the cluster chooses.
func importHost(ctx *simulator.Context, target types.ManagedObjectReference, named *types.ManagedObjectReference) (types.ManagedObjectReference, *soap.Fault) {
	owner, _ := poolOwner(ctx, target)
	if named != nil {
		host, ok := ctx.Map.Get(*named).(*simulator.HostSystem)
		if !ok || *host.Parent != owner {
			return types.ManagedObjectReference{}, invalidArgument("host")
		}
		return *named, nil
	}
	if owner.Type == "ClusterComputeResource" && !drsEnabled(ctx, owner) {
		return types.ManagedObjectReference{}, invalidArgument("host")
	}
	for _, reference := range hostsOf(ctx, owner) {
		if unusableHost(ctx.Map.Get(reference).(*simulator.HostSystem)) == nil {
			return reference, nil
		}
	}
	return types.ManagedObjectReference{}, simulator.Fault("No host is usable.", &types.NoCompatibleHost{})
}

func (e *extension) createImported(l *lease, folder *simulator.Folder, request *types.CreateVM_Task) {
	ctx := *l.ctx
	created := folder.CreateVMTask(&ctx, request).(*methods.CreateVM_TaskBody)
	task := ctx.Map.Get(created.Res.Returnval).(*simulator.Task)
	task.Wait()
	if task.Info.Error != nil {
		l.fail(l.ctx, task.Info.Error.Fault, task.Info.Error.LocalizedMessage)
		return
	}
	vm := ctx.Map.Get(task.Info.Result.(types.ManagedObjectReference)).(*simulator.VirtualMachine)
	own := *l.ctx
	l.undo = func() { removeMachine(&own, vm) }
	e.transfers.hold(vm.Self, l)
	own.WithLock(vm, func() { writeToDisks(&own, vm) })
	if request.Pool.Type == "VirtualApp" {
		ctx.Map.AtomicUpdate(&ctx, vm, parentApp(vm, request.Pool))
	}
	l.ready(vm.Self, importedFiles(vm))
}

// removeMachine deletes a half-made machine, whatever it holds.
func removeMachine(ctx *simulator.Context, vm *simulator.VirtualMachine) {
	own := *ctx
	body := vm.DestroyTask(&own, &types.Destroy_Task{This: vm.Self}).(*methods.Destroy_TaskBody)
	if body.Res != nil {
		ctx.Map.Get(body.Res.Returnval).(*simulator.Task).Wait()
	}
}

// wantsNvram tells whether the firmware's settings came with the descriptor.
func wantsNvram(options []types.BaseOptionValue) bool {
	_, ok := object.OptionValueList(options).GetString("nvram")
	return ok
}

// nvramKey is how leases and import specifications name the file with the firmware's settings.
func nvramKey(machine string) string {
	return fmt.Sprintf("/%s/nvram", machine)
}

// importedFiles are the files to upload, under the keys CreateImportSpec has given them.
func importedFiles(vm *simulator.VirtualMachine) []*leaseDevice {
	list := object.VirtualDeviceList(vm.Config.Hardware.Device)
	count := make(map[string]int)
	disks := 0
	var files []*leaseDevice
	for _, device := range list {
		backing, ok := device.GetVirtualDevice().Backing.(types.BaseVirtualDeviceFileBackingInfo)
		if !ok {
			continue
		}
		var file object.DatastorePath
		file.FromString(backing.GetVirtualDeviceFileBackingInfo().FileName)
		kind := list.Type(device)
		one := &leaseDevice{target: path.Base(file.Path), index: otherFile}
		one.url.ImportKey = fmt.Sprintf("/%s/%s:%d", vm.Name, kind, count[kind])
		one.url.Key = fmt.Sprintf("/%s/%s:%d", vm.Self.Value, kind, count[kind])
		count[kind]++
		if disk, ok := device.(*types.VirtualDisk); ok {
			one.disk, one.index, one.capacity = true, disks, disk.CapacityInBytes
			disks++
		}
		files = append(files, one)
	}
	if wantsNvram(vm.Config.ExtraConfig) {
		files = append(files, &leaseDevice{
			target: vm.Name + ".nvram",
			url: types.HttpNfcLeaseDeviceUrl{
				ImportKey: nvramKey(vm.Name),
				Key:       nvramKey(vm.Self.Value),
			},
			index: nvramFile,
		})
	}
	return files
}
