package main

import (
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// CreateFilter is the simulator's own; a wait under way is woken to tell the new filter's objects.
func (c *collector) CreateFilter(ctx *simulator.Context, request *types.CreateFilter) soap.HasFault {
	c.turn.Lock()
	defer c.turn.Unlock()
	defer c.note(func(*changeLog) {})
	return c.PropertyCollector.CreateFilter(ctx, request)
}

// WaitForUpdates is the deprecated form some clients still use.
func (c *collector) WaitForUpdates(ctx *simulator.Context, request *types.WaitForUpdates) soap.HasFault {
	body := new(methods.WaitForUpdatesBody)
	result := c.WaitForUpdatesEx(ctx, &types.WaitForUpdatesEx{
		This:    request.This,
		Version: request.Version,
	}).(*methods.WaitForUpdatesExBody)
	if result.Fault_ != nil {
		body.Fault_ = result.Fault_
		return body
	}
	body.Res = &types.WaitForUpdatesResponse{Returnval: *result.Res.Returnval}
	return body
}

// CancelWaitForUpdates ends the wait under way, if there is one.
func (c *collector) CancelWaitForUpdates(*types.CancelWaitForUpdates) soap.HasFault {
	c.preempt()
	return &methods.CancelWaitForUpdatesBody{Res: new(types.CancelWaitForUpdatesResponse)}
}

func (c *collector) DestroyPropertyCollector(ctx *simulator.Context, request *types.DestroyPropertyCollector) soap.HasFault {
	c.preempt()
	ctx.Map.RemoveHandler(listener{c, ctx.Session.Key})
	return c.PropertyCollector.DestroyPropertyCollector(ctx, request)
}

// preempt ends the wait of an earlier call on this collector: its connection is most likely gone.
func (c *collector) preempt() {
	c.endWait(simulator.Fault("The request was canceled.", &types.RequestCanceled{}))
}

// expire ends the wait of a session that has ended, and stops listening.
func (c *collector) expire(registry *simulator.Registry, session string) {
	registry.RemoveHandler(listener{c, session})
	c.endWait(simulator.Fault("The session is not authenticated.", &types.NotAuthenticated{
		NoPermission: types.NoPermission{Object: &c.Self, PrivilegeId: "System.View"},
	}))
}

func (c *collector) endWait(fault *soap.Fault) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.waiter != nil {
		c.waiter.ended <- waitFault(fault)
		c.waiter = nil
	}
}

func (c *collector) leave(w *waiter) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.waiter == w {
		c.waiter = nil
	}
}
