package main

import (
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

// changeLog is what happened since the last answer: each object once, with the names of its
// properties that changed.
type changeLog struct {
	order    []types.ManagedObjectReference
	modified map[types.ManagedObjectReference]map[string]bool
	created  bool
	removed  []types.ManagedObjectReference
}

func (l *changeLog) modify(reference types.ManagedObjectReference, changes []types.PropertyChange) {
	if l.modified == nil {
		l.modified = make(map[types.ManagedObjectReference]map[string]bool)
	}
	names := l.modified[reference]
	if names == nil {
		names = make(map[string]bool)
		l.modified[reference] = names
		l.order = append(l.order, reference)
	}
	for _, change := range changes {
		names[change.Name] = true
	}
}

// note writes into the log and wakes the call that waits.
func (c *collector) note(write func(*changeLog)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	write(&c.changes)
	if c.waiter != nil {
		select {
		case c.waiter.changed <- struct{}{}:
		default:
		}
	}
}

func (c *collector) takeChanges() changeLog {
	c.mu.Lock()
	defer c.mu.Unlock()
	log := c.changes
	c.changes = changeLog{}
	return log
}

// listener is a collector as the simulator's registry knows it. The name of the session is part of
// its identity: all sessions share the reference of the first property collector.
type listener struct {
	*collector
	session string
}

func (l listener) Reference() types.ManagedObjectReference {
	return types.ManagedObjectReference{Type: "CollectorListener", Value: l.session + "/" + l.Self.Value}
}

func (l listener) PutObject(*simulator.Context, mo.Reference) {
	l.note(func(log *changeLog) { log.created = true })
}

func (l listener) UpdateObject(_ *simulator.Context, object mo.Reference, changes []types.PropertyChange) {
	reference := object.Reference()
	l.note(func(log *changeLog) { log.modify(reference, changes) })
}

func (l listener) RemoveObject(_ *simulator.Context, reference types.ManagedObjectReference) {
	l.note(func(log *changeLog) { log.removed = append(log.removed, reference) })
}
