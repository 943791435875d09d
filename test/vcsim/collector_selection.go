package main

import (
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// selected lists the objects a filter selects now, without reading their properties.
func (c *collector) selected(ctx *simulator.Context, spec types.PropertyFilterSpec) ([]types.ManagedObjectReference, *soap.Fault) {
	bare := types.PropertyFilterSpec{
		ObjectSet:                     spec.ObjectSet,
		ReportMissingObjectsInResults: spec.ReportMissingObjectsInResults,
	}
	for _, property := range spec.PropSet {
		bare.PropSet = append(bare.PropSet, types.PropertySpec{Type: property.Type})
	}
	contents, fault := c.read(ctx, bare)
	if fault != nil {
		return nil, fault
	}
	objects := make([]types.ManagedObjectReference, 0, len(contents))
	for _, content := range contents {
		objects = append(objects, content.Obj)
	}
	return objects, nil
}

// reselect tells the objects that came into and went out of a filter's selection.
func (c *collector) reselect(ctx *simulator.Context, reference types.ManagedObjectReference, watched *watchedFilter) {
	objects, fault := c.selected(ctx, watched.spec)
	if fault != nil {
		return // what the filter starts from is gone; that its objects left is told one by one
	}
	var came []types.ManagedObjectReference
	still := make(map[types.ManagedObjectReference]bool, len(objects))
	for _, object := range objects {
		still[object] = true
		if !watched.told[object] {
			came = append(came, object)
		}
	}
	var gone []types.ObjectUpdate
	for object := range watched.told {
		if !still[object] {
			gone = append(gone, watched.leave(object)...)
		}
	}
	c.backlog.addUpdates(reference, gone)
	c.backlog.addArrivals(reference, watched, came)
}

// selectionMayDiffer says whether the filter may now select other objects: a view it starts from
// changed, a property changed along which it finds its objects, or something was created.
func (w *watchedFilter) selectionMayDiffer(log changeLog) bool {
	for _, object := range w.spec.ObjectSet {
		if len(object.SelectSet) == 0 {
			continue
		}
		if log.modified[object.Obj] != nil {
			return true
		}
		isView := object.Obj.Type == "ContainerView" || object.Obj.Type == "ListView"
		if log.created && !isView { // views announce by themselves what they gain
			return true
		}
		for _, selection := range object.SelectSet {
			if traversalChanged(selection, log) {
				return true
			}
		}
	}
	return false
}

func traversalChanged(selection types.BaseSelectionSpec, log changeLog) bool {
	traversal, ok := selection.(*types.TraversalSpec)
	if !ok {
		return false // names another one of the same set
	}
	for reference, names := range log.modified {
		if names[traversal.Path] && reference.Type == traversal.Type {
			return true
		}
	}
	for _, next := range traversal.SelectSet {
		if traversalChanged(next, log) {
			return true
		}
	}
	return false
}
