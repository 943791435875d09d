package main

import (
	"fmt"
	"time"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// datacenter powers on only machines that nothing holds; the simulator's own looks at no lock. And it
// answers as the clusters of the machines are set up (API reference of ClusterPowerOnVmResult): one
// that places machines by itself names no task, and one in manual mode recommends hosts and does
// nothing else.
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
	task := simulator.CreateTask(d.Datacenter, "powerOnMultiVM", func(_ *simulator.Task) (types.AnyType, types.BaseMethodFault) {
		result := types.ClusterPowerOnVmResult{}
		for _, reference := range request.Vm {
			if vm, ok := ctx.Map.Get(reference).(*simulator.VirtualMachine); ok {
				powerOnPlaced(ctx, vm, &result)
			}
		}
		return result, nil
	})
	return &methods.PowerOnMultiVM_TaskBody{
		Res: &types.PowerOnMultiVM_TaskResponse{Returnval: task.Run(ctx)},
	}
}

func powerOnPlaced(ctx *simulator.Context, vm *simulator.VirtualMachine, result *types.ClusterPowerOnVmResult) {
	cluster, behavior := placementOf(ctx, vm)
	if behavior == types.DrsBehaviorManual {
		result.Recommendations = append(result.Recommendations, recommendations(cluster, vm)...)
		return
	}
	// One task of the simulator is meant to have a context of its own.
	own := &simulator.Context{Context: ctx.Context, Session: ctx.Session, Map: ctx.Map}
	own.WithLock(vm, func() {
		body := vm.PowerOnVMTask(own, &types.PowerOnVM_Task{}).(*methods.PowerOnVM_TaskBody)
		attempted := types.ClusterAttemptedVmInfo{Vm: vm.Self}
		if body.Res != nil {
			writeToDisks(own, vm)
		}
		if behavior == "" && body.Res != nil {
			attempted.Task = &body.Res.Returnval
		}
		result.Attempted = append(result.Attempted, attempted)
	})
}

// placementOf tells how the machine's cluster places machines; nothing where none does.
func placementOf(ctx *simulator.Context, vm *simulator.VirtualMachine) (*simulator.ClusterComputeResource, types.DrsBehavior) {
	if vm.Runtime.Host == nil {
		return nil, ""
	}
	host, ok := ctx.Map.Get(*vm.Runtime.Host).(*simulator.HostSystem)
	if !ok || host.Parent == nil {
		return nil, ""
	}
	cluster, ok := ctx.Map.Get(*host.Parent).(*simulator.ClusterComputeResource)
	if !ok {
		return nil, ""
	}
	configuration, ok := cluster.ConfigurationEx.(*types.ClusterConfigInfoEx)
	if !ok || configuration.DrsConfig.Enabled == nil || !*configuration.DrsConfig.Enabled {
		return nil, ""
	}
	return cluster, configuration.DrsConfig.DefaultVmBehavior
}

// recommendations name every host of the cluster, the last one first.
func recommendations(cluster *simulator.ClusterComputeResource, vm *simulator.VirtualMachine) []types.ClusterRecommendation {
	var all []types.ClusterRecommendation
	for index := len(cluster.Host) - 1; index >= 0; index-- {
		all = append(all, types.ClusterRecommendation{
			Key:        fmt.Sprint(index + 1),
			Type:       "V1",
			Time:       time.Now(),
			Rating:     int32(min(index+1, 5)),
			Reason:     string(types.RecommendationReasonCodePowerOnVm),
			ReasonText: "Power on virtual machine",
			Action: []types.BaseClusterAction{&types.ClusterInitialPlacementAction{
				ClusterAction: types.ClusterAction{Type: "Vmotion", Target: &vm.Self},
				TargetHost:    cluster.Host[index],
			}},
		})
	}
	return all
}
