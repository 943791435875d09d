package main

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

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
			PoolPath:     []string{},
			Power:        string(machine.Runtime.PowerState),
			Datastores:   []string{},
		}
		state.Compute = nameOf(registry, *entityOf(registry, *machine.Runtime.Host).Parent)
		if machine.ResourcePool != nil { // a template has none
			state.Pool = nameOf(registry, *machine.ResourcePool)
			state.PoolRef = machine.ResourcePool.Value
			state.PoolPath = poolPath(registry, *machine.ResourcePool)
		}
		if machine.ParentVApp != nil {
			app := nameOf(registry, *machine.ParentVApp)
			state.App = &app
		}
		for _, datastore := range machine.Datastore {
			state.Datastores = append(state.Datastores, nameOf(registry, datastore))
		}
	})
	state.Moving = p.extension.moves.ofMachine(machine.Self) != nil
	return state
}

// place is a pool, vApp, host, cluster or datastore.
type place struct {
	Kind      string  `json:"kind"`
	Name      string  `json:"name"`
	Reference string  `json:"ref"`
	Parent    *string `json:"parentRef"`
}

// places answers GET /places: everything a machine can be moved to, sorted by kind and name.
func (c *control) places(*http.Request) (any, error) {
	registry := c.peer.model.Map()
	all := []place{}
	for _, kind := range []string{"ClusterComputeResource", "ComputeResource", "HostSystem", "ResourcePool", "VirtualApp", "Datastore"} {
		for _, entity := range registry.All(kind) {
			self := entity.Entity()
			one := place{Kind: kind, Name: self.Name, Reference: self.Self.Value}
			if self.Parent != nil {
				one.Parent = &self.Parent.Value
			}
			all = append(all, one)
		}
	}
	slices.SortFunc(all, func(a, b place) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Reference, b.Reference))
	})
	return all, nil
}

// find returns the object of one of the kinds with the given name or reference.
func (p *peer) find(name string, kinds ...string) (*types.ManagedObjectReference, error) {
	for _, kind := range kinds {
		for _, entity := range p.model.Map().All(kind) {
			if self := entity.Entity(); self.Name == name || self.Self.Value == name {
				return &self.Self, nil
			}
		}
	}
	return nil, notFound("there is no " + strings.Join(kinds, " or ") + " named " + name)
}

// rootPoolOf replaces a cluster or host by its root pool.
func (p *peer) rootPoolOf(reference *types.ManagedObjectReference) *types.ManagedObjectReference {
	if reference == nil {
		return nil
	}
	switch object := p.model.Map().Get(*reference).(type) {
	case *simulator.ClusterComputeResource:
		return object.ResourcePool
	case *mo.ComputeResource:
		return object.ResourcePool
	}
	return reference
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
