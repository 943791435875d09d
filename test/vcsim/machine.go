package main

import (
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// machine is a virtual machine that can be moved as a real vCenter moves it. While it is moving, what
// would change it is refused, as the real server's lock on the machine does.
type machine struct {
	*simulator.VirtualMachine
	extension *extension
}

// Get is what property collectors read. A machine that is part of a vApp has no parent (API reference
// of ManagedEntity.parent); the simulator needs one to find the machine's datacenter.
func (m *machine) Get() mo.Reference {
	if m.ParentVApp == nil {
		return &m.VirtualMachine.VirtualMachine
	}
	orphan := m.VirtualMachine.VirtualMachine
	orphan.Parent = nil
	return &orphan
}

// RelocateVMTask starts the move. Arguments that cannot be right are refused at once; what depends on
// the state of the machine or the destination becomes the task's error.
func (m *machine) RelocateVMTask(ctx *simulator.Context, request *types.RelocateVM_Task) soap.HasFault {
	body := new(methods.RelocateVM_TaskBody)
	destination, fault := resolveDestination(ctx, m.VirtualMachine, request.Spec)
	if fault != nil {
		body.Fault_ = fault
		return body
	}
	if lease := m.extension.transfers.ofMachine(m.Self); lease != nil {
		body.Fault_ = m.busy()
		return body
	}
	reference := m.extension.moves.start(ctx, m.VirtualMachine, destination)
	body.Res = &types.RelocateVM_TaskResponse{Returnval: reference}
	return body
}

// busy is the fault of a call that must wait for the move, export or import under way, nil when there
// is none.
func (m *machine) busy() *soap.Fault {
	var task types.ManagedObjectReference
	if relocation := m.extension.moves.ofMachine(m.Self); relocation != nil {
		task = relocation.task.Self
	} else if lease := m.extension.transfers.ofMachine(m.Self); lease != nil {
		task = lease.task.Self
	} else {
		return nil
	}
	return simulator.Fault("The operation is not allowed in the current state.", &types.TaskInProgress{Task: task})
}

func (m *machine) PowerOnVMTask(ctx *simulator.Context, request *types.PowerOnVM_Task) soap.HasFault {
	if fault := m.busy(); fault != nil {
		return &methods.PowerOnVM_TaskBody{Fault_: fault}
	}
	body := m.VirtualMachine.PowerOnVMTask(ctx, request)
	if body.Fault() == nil {
		writeToDisks(ctx, m.VirtualMachine)
	}
	return body
}

func (m *machine) PowerOffVMTask(ctx *simulator.Context, request *types.PowerOffVM_Task) soap.HasFault {
	if fault := m.busy(); fault != nil {
		return &methods.PowerOffVM_TaskBody{Fault_: fault}
	}
	return m.VirtualMachine.PowerOffVMTask(ctx, request)
}

func (m *machine) SuspendVMTask(ctx *simulator.Context, request *types.SuspendVM_Task) soap.HasFault {
	if fault := m.busy(); fault != nil {
		return &methods.SuspendVM_TaskBody{Fault_: fault}
	}
	return m.VirtualMachine.SuspendVMTask(ctx, request)
}

func (m *machine) ReconfigVMTask(ctx *simulator.Context, request *types.ReconfigVM_Task) soap.HasFault {
	if fault := m.busy(); fault != nil {
		return &methods.ReconfigVM_TaskBody{Fault_: fault}
	}
	return m.VirtualMachine.ReconfigVMTask(ctx, request)
}

func (m *machine) UnregisterVM(ctx *simulator.Context, request *types.UnregisterVM) soap.HasFault {
	if fault := m.busy(); fault != nil {
		return &methods.UnregisterVMBody{Fault_: fault}
	}
	return m.VirtualMachine.UnregisterVM(ctx, request)
}

func (m *machine) DestroyTask(ctx *simulator.Context, request *types.Destroy_Task) soap.HasFault {
	if fault := m.busy(); fault != nil {
		return &methods.Destroy_TaskBody{Fault_: fault}
	}
	return m.VirtualMachine.DestroyTask(ctx, request)
}
