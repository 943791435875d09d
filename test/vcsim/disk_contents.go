package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"
)

// writeToDisks gives every disk of a machine another content ID, as writing to it does (API reference
// of VirtualDiskFlatVer2BackingInfo.contentId). Whoever watches the machine is told.
func writeToDisks(ctx *simulator.Context, vm *simulator.VirtualMachine) {
	devices := make([]types.BaseVirtualDevice, len(vm.Config.Hardware.Device))
	for n, device := range vm.Config.Hardware.Device {
		devices[n] = written(vm.Self.Value, device)
	}
	ctx.Update(vm, []types.PropertyChange{{Name: "config.hardware.device", Val: devices}})
}

// written is the device as it is after something was written to it; not only disks in a file have one.
func written(machine string, device types.BaseVirtualDevice) types.BaseVirtualDevice {
	disk, ok := device.(*types.VirtualDisk)
	if !ok {
		return device
	}
	backing, ok := disk.Backing.(*types.VirtualDiskFlatVer2BackingInfo)
	if !ok {
		return device
	}
	newBacking, newDisk := *backing, *disk
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %d %s", machine, disk.Key, backing.ContentId))
	newBacking.ContentId = hex.EncodeToString(sum[:16])
	newDisk.Backing = &newBacking
	return &newDisk
}
