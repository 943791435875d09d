package main

import (
	"net/http"
	"slices"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

// machineState is where a machine is and how it is, in names people use.
type machineState struct {
	Name         string   `json:"name"`
	Reference    string   `json:"ref"`
	InstanceUuid string   `json:"instanceUuid"`
	Host         string   `json:"host"`
	Compute      string   `json:"compute"`
	Pool         string   `json:"pool"`
	PoolRef      string   `json:"poolRef"`
	PoolPath     []string `json:"poolPath"`
	App          *string  `json:"vApp"`
	Power        string   `json:"power"`
	Datastores   []string `json:"datastores"`
	Moving       bool     `json:"moving"`
}

// state answers GET /state?vm=name.
func (c *control) state(r *http.Request) (any, error) {
	name := r.URL.Query().Get("vm")
	machine, err := c.peer.machine(name)
	if err != nil {
		return nil, err
	}
	return c.peer.stateOf(machine), nil
}

// machine finds a machine by name or by MoRef value.
func (p *peer) machine(name string) (*simulator.VirtualMachine, error) {
	if name == "" {
		return nil, badRequest("which machine? give its name as vm")
	}
	for _, entity := range p.model.Map().All("VirtualMachine") {
		machine := entity.(*simulator.VirtualMachine)
		if machine.Name == name || machine.Self.Value == name {
			return machine, nil
		}
	}
	return nil, notFound("there is no machine " + name)
}

func (p *peer) stateOf(machine *simulator.VirtualMachine) machineState {
	registry := p.model.Map()
	ctx := p.inventory.newContext()
	var state machineState
	ctx.WithLock(machine, func() {
		state = machineState{
			Name:         machine.Name,
			Reference:    machine.Self.Value,
			InstanceUuid: machine.Config.InstanceUuid,
			Host:         nameOf(registry, *machine.Runtime.Host),
			Pool:         nameOf(registry, *machine.ResourcePool),
			PoolRef:      machine.ResourcePool.Value,
			PoolPath:     poolPath(registry, *machine.ResourcePool),
			Power:        string(machine.Runtime.PowerState),
			Datastores:   []string{},
		}
		state.Compute = nameOf(registry, *entityOf(registry, *machine.Runtime.Host).Parent)
		if machine.ParentVApp != nil {
			app := nameOf(registry, *machine.ParentVApp)
			state.App = &app
		}
		for _, datastore := range machine.Datastore {
			state.Datastores = append(state.Datastores, nameOf(registry, datastore))
		}
	})
	return state
}

// poolPath is the chain of pools from the root pool of the cluster or host down to the given one.
func poolPath(registry *simulator.Registry, pool types.ManagedObjectReference) []string {
	var names []string
	for pool.Type == "ResourcePool" || pool.Type == "VirtualApp" {
		names = append(names, nameOf(registry, pool))
		pool = *entityOf(registry, pool).Parent
	}
	slices.Reverse(names)
	return names
}

func entityOf(registry *simulator.Registry, reference types.ManagedObjectReference) *mo.ManagedEntity {
	entity, ok := registry.Get(reference).(mo.Entity)
	if !ok {
		return &mo.ManagedEntity{}
	}
	return entity.Entity()
}

func nameOf(registry *simulator.Registry, reference types.ManagedObjectReference) string {
	return entityOf(registry, reference).Name
}
