package main

import (
	"slices"
	"sync"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

// extension adds to the simulator what moving machines needs and the simulator lacks.
//
// The simulator dispatches a call to the object the caller's session holds under the reference, and
// else to the one of the inventory. So a wrapper, put into a session just before the call, can add or
// replace methods, while the inventory keeps the simulator's own objects (which it finds by type).
type extension struct {
	registry  *simulator.Registry
	calls     *callCounter
	moves     *moves
	checks    *checks
	sessions  *sessions
	transfers *transfers
}

func extend(registry *simulator.Registry) *extension {
	e := &extension{
		registry:  registry,
		calls:     newCallCounter(),
		moves:     newMoves(),
		checks:    newChecks(),
		sessions:  newSessions(),
		transfers: newTransfers(),
	}
	registry.Handler = e.beforeCall
	registry.AddHandler(e.sessions)
	registry.AddHandler(e.transfers)
	return e
}

// beforeCall runs before every method call. It may refuse the call with a fault; it never names the
// receiver itself, because a logged-in session's own object would win over it.
func (e *extension) beforeCall(ctx *simulator.Context, method *simulator.Method) (mo.Reference, types.BaseMethodFault) {
	e.calls.count(method.Name)
	if ctx.Session == nil {
		return nil, nil
	}
	e.sessions.remember(ctx.Session)
	if fault := impossibleArgument(ctx, method); fault != nil {
		return nil, fault
	}
	if wrapper := e.wrap(ctx.Session.Get(method.This)); wrapper != nil {
		ctx.Session.Registry.Put(wrapper)
	}
	if method.This.Type == "PropertyCollector" {
		e.wrapMachinesOfApps(ctx)
	}
	if method.Name == "Logout" {
		expireCollectors(e.registry, ctx.Session.Registry, ctx.Session.Key)
	}
	return nil, nil
}

// wrap returns the object with the added methods, or nil where what the session has will do.
func (e *extension) wrap(object mo.Reference) mo.Reference {
	switch object := object.(type) {
	case *simulator.VirtualMachine:
		return &machine{object, e}
	case *simulator.Task:
		if relocation := e.moves.ofTask(object.Self); relocation != nil {
			return &relocationTask{object, relocation}
		}
	case *simulator.PropertyCollector:
		return newCollector(object)
	case *simulator.Datacenter:
		return &datacenter{object, e}
	case *simulator.ResourcePool:
		return &pool{object, e}
	case *simulator.VirtualApp:
		return &app{object, e}
	case *simulator.Datastore:
		return &datastore{object}
	case *simulator.OvfManager:
		return &ovfManager{object}
	case *simulator.VmProvisioningChecker:
		return &provisioningChecker{object, e}
	}
	return nil
}

// wrapMachinesOfApps lets the session read machines of vApps through their wrappers, which have no
// parent to show.
func (e *extension) wrapMachinesOfApps(ctx *simulator.Context) {
	for _, entity := range e.registry.All("VirtualApp") {
		var machines []types.ManagedObjectReference
		ctx.WithLock(entity, func() { machines = slices.Clone(entity.(*simulator.VirtualApp).Vm) })
		for _, reference := range machines {
			if wrapper := e.wrap(ctx.Session.Get(reference)); wrapper != nil {
				ctx.Session.Registry.Put(wrapper)
			}
		}
	}
}

// callCounter counts calls by method name.
type callCounter struct {
	mu     sync.Mutex
	counts map[string]int
}

func newCallCounter() *callCounter {
	return &callCounter{counts: make(map[string]int)}
}

func (c *callCounter) count(method string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.counts[method]++
}

// take returns the counts and, when asked to, starts anew.
func (c *callCounter) take(reset bool) map[string]int {
	c.mu.Lock()
	defer c.mu.Unlock()
	counts := make(map[string]int, len(c.counts))
	for method, count := range c.counts {
		counts[method] = count
	}
	if reset {
		clear(c.counts)
	}
	return counts
}
