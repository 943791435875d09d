package main

import (
	"errors"
	"fmt"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"
)

// Keys are those a real vCenter gives to the first device of each kind.
const (
	firstUsbController = 7000
	firstUsbDevice     = 14000
	firstPassthrough   = 13000
	firstTpm           = 11000
	firstFloppy        = 8000
	secondScsiDisk     = 2001
)

func usbDevice(*simulator.VirtualMachine) []types.BaseVirtualDevice {
	backing := &types.VirtualUSBUSBBackingInfo{}
	backing.DeviceName = "path:1/0/4 version:2"
	return []types.BaseVirtualDevice{
		&types.VirtualUSBController{VirtualController: types.VirtualController{
			VirtualDevice: types.VirtualDevice{Key: firstUsbController},
		}},
		&types.VirtualUSB{
			VirtualDevice: types.VirtualDevice{
				Key:           firstUsbDevice,
				ControllerKey: firstUsbController,
				Backing:       backing,
			},
			Vendor:  0x0951,
			Product: 0x1666,
			Family:  []string{"storage"},
		},
	}
}

func rawDeviceMapping(vm *simulator.VirtualMachine) []types.BaseVirtualDevice {
	backing := &types.VirtualDiskRawDiskMappingVer1BackingInfo{
		LunUuid:           "0200000000600508b1001c2d3e4f5a6b7c8d9e0f414243",
		DeviceName:        "vml.0200000000600508b1001c2d3e4f5a6b7c8d9e0f414243",
		CompatibilityMode: string(types.VirtualDiskCompatibilityModePhysicalMode),
		DiskMode:          string(types.VirtualDiskModeIndependent_persistent),
	}
	backing.FileName = besides(vm, "raw.vmdk")
	backing.Datastore = &vm.Datastore[0]
	return []types.BaseVirtualDevice{&types.VirtualDisk{
		VirtualDevice:   onScsi(vm, secondScsiDisk, 1, backing),
		CapacityInKB:    50 << 20,
		CapacityInBytes: 50 << 30,
	}}
}

func passthroughDisk(vm *simulator.VirtualMachine) []types.BaseVirtualDevice {
	backing := &types.VirtualSCSIPassthroughDeviceBackingInfo{}
	backing.DeviceName = "/vmfs/devices/genscsi/mpx.vmhba1:C0:T2:L0"
	return []types.BaseVirtualDevice{
		&types.VirtualSCSIPassthrough{VirtualDevice: onScsi(vm, secondScsiDisk, 1, backing)},
	}
}

func passthroughPci(vm *simulator.VirtualMachine) []types.BaseVirtualDevice {
	backing := &types.VirtualPCIPassthroughDeviceBackingInfo{
		Id:       "0000:3b:00.0",
		DeviceId: "1db4",
		SystemId: "5f0a1b2c-3d4e-5f60-7182-93a4b5c6d7e8",
		VendorId: 0x10de,
	}
	backing.DeviceName = "NVIDIA Tesla V100"
	return []types.BaseVirtualDevice{&types.VirtualPCIPassthrough{VirtualDevice: types.VirtualDevice{
		Key:           firstPassthrough,
		ControllerKey: 100,
		Backing:       backing,
	}}}
}

func trustedModule(*simulator.VirtualMachine) []types.BaseVirtualDevice {
	return []types.BaseVirtualDevice{
		&types.VirtualTPM{VirtualDevice: types.VirtualDevice{Key: firstTpm}},
	}
}

func mountIso(vm *simulator.VirtualMachine) error {
	backing := &types.VirtualCdromIsoBackingInfo{}
	backing.FileName = besides(vm, "installation.iso")
	backing.Datastore = &vm.Datastore[0]
	cdrom, err := firstDevice[*types.VirtualCdrom](vm)
	if err != nil {
		return err
	}
	cdrom.Backing = backing
	cdrom.Connectable = &types.VirtualDeviceConnectInfo{StartConnected: true, AllowGuestControl: true}
	return nil
}

func insertFloppy(vm *simulator.VirtualMachine) error {
	backing := &types.VirtualFloppyImageBackingInfo{}
	backing.FileName = besides(vm, "drivers.flp")
	backing.Datastore = &vm.Datastore[0]
	controller, err := firstDevice[*types.VirtualSIOController](vm)
	if err != nil {
		return err
	}
	addDevices(vm, &types.VirtualFloppy{VirtualDevice: types.VirtualDevice{
		Key:           firstFloppy,
		ControllerKey: controller.Key,
		UnitNumber:    types.NewInt32(0),
		Backing:       backing,
		Connectable:   &types.VirtualDeviceConnectInfo{StartConnected: true, AllowGuestControl: true},
	}})
	return nil
}

func makeDiskIndependent(vm *simulator.VirtualMachine) error {
	disk, err := firstDevice[*types.VirtualDisk](vm)
	if err != nil {
		return err
	}
	backing, ok := disk.Backing.(*types.VirtualDiskFlatVer2BackingInfo)
	if !ok {
		return fmt.Errorf("the disk is on %T", disk.Backing)
	}
	backing.DiskMode = string(types.VirtualDiskModeIndependent_persistent)
	return nil
}

func shareBus(vm *simulator.VirtualMachine) error {
	controller, err := firstDevice[*types.ParaVirtualSCSIController](vm)
	if err != nil {
		return err
	}
	controller.SharedBus = types.VirtualSCSISharingPhysicalSharing
	return nil
}

func firstDevice[T types.BaseVirtualDevice](vm *simulator.VirtualMachine) (T, error) {
	for _, device := range vm.Config.Hardware.Device {
		if found, ok := device.(T); ok {
			return found, nil
		}
	}
	var none T
	return none, errors.New("the machine has no such device")
}

func onScsi(vm *simulator.VirtualMachine, key, unit int32, backing types.BaseVirtualDeviceBackingInfo) types.VirtualDevice {
	device := types.VirtualDevice{Key: key, UnitNumber: &unit, Backing: backing}
	if controller := object.VirtualDeviceList(vm.Config.Hardware.Device).PickController((*types.VirtualSCSIController)(nil)); controller != nil {
		device.ControllerKey = controller.GetVirtualController().Key
	}
	return device
}

// besides is the datastore path of a file in the machine's directory.
func besides(vm *simulator.VirtualMachine, file string) string {
	return vm.Config.Files.LogDirectory + "/" + file
}
