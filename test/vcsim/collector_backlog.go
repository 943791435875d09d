package main

import (
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"
)

// backlog is what is still to be told, in order: updates that are ready, then objects that came and
// are read when their page is asked for, so that the first page of 5,000 machines comes at once.
type backlog struct {
	ready []types.PropertyFilterUpdate
	came  []arrivals
}

// arrivals are objects one filter has not told yet.
type arrivals struct {
	filter  types.ManagedObjectReference
	watched *watchedFilter
	objects []types.ManagedObjectReference
}

func (b *backlog) isEmpty() bool {
	return len(b.ready) == 0 && len(b.came) == 0
}

func (b *backlog) addUpdates(filter types.ManagedObjectReference, objects []types.ObjectUpdate) {
	if len(objects) > 0 {
		b.ready = append(b.ready, types.PropertyFilterUpdate{Filter: filter, ObjectSet: objects})
	}
}

func (b *backlog) addArrivals(filter types.ManagedObjectReference, watched *watchedFilter, objects []types.ManagedObjectReference) {
	if len(objects) > 0 {
		b.came = append(b.came, arrivals{filter, watched, objects})
	}
}

// takePage takes at most `size` objects off the backlog; nil when there are none. A page that is
// followed by another says so.
func (c *collector) takePage(ctx *simulator.Context, size int) *types.UpdateSet {
	var page types.UpdateSet
	room := size
	add := func(filter types.ManagedObjectReference, objects []types.ObjectUpdate) {
		if len(objects) > 0 {
			page.FilterSet = append(page.FilterSet, types.PropertyFilterUpdate{Filter: filter, ObjectSet: objects})
			room -= len(objects)
		}
	}
	for room > 0 && len(c.backlog.ready) > 0 {
		next := &c.backlog.ready[0]
		taken := min(room, len(next.ObjectSet))
		add(next.Filter, next.ObjectSet[:taken])
		if next.ObjectSet = next.ObjectSet[taken:]; len(next.ObjectSet) == 0 {
			c.backlog.ready = c.backlog.ready[1:]
		}
	}
	for room > 0 && len(c.backlog.came) > 0 {
		next := &c.backlog.came[0]
		taken := min(room, len(next.objects))
		add(next.filter, c.enter(ctx, next.watched, next.objects[:taken]))
		if next.objects = next.objects[taken:]; len(next.objects) == 0 {
			c.backlog.came = c.backlog.came[1:]
		}
	}
	if room == size {
		return nil
	}
	if !c.backlog.isEmpty() {
		page.Truncated = types.NewBool(true)
	}
	return &page
}
