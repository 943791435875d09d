package main

import (
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// pool is a resource pool that takes machines in, which the simulator's own does not.
type pool struct {
	*simulator.ResourcePool
	extension *extension
}

func (p *pool) MoveIntoResourcePool(ctx *simulator.Context, request *types.MoveIntoResourcePool) soap.HasFault {
	return p.extension.moveInto(ctx, p.Self, request.List)
}

// app is a vApp that takes machines in.
type app struct {
	*simulator.VirtualApp
	extension *extension
}

func (a *app) MoveIntoResourcePool(ctx *simulator.Context, request *types.MoveIntoResourcePool) soap.HasFault {
	return a.extension.moveInto(ctx, a.Self, request.List)
}

// moveInto puts machines into a pool of the same cluster or standalone host, one after the other, and
// stops at the first that cannot be moved. Pools are not moved into pools here.
func (e *extension) moveInto(ctx *simulator.Context, target types.ManagedObjectReference, list []types.ManagedObjectReference) soap.HasFault {
	body := new(methods.MoveIntoResourcePoolBody)
	for _, reference := range list {
		if body.Fault_ = e.moveOneInto(ctx, target, reference); body.Fault_ != nil {
			return body
		}
	}
	body.Res = new(types.MoveIntoResourcePoolResponse)
	return body
}

func (e *extension) moveOneInto(ctx *simulator.Context, target, reference types.ManagedObjectReference) *soap.Fault {
	vm, ok := ctx.Map.Get(reference).(*simulator.VirtualMachine)
	if !ok {
		return invalidArgument("list")
	}
	if fault := (&machine{vm, e}).busy(); fault != nil {
		return fault
	}
	host := ctx.Map.Get(*vm.Runtime.Host).(*simulator.HostSystem)
	owner, ok := poolOwner(ctx, target)
	if !ok || *host.Parent != owner {
		return invalidArgument("list")
	}
	arrive(ctx, vm, destination{host: host, pool: target})
	return nil
}
