package main

import (
	"sync"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// verdict is what CheckRelocate_Task answers for a machine.
type verdict struct {
	errors   []types.LocalizedMethodFault
	warnings []types.LocalizedMethodFault
}

// checks are the verdicts a test has set, by machine.
type checks struct {
	mu       sync.Mutex
	verdicts map[types.ManagedObjectReference]verdict
}

func newChecks() *checks {
	return &checks{verdicts: make(map[types.ManagedObjectReference]verdict)}
}

func (c *checks) set(machine types.ManagedObjectReference, verdict verdict) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.verdicts[machine] = verdict
}

func (c *checks) of(machine types.ManagedObjectReference) verdict {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.verdicts[machine]
}

// provisioningChecker answers what the test has set; the simulator's own has no objections ever.
type provisioningChecker struct {
	*simulator.VmProvisioningChecker
	extension *extension
}

// CheckRelocateTask refuses wrong arguments as RelocateVM_Task does and answers the verdict of the machine.
func (c *provisioningChecker) CheckRelocateTask(ctx *simulator.Context, request *types.CheckRelocate_Task) soap.HasFault {
	body := new(methods.CheckRelocate_TaskBody)
	vm, ok := ctx.Map.Get(request.Vm).(*simulator.VirtualMachine)
	if !ok {
		body.Fault_ = invalidArgument("vm")
		return body
	}
	destination, fault := resolveDestination(ctx, vm, request.Spec)
	if fault != nil {
		body.Fault_ = fault
		return body
	}
	task := simulator.CreateTask(c.VmProvisioningChecker, "checkRelocate", func(*simulator.Task) (types.AnyType, types.BaseMethodFault) {
		verdict := c.extension.checks.of(request.Vm)
		return types.ArrayOfCheckResult{CheckResult: []types.CheckResult{{
			Vm:      &request.Vm,
			Host:    &destination.host.Self,
			Error:   verdict.errors,
			Warning: verdict.warnings,
		}}}, nil
	})
	body.Res = &types.CheckRelocate_TaskResponse{Returnval: task.Run(ctx)}
	return body
}
