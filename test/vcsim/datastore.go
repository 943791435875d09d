package main

import (
	"net/http"
	"time"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// datastore is a volume whose space stays what the inventory or a test made it. The simulator's own
// becomes empty, and a terabyte for each host, as soon as somebody asks for its space anew.
type datastore struct {
	*simulator.Datastore
}

// RefreshDatastore finds what is known already, as a real host does on a volume nobody wrote to.
func (d *datastore) RefreshDatastore(*simulator.Context, *types.RefreshDatastore) soap.HasFault {
	d.Info.GetDatastoreInfo().Timestamp = types.NewTime(time.Now())
	return &methods.RefreshDatastoreBody{Res: new(types.RefreshDatastoreResponse)}
}

type datastoreBody struct {
	Name     string `json:"name"`
	Free     *int64 `json:"freeBytes"`
	Capacity *int64 `json:"capacityBytes"`
}

// datastore answers POST /datastore: somebody filled, emptied or resized the volume. What is absent
// stays as it is.
func (c *control) datastore(r *http.Request) (any, error) {
	request, err := decode(r, datastoreBody{})
	if err != nil {
		return nil, err
	}
	reference, err := c.peer.find(request.Name, "Datastore")
	if err != nil {
		return nil, err
	}
	ctx := c.peer.inventory.newContext()
	volume := ctx.Map.Get(*reference).(*simulator.Datastore)
	var answer any
	ctx.WithLock(volume, func() { answer, err = setSpace(ctx, volume, request) })
	return answer, err
}

// setSpace writes every place in which a datastore says how much room it has, and tells who watches.
func setSpace(ctx *simulator.Context, volume *simulator.Datastore, wanted datastoreBody) (any, error) {
	free, capacity := volume.Summary.FreeSpace, volume.Summary.Capacity
	if wanted.Free != nil {
		free = *wanted.Free
	}
	if wanted.Capacity != nil {
		capacity = *wanted.Capacity
	}
	if free < 0 || free > capacity {
		return nil, badRequest("freeBytes must lie between 0 and capacityBytes")
	}
	info := volume.Info.GetDatastoreInfo()
	info.FreeSpace = free
	info.Timestamp = types.NewTime(time.Now())
	ctx.Update(volume, []types.PropertyChange{
		{Name: "summary.capacity", Val: capacity},
		{Name: "summary.freeSpace", Val: free},
	})
	return map[string]any{"name": volume.Name, "freeBytes": free, "capacityBytes": capacity}, nil
}
