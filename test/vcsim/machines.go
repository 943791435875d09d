package main

import (
	"fmt"
	"path"
	"time"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

// machineSpec is what one machine of the inventory is made from.
type machineSpec struct {
	name      string
	placement placement
	host      types.ManagedObjectReference
	datastore string
	network   types.BaseVirtualDeviceBackingInfo
	power     types.VirtualMachinePowerState
	cpus      int32
	memoryMB  int64
	diskGB    int64
}

// addMachines creates the ordinary machines vm-0001, vm-0002, … and the scenario machines; together
// there are as many as asked for, or all scenarios when fewer were asked for.
func (inv *inventory) addMachines(size inventorySize) error {
	var scenarios []scenario
	if size.scenarios {
		scenarios = inv.scenarios()
	}
	for n := range max(0, size.machines-len(scenarios)) {
		if _, err := inv.addMachine(inv.ordinaryMachine(n)); err != nil {
			return err
		}
	}
	for n, scenario := range scenarios {
		if err := inv.addScenario(n, scenario); err != nil {
			return err
		}
	}
	return nil
}

// ordinaryMachine spreads machines over pools, hosts, datastores and networks the same way every time.
// Half of them are on; one in 25 is suspended.
func (inv *inventory) ordinaryMachine(n int) machineSpec {
	place := inv.placements[n%len(inv.placements)]
	round := n / len(inv.placements)
	power := types.VirtualMachinePowerStatePoweredOff
	switch {
	case n%25 == 24:
		power = types.VirtualMachinePowerStateSuspended
	case (n+round)%2 == 0:
		power = types.VirtualMachinePowerStatePoweredOn
	}
	return machineSpec{
		name:      fmt.Sprintf("vm-%04d", n+1),
		placement: place,
		host:      place.hosts[round%len(place.hosts)],
		datastore: inv.datastores[n%len(inv.datastores)],
		network:   inv.network.backings[n%len(inv.network.backings)],
		power:     power,
		cpus:      int32(1 << (n % 3)),
		memoryMB:  int64(1024 << (n % 4)),
		diskGB:    int64(10 + 10*(n%5)),
	}
}

// addMachine calls the simulator's CreateVM_Task in process, without waiting for the task by polling:
// the next call waits for the folder's lock, which the task holds until it ends.
func (inv *inventory) addMachine(spec machineSpec, extra ...types.BaseVirtualDevice) (*simulator.VirtualMachine, error) {
	config, err := spec.config(extra)
	if err != nil {
		return nil, err
	}
	registry := inv.model.Map()
	ctx := inv.newContext()
	folder := registry.Get(inv.folders.VmFolder.Reference()).(*simulator.Folder)
	body, ok := folder.CreateVMTask(ctx, &types.CreateVM_Task{
		This:   folder.Self,
		Config: config,
		Pool:   spec.placement.pool,
		Host:   &spec.host,
	}).(*methods.CreateVM_TaskBody)
	if !ok || body.Res == nil {
		return nil, fmt.Errorf("creating %s: %v", spec.name, body.Fault())
	}
	task := registry.Get(body.Res.Returnval).(*simulator.Task)
	waitForTask(inv.newContext(), folder, task)
	if task.Info.Error != nil {
		return nil, fmt.Errorf("creating %s: %T", spec.name, task.Info.Error.Fault)
	}
	machine := registry.Get(task.Info.Result.(types.ManagedObjectReference)).(*simulator.VirtualMachine)
	if spec.placement.pool.Type == "VirtualApp" {
		machine.ParentVApp = &spec.placement.pool
	}
	ctx.WithLock(machine, func() { writeToDisks(ctx, machine) })
	setPower(machine, spec.power)
	return machine, nil
}

// waitForTask returns when the task has ended. The task's goroutine holds the lock of its entity
// while it works, and sets the state right after.
func waitForTask(ctx *simulator.Context, entity mo.Reference, task *simulator.Task) {
	ctx.WithLock(entity, func() {})
	for {
		var done bool
		ctx.WithLock(task.Self, func() {
			done = task.Info.State == types.TaskInfoStateSuccess || task.Info.State == types.TaskInfoStateError
		})
		if done {
			return
		}
		time.Sleep(20 * time.Microsecond)
	}
}

func (spec machineSpec) config(extra []types.BaseVirtualDevice) (types.VirtualMachineConfigSpec, error) {
	config := types.VirtualMachineConfigSpec{
		Name:     spec.name,
		GuestId:  string(types.VirtualMachineGuestOsIdentifierUbuntu64Guest),
		NumCPUs:  spec.cpus,
		MemoryMB: spec.memoryMB,
		Files:    &types.VirtualMachineFileInfo{VmPathName: fmt.Sprintf("[%s]", spec.datastore)},
	}
	var devices object.VirtualDeviceList
	scsi, err := devices.CreateSCSIController("pvscsi")
	if err != nil {
		return config, err
	}
	ide, err := devices.CreateIDEController()
	if err != nil {
		return config, err
	}
	cdrom, err := devices.CreateCdrom(ide.(*types.VirtualIDEController))
	if err != nil {
		return config, err
	}
	cdrom.Connectable.StartConnected = false // an empty drive; object.CreateCdrom connects it
	disk := devices.CreateDisk(scsi.(types.BaseVirtualController), types.ManagedObjectReference{},
		config.Files.VmPathName+" "+path.Join(spec.name, "disk1.vmdk"))
	disk.DeviceInfo = &types.Description{Label: "Hard disk 1"} // as a real vCenter labels it
	disk.CapacityInKB = spec.diskGB << 20
	disk.CapacityInBytes = spec.diskGB << 30
	card, err := devices.CreateEthernetCard("vmxnet3", spec.network)
	if err != nil {
		return config, err
	}
	devices = append(devices, scsi, cdrom, disk, card)
	devices = append(devices, extra...)
	config.DeviceChange, err = devices.ConfigSpec(types.VirtualDeviceConfigSpecOperationAdd)
	return config, err
}

// setPower puts a machine nobody looks at yet into a power state, with what the simulator's own
// power tasks would have set.
func setPower(machine *simulator.VirtualMachine, state types.VirtualMachinePowerState) {
	// A real vCenter always tells this; the simulator leaves it out.
	machine.Runtime.FaultToleranceState = types.VirtualMachineFaultToleranceStateNotConfigured
	machine.Runtime.PowerState = state
	machine.Summary.Runtime.PowerState = state
	if state == types.VirtualMachinePowerStatePoweredOn {
		boot := time.Now()
		machine.Runtime.BootTime = &boot
		machine.Summary.Runtime.BootTime = &boot
	}
	for _, device := range machine.Config.Hardware.Device {
		if connectable := device.GetVirtualDevice().Connectable; connectable != nil {
			connectable.Connected = connectable.StartConnected && state == types.VirtualMachinePowerStatePoweredOn
		}
	}
}

// newContext gives a caller its own locks; the simulator lets two users of one context pass each other.
func (inv *inventory) newContext() *simulator.Context {
	ctx := *inv.model.Service.Context
	return &ctx
}

// forgetTasks removes the tasks of the building, which no real vCenter would still show.
func (inv *inventory) forgetTasks() {
	registry := inv.model.Map()
	ctx := inv.newContext()
	for _, task := range registry.AllReference("Task") {
		registry.Remove(ctx, task.Reference())
	}
	for _, entity := range registry.All("") {
		entity.Entity().RecentTask = nil
	}
	content := registry.Get(vim25.ServiceInstance).(*simulator.ServiceInstance).Content
	registry.Get(*content.TaskManager).(*simulator.TaskManager).RecentTask = nil
}
