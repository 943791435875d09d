package main

import (
	"fmt"
	"reflect"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// Places of files that are no disk.
const (
	otherFile = -1
	nvramFile = -2
)

// nvramBytes is the size of the file with the firmware's settings.
const nvramBytes = 8684

// ExportVm begins the export of a machine that is off, and locks it until the lease is over.
func (m *machine) ExportVm(ctx *simulator.Context, _ *types.ExportVm) soap.HasFault {
	body := new(methods.ExportVmBody)
	if state := m.Runtime.PowerState; state != types.VirtualMachinePowerStatePoweredOff {
		body.Fault_ = simulator.Fault("The attempted operation cannot be performed in the current state.", &types.InvalidPowerState{
			RequestedState: types.VirtualMachinePowerStatePoweredOff,
			ExistingState:  state,
		})
		return body
	}
	if body.Fault_ = m.busy(); body.Fault_ != nil {
		return body
	}
	transfers := m.extension.transfers
	l := transfers.newLease(ctx, m.VirtualMachine, m.Name, "ExportVmLRO")
	transfers.hold(m.Self, l)
	devices := exportedFiles(m.VirtualMachine)
	go l.ready(m.Self, devices)
	body.Res = &types.ExportVmResponse{Returnval: l.Self}
	return body
}

// exportedFiles are the disks with files of their own, and the firmware's settings.
func exportedFiles(vm *simulator.VirtualMachine) []*leaseDevice {
	list := object.VirtualDeviceList(vm.Config.Hardware.Device)
	var files []*leaseDevice
	for _, device := range list {
		disk, ok := device.(*types.VirtualDisk)
		if !ok {
			continue
		}
		if _, ok := disk.Backing.(*types.VirtualDiskFlatVer2BackingInfo); !ok {
			continue
		}
		index := len(files)
		files = append(files, &leaseDevice{
			target:   fmt.Sprintf("disk-%d.vmdk", index),
			url:      types.HttpNfcLeaseDeviceUrl{Key: deviceKey(vm, list, disk)},
			disk:     true,
			index:    index,
			capacity: disk.CapacityInBytes,
		})
	}
	return append(files, &leaseDevice{
		target: vm.Name + ".nvram",
		url:    types.HttpNfcLeaseDeviceUrl{Key: nvramKey(vm.Self.Value), FileSize: nvramBytes},
		index:  nvramFile,
	})
}

// deviceKey is how leases and descriptors name a disk: /vm-12/ParaVirtualSCSIController0:1.
func deviceKey(vm *simulator.VirtualMachine, list object.VirtualDeviceList, disk *types.VirtualDisk) string {
	kind, bus, unit := "VirtualController", int32(0), int32(0)
	if controller, ok := list.FindByKey(disk.ControllerKey).(types.BaseVirtualController); ok {
		kind = reflect.TypeOf(controller).Elem().Name()
		bus = controller.GetVirtualController().BusNumber
	}
	if disk.UnitNumber != nil {
		unit = *disk.UnitNumber
	}
	return fmt.Sprintf("/%s/%s%d:%d", vm.Self.Value, kind, bus, unit)
}
