package main

import (
	"strings"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// watchedFilter is a filter and the objects it has told its caller about.
type watchedFilter struct {
	spec types.PropertyFilterSpec
	told map[types.ManagedObjectReference]bool
}

// collectChanges puts on the backlog what each filter has to tell: all of a filter not asked before,
// and what the change log means for the others.
func (c *collector) collectChanges(ctx *simulator.Context) *soap.Fault {
	log := c.takeChanges()
	for _, reference := range c.Filter {
		filter, ok := ctx.Session.Get(reference).(*simulator.PropertyFilter)
		if !ok {
			continue
		}
		watched := c.watched[reference]
		if watched == nil {
			watched = &watchedFilter{spec: filter.Spec, told: make(map[types.ManagedObjectReference]bool)}
			selected, fault := c.selected(ctx, filter.Spec)
			if fault != nil {
				return fault
			}
			c.watched[reference] = watched
			c.backlog.addArrivals(reference, watched, selected)
			continue
		}
		c.backlog.addUpdates(reference, c.updates(ctx, watched, log))
		if watched.selectionMayDiffer(log) {
			c.reselect(ctx, reference, watched)
		}
	}
	return nil
}

// updates is what the change log means for the objects a filter has told.
func (c *collector) updates(ctx *simulator.Context, watched *watchedFilter, log changeLog) []types.ObjectUpdate {
	var objects []types.ObjectUpdate
	for _, removed := range log.removed {
		objects = append(objects, watched.leave(removed)...)
	}
	for _, modified := range log.order {
		if watched.told[modified] {
			objects = append(objects, c.modified(ctx, watched, modified, log.modified[modified])...)
		}
	}
	return objects
}

// modified reads the properties of one object anew that the filter names and that changed.
func (c *collector) modified(ctx *simulator.Context, watched *watchedFilter, object types.ManagedObjectReference, names map[string]bool) []types.ObjectUpdate {
	spec := types.PropertyFilterSpec{ObjectSet: []types.ObjectSpec{{Obj: object}}}
	asked := make(map[string]bool)
	for _, property := range watched.spec.PropSet {
		paths := affectedPaths(property, names)
		if len(paths) == 0 {
			continue
		}
		spec.PropSet = append(spec.PropSet, types.PropertySpec{Type: property.Type, PathSet: paths})
		for _, path := range paths {
			asked[path] = true
		}
	}
	if len(asked) == 0 {
		return nil
	}
	contents := c.readAny(ctx, spec)
	if len(contents) == 0 {
		return nil
	}
	update := types.ObjectUpdate{Obj: object, Kind: types.ObjectUpdateKindModify}
	for _, property := range contents[0].PropSet {
		delete(asked, property.Name)
		update.ChangeSet = append(update.ChangeSet, assign(property.Name, property.Val))
	}
	for _, missing := range contents[0].MissingSet {
		delete(asked, missing.Path)
	}
	for path := range asked { // it has no value any more
		update.ChangeSet = append(update.ChangeSet, assign(path, nil))
	}
	return []types.ObjectUpdate{update}
}

// affectedPaths are the paths of the spec that a change of the named properties touches: the same
// path, one above it or one below it.
func affectedPaths(spec types.PropertySpec, changed map[string]bool) []string {
	var paths []string
	if spec.All != nil && *spec.All {
		for name := range changed {
			first, _, _ := strings.Cut(name, ".")
			paths = append(paths, first)
		}
		return paths
	}
	for _, path := range spec.PathSet {
		for name := range changed {
			if name == path || strings.HasPrefix(name, path+".") ||
				strings.HasPrefix(path, name+".") || strings.HasPrefix(path, name+"[") {
				paths = append(paths, path)
				break
			}
		}
	}
	return paths
}

// enter reads objects that came; those that are gone again are left out.
func (c *collector) enter(ctx *simulator.Context, watched *watchedFilter, objects []types.ManagedObjectReference) []types.ObjectUpdate {
	spec := types.PropertyFilterSpec{PropSet: watched.spec.PropSet}
	for _, object := range objects {
		spec.ObjectSet = append(spec.ObjectSet, types.ObjectSpec{Obj: object})
	}
	var updates []types.ObjectUpdate
	for _, content := range c.readAny(ctx, spec) {
		watched.told[content.Obj] = true
		update := types.ObjectUpdate{Obj: content.Obj, Kind: types.ObjectUpdateKindEnter, MissingSet: content.MissingSet}
		for _, property := range content.PropSet {
			update.ChangeSet = append(update.ChangeSet, assign(property.Name, property.Val))
		}
		updates = append(updates, update)
	}
	return updates
}

func (w *watchedFilter) leave(object types.ManagedObjectReference) []types.ObjectUpdate {
	if !w.told[object] {
		return nil
	}
	delete(w.told, object)
	return []types.ObjectUpdate{{Obj: object, Kind: types.ObjectUpdateKindLeave}}
}

// readAny reads properties of objects some of which may be gone.
func (c *collector) readAny(ctx *simulator.Context, spec types.PropertyFilterSpec) []types.ObjectContent {
	spec.ReportMissingObjectsInResults = types.NewBool(true)
	contents, fault := c.read(ctx, spec)
	if fault != nil {
		return nil
	}
	return contents
}

// read has the simulator read properties, which gives values and their types on the wire.
func (c *collector) read(ctx *simulator.Context, spec types.PropertyFilterSpec) ([]types.ObjectContent, *soap.Fault) {
	body := c.PropertyCollector.RetrievePropertiesEx(ctx, &types.RetrievePropertiesEx{
		This:    c.Self,
		SpecSet: []types.PropertyFilterSpec{spec},
	}).(*methods.RetrievePropertiesExBody)
	if body.Fault_ != nil {
		return nil, body.Fault_
	}
	return body.Res.Returnval.Objects, nil
}

func assign(name string, value types.AnyType) types.PropertyChange {
	return types.PropertyChange{Name: name, Op: types.PropertyChangeOpAssign, Val: value}
}
