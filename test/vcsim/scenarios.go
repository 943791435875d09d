package main

import (
	"fmt"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/types"
)

// scenario is a machine that shows one precaution and no other.
type scenario struct {
	name string
	// network names the port group; any ordinary one when empty.
	network string
	// shape changes the machine after it was created.
	shape func(*simulator.VirtualMachine) error
}

func (inv *inventory) scenarios() []scenario {
	devices := func(add func(*simulator.VirtualMachine) []types.BaseVirtualDevice) func(*simulator.VirtualMachine) error {
		return func(vm *simulator.VirtualMachine) error {
			addDevices(vm, add(vm)...)
			return nil
		}
	}
	return []scenario{
		{name: "scenario-usb", shape: devices(usbDevice)},
		{name: "scenario-rdm", shape: devices(rawDeviceMapping)},
		{name: "scenario-disk-passthrough", shape: devices(passthroughDisk)},
		{name: "scenario-pci-passthrough", shape: devices(passthroughPci)},
		{name: "scenario-tpm", shape: devices(trustedModule)},
		{name: "scenario-iso", shape: mountIso},
		{name: "scenario-floppy", shape: insertFloppy},
		{name: "scenario-independent-disk", shape: makeDiskIndependent},
		{name: "scenario-shared-bus", shape: shareBus},
		{name: "scenario-snapshots", shape: inv.takeSnapshots},
		{name: "scenario-template", shape: makeTemplate},
		{name: "scenario-disconnected", shape: disconnect},
		{name: "scenario-vlan-4095", network: guestTaggedPortgroup},
		{name: "scenario-pvlan-without-portgroup", network: fmt.Sprintf("dvpg-vlan-%d", pvlanIsolated)},
		{name: "scenario-pvlan-with-portgroup", network: fmt.Sprintf("dvpg-vlan-%d", pvlanCommunity)},
	}
}

// addScenario creates the machine, powered off, in the first pool below the first root pool.
func (inv *inventory) addScenario(n int, scenario scenario) error {
	spec := inv.ordinaryMachine(n)
	spec.name = scenario.name
	spec.placement = inv.placements[min(1, len(inv.placements)-1)]
	spec.host = spec.placement.hosts[n%len(spec.placement.hosts)]
	spec.power = types.VirtualMachinePowerStatePoweredOff
	if scenario.network != "" {
		spec.network = inv.network.byName[scenario.network]
	}
	machine, err := inv.addMachine(spec)
	if err != nil || scenario.shape == nil {
		return err
	}
	if err := scenario.shape(machine); err != nil {
		return fmt.Errorf("%s: %w", scenario.name, err)
	}
	return nil
}

func makeTemplate(vm *simulator.VirtualMachine) error {
	if fault := vm.MarkAsTemplate(&types.MarkAsTemplate{This: vm.Self}).Fault(); fault != nil {
		return fmt.Errorf("%s", fault.String)
	}
	return nil
}

func disconnect(vm *simulator.VirtualMachine) error {
	vm.Runtime.ConnectionState = types.VirtualMachineConnectionStateDisconnected
	vm.Summary.Runtime.ConnectionState = vm.Runtime.ConnectionState
	return nil
}

// takeSnapshots leaves a tree: monday, with tuesday and below it wednesday.
func (inv *inventory) takeSnapshots(vm *simulator.VirtualMachine) error {
	for _, name := range []string{"monday", "tuesday", "wednesday"} {
		body := vm.CreateSnapshotTask(inv.newContext(), &types.CreateSnapshot_Task{This: vm.Self, Name: name}).(*methods.CreateSnapshot_TaskBody)
		if body.Fault_ != nil {
			return fmt.Errorf("%s", body.Fault_.String)
		}
		task := inv.model.Map().Get(body.Res.Returnval).(*simulator.Task)
		waitForTask(inv.newContext(), vm, task)
		if task.Info.Error != nil {
			return fmt.Errorf("%T", task.Info.Error.Fault)
		}
	}
	return nil
}

// addDevices plugs devices into a machine nobody looks at yet. Reconfiguring would do it too, but the
// simulator has no file operations for some of the backings.
func addDevices(vm *simulator.VirtualMachine, devices ...types.BaseVirtualDevice) {
	list := object.VirtualDeviceList(vm.Config.Hardware.Device)
	for _, device := range devices {
		plain := device.GetVirtualDevice()
		plain.Key = freeKey(list, plain.Key)
		if plain.DeviceInfo == nil {
			plain.DeviceInfo = &types.Description{Label: list.Name(device), Summary: list.Type(device)}
		}
		if controller, ok := list.FindByKey(plain.ControllerKey).(types.BaseVirtualController); ok {
			base := controller.GetVirtualController()
			base.Device = append(base.Device, plain.Key)
		}
		list = append(list, device)
	}
	vm.Config.Hardware.Device = list
}

func freeKey(list object.VirtualDeviceList, key int32) int32 {
	for list.FindByKey(key) != nil {
		key++
	}
	return key
}
