package main

import (
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// datacenter powers on only machines that nothing holds; the simulator's own looks at no lock.
type datacenter struct {
	*simulator.Datacenter
	extension *extension
}

func (d *datacenter) PowerOnMultiVMTask(ctx *simulator.Context, request *types.PowerOnMultiVM_Task) soap.HasFault {
	for _, reference := range request.Vm {
		vm, ok := ctx.Map.Get(reference).(*simulator.VirtualMachine)
		if !ok {
			continue
		}
		if fault := (&machine{vm, d.extension}).busy(); fault != nil {
			return &methods.PowerOnMultiVM_TaskBody{Fault_: fault}
		}
	}
	return d.Datacenter.PowerOnMultiVMTask(ctx, request)
}
