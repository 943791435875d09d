package main

import (
	"net/http"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/types"
)

// The calls of this file do what another administrator does meanwhile. They go past the wrappers, so
// a machine that is moving can be destroyed, which the API itself refuses.

type renameBody struct {
	VM   string `json:"vm"`
	Name string `json:"name"`
}

// rename answers POST /rename.
func (c *control) rename(r *http.Request) (any, error) {
	request, err := decode(r, renameBody{})
	if err != nil {
		return nil, err
	}
	machine, err := c.peer.machine(request.VM)
	if err != nil {
		return nil, err
	}
	ctx := c.peer.inventory.newContext()
	body := machine.RenameTask(ctx, &types.Rename_Task{This: machine.Self, NewName: request.Name}).(*methods.Rename_TaskBody)
	if err := c.peer.taskResult(body.Res.Returnval); err != nil {
		return nil, err
	}
	return c.peer.stateOf(machine), nil
}

type machineBody struct {
	VM string `json:"vm"`
}

func (c *control) machineIn(r *http.Request) (*simulator.VirtualMachine, error) {
	request, err := decode(r, machineBody{})
	if err != nil {
		return nil, err
	}
	return c.peer.machine(request.VM)
}

// use answers POST /use: somebody powers a stopped machine on, works with it, and powers it off again.
func (c *control) use(r *http.Request) (any, error) {
	machine, err := c.machineIn(r)
	if err != nil {
		return nil, err
	}
	on := machine.PowerOnVMTask(c.peer.inventory.newContext(), &types.PowerOnVM_Task{This: machine.Self}).(*methods.PowerOnVM_TaskBody)
	if err := c.peer.taskResult(on.Res.Returnval); err != nil {
		return nil, err
	}
	ctx := c.peer.inventory.newContext()
	ctx.WithLock(machine, func() { writeToDisks(ctx, machine) })
	off := machine.PowerOffVMTask(c.peer.inventory.newContext(), &types.PowerOffVM_Task{This: machine.Self}).(*methods.PowerOffVM_TaskBody)
	if err := c.peer.taskResult(off.Res.Returnval); err != nil {
		return nil, err
	}
	return c.peer.stateOf(machine), nil
}

// destroy answers POST /destroy. A machine that is on is turned off first.
func (c *control) destroy(r *http.Request) (any, error) {
	machine, err := c.machineIn(r)
	if err != nil {
		return nil, err
	}
	if machine.Runtime.PowerState == types.VirtualMachinePowerStatePoweredOn {
		off := machine.PowerOffVMTask(c.peer.inventory.newContext(), &types.PowerOffVM_Task{This: machine.Self}).(*methods.PowerOffVM_TaskBody)
		if err := c.peer.taskResult(off.Res.Returnval); err != nil {
			return nil, err
		}
	}
	body := machine.DestroyTask(c.peer.inventory.newContext(), &types.Destroy_Task{This: machine.Self}).(*methods.Destroy_TaskBody)
	if err := c.peer.taskResult(body.Res.Returnval); err != nil {
		return nil, err
	}
	return map[string]string{"destroyed": machine.Self.Value}, nil
}

type moveBody struct {
	VM        string `json:"vm"`
	Pool      string `json:"pool"`
	Host      string `json:"host"`
	Datastore string `json:"datastore"`
}

// moveBySomeoneElse answers POST /move-by-someone-else: the machine is elsewhere at once, without a
// task of the caller's. Pools, vApps, hosts and datastores go by name or reference; a cluster's or a
// host's name as pool stands for its root pool.
func (c *control) moveBySomeoneElse(r *http.Request) (any, error) {
	request, err := decode(r, moveBody{})
	if err != nil {
		return nil, err
	}
	machine, err := c.peer.machine(request.VM)
	if err != nil {
		return nil, err
	}
	var spec types.VirtualMachineRelocateSpec
	for _, wanted := range []struct {
		name  string
		kinds []string
		into  **types.ManagedObjectReference
	}{
		{request.Pool, []string{"ResourcePool", "VirtualApp", "ClusterComputeResource", "ComputeResource"}, &spec.Pool},
		{request.Host, []string{"HostSystem"}, &spec.Host},
		{request.Datastore, []string{"Datastore"}, &spec.Datastore},
	} {
		if wanted.name == "" {
			continue
		}
		if *wanted.into, err = c.peer.find(wanted.name, wanted.kinds...); err != nil {
			return nil, err
		}
	}
	ctx := c.peer.inventory.newContext()
	spec.Pool = c.peer.rootPoolOf(spec.Pool)
	destination, fault := resolveDestination(ctx, machine, spec)
	if fault != nil {
		return nil, badRequest(fault.String)
	}
	arrive(ctx, machine, destination)
	return c.peer.stateOf(machine), nil
}

type drsBody struct {
	Cluster string `json:"cluster"`
	Enabled bool   `json:"enabled"`
	// Behavior is manual for a cluster that only recommends hosts.
	Behavior types.DrsBehavior `json:"behavior"`
}

// drs answers POST /drs: whether a cluster chooses hosts by itself.
func (c *control) drs(r *http.Request) (any, error) {
	request, err := decode(r, drsBody{Behavior: types.DrsBehaviorFullyAutomated})
	if err != nil {
		return nil, err
	}
	cluster, err := c.peer.find(request.Cluster, "ClusterComputeResource")
	if err != nil {
		return nil, err
	}
	setDrs(c.peer.inventory.newContext(), *cluster, request.Enabled, request.Behavior)
	return request, nil
}

// taskResult waits for a task started here and returns its error.
func (p *peer) taskResult(reference types.ManagedObjectReference) error {
	task := p.model.Map().Get(reference).(*simulator.Task)
	task.Wait()
	if task.Info.Error != nil {
		return conflict(messageOr(task.Info.Error.LocalizedMessage, task.Info.Error.Fault))
	}
	return nil
}
