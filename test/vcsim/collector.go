package main

import (
	"strconv"
	"sync"
	"time"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

const (
	// largestPage is vCenter's own limit of objects in an answer, whatever the caller asks for.
	largestPage = 100
	// gathering is how long changes are collected after the first one before an answer leaves.
	gathering = 5 * time.Millisecond
)

// collector is a property collector whose long poll costs by the change. The simulator's own reads
// every object of every filter again, through XML, for each single change: 20 seconds for the rename
// of one machine among 5,000. Values are still read and written by the simulator.
//
// Versions behave as the API says: an answer that got lost is given again when its request is
// repeated, and a version the collector never gave is refused.
type collector struct {
	*simulator.PropertyCollector

	// turn lets one caller at a time work on the filters; it is not held while waiting.
	turn    sync.Mutex
	watched map[types.ManagedObjectReference]*watchedFilter
	backlog backlog

	// mu guards what the simulator's registry and other callers touch at any time.
	mu       sync.Mutex
	changes  changeLog
	waiter   *waiter
	version  int
	previous string
	last     *types.UpdateSet
}

// waiter is one call of WaitForUpdatesEx that waits for changes.
type waiter struct {
	changed chan struct{}
	ended   chan soap.HasFault
}

func newCollector(inner *simulator.PropertyCollector) *collector {
	return &collector{PropertyCollector: inner, watched: make(map[types.ManagedObjectReference]*watchedFilter)}
}

// WaitForUpdatesEx answers everything for version "", the next page while one is left, and else
// waits for changes after the given version.
func (c *collector) WaitForUpdatesEx(ctx *simulator.Context, request *types.WaitForUpdatesEx) soap.HasFault {
	c.preempt()
	if request.Version == "" {
		c.forgetEverything()
		ctx.Map.AddHandler(listener{c, ctx.Session.Key}) // before reading, so that nothing changes unseen
		return c.wait(ctx, request, true)
	}
	c.mu.Lock()
	current := request.Version == strconv.Itoa(c.version)
	repeated := request.Version == c.previous
	last := c.last
	c.mu.Unlock()
	switch {
	case last != nil && current:
		return c.wait(ctx, request, false)
	case last != nil && repeated:
		return waitResult(last)
	}
	return waitFault(simulator.Fault("The version is not known to this collector.", &types.InvalidCollectorVersion{}))
}

// wait returns with the next page of objects not told yet, or with the first changes any filter is
// interested in. The answer to a first call comes at once, even if there is nothing to tell.
func (c *collector) wait(ctx *simulator.Context, request *types.WaitForUpdatesEx, first bool) soap.HasFault {
	w := &waiter{changed: make(chan struct{}, 1), ended: make(chan soap.HasFault, 1)}
	c.mu.Lock()
	c.waiter = w
	c.mu.Unlock()
	defer c.leave(w)

	patience, once := patienceOf(request.Options)
	for {
		page, fault := c.nextPage(ctx, w, pageSize(request.Options))
		switch {
		case fault != nil:
			return waitFault(fault)
		case page != nil:
			return c.answer(request.Version, page)
		case first:
			return c.answer(request.Version, new(types.UpdateSet))
		case once:
			return waitResult(nil)
		}
		select {
		case <-w.changed:
			time.Sleep(gathering)
		case end := <-w.ended:
			return end
		case <-patience:
			return waitResult(nil)
		}
	}
}

// nextPage is nil when there is nothing to tell. A caller whose wait was ended takes nothing, so that
// changes go to the one who came after it.
func (c *collector) nextPage(ctx *simulator.Context, w *waiter, size int) (*types.UpdateSet, *soap.Fault) {
	c.turn.Lock()
	defer c.turn.Unlock()
	c.mu.Lock()
	mine := c.waiter == w
	c.mu.Unlock()
	if !mine {
		return nil, nil
	}
	if c.backlog.isEmpty() {
		if fault := c.collectChanges(ctx); fault != nil {
			return nil, fault
		}
	}
	return c.takePage(ctx, size), nil
}

// answer gives a page its version and remembers it, in case the caller never receives it.
func (c *collector) answer(asked string, page *types.UpdateSet) soap.HasFault {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.version++
	page.Version = strconv.Itoa(c.version)
	c.previous = asked
	c.last = page
	return waitResult(page)
}

// forgetEverything prepares a first answer.
func (c *collector) forgetEverything() {
	c.turn.Lock()
	defer c.turn.Unlock()
	clear(c.watched)
	c.backlog = backlog{}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.changes = changeLog{}
	c.last = nil
}

// patienceOf is when a call without changes ends: at once for zero, never without a limit.
func patienceOf(options *types.WaitOptions) (<-chan time.Time, bool) {
	if options == nil || options.MaxWaitSeconds == nil {
		return nil, false
	}
	seconds := *options.MaxWaitSeconds
	return time.After(time.Duration(seconds) * time.Second), seconds == 0
}

func pageSize(options *types.WaitOptions) int {
	if options != nil && options.MaxObjectUpdates > 0 {
		return min(int(options.MaxObjectUpdates), largestPage)
	}
	return largestPage
}

func waitResult(set *types.UpdateSet) soap.HasFault {
	return &methods.WaitForUpdatesExBody{Res: &types.WaitForUpdatesExResponse{Returnval: set}}
}

func waitFault(fault *soap.Fault) soap.HasFault {
	return &methods.WaitForUpdatesExBody{Fault_: fault}
}
